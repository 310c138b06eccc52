import { withStore } from "../store/sqlite/store-file";
import { share } from "../long/scale";
import { placesWithoutCall, testHostileTexts } from "./suite";

describe("hostile texts over SQLite", () =>
  testHostileTexts("SQLite", withStore, {
    texts: share(1_000, 20),
    memoryPlaces: 1,
    storeTexts: share(1_000, 10),
    filters: 1,
  }));

it("every place of the schema that takes text has a base call with a text there", () => {
  expect(placesWithoutCall()).toEqual([]);
});
