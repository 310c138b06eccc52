import type * as Packing from "../../../src/store/sqlite/packed-text";
import { packedText } from "../../../src/store/sqlite/packed-text";
import { commit } from "../../builders/changes";
import { aConcept } from "../../builders/nodes";
import { withStore } from "./store-file";

jest.mock("../../../src/store/sqlite/packed-text", () => {
  const actual = jest.requireActual<typeof Packing>("../../../src/store/sqlite/packed-text");
  return { ...actual, packedText: jest.fn(actual.packedText) };
});

// Enough to be written in several stretches, between which others have their turn.
const many = Array.from({ length: 4_000 }, (_, index) => aConcept({ slug: `c${index}` }));

it("a commit whose log cannot be compressed leaves nothing, though its rows are being written meanwhile", () =>
  withStore(async (store) => {
    jest.mocked(packedText).mockRejectedValueOnce(new Error("no memory"));
    await expect(commit(store, many)).rejects.toThrow();
    expect([await store.reader().revision(), await store.reader().count({ kind: "Concept" })]).toEqual([0, 0]);
    expect(await commit(store, many.slice(0, 1))).toMatchObject({ revision: 1, changes: 1 });
    expect(await store.reader().count({ kind: "Concept" })).toBe(1);
  }));
