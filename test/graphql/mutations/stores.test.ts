import { createAuthoring } from "../../../src/create-graph-source";
import { ModelFollower } from "../../../src/store/memory/model-follower";
import { aConcept } from "../../builders/nodes";
import { withMemoryStore, withSqliteStore } from "../../contract/with-store";
import { testAuthoring } from "./authoring-cases";
import { aNewsroom } from "./newsroom";

describe("authoring on memory", () => testAuthoring(withMemoryStore));
describe("authoring on SQLite", () => testAuthoring(withSqliteStore));

describe("the graph that authoring starts from", () => {
  it("holds what was committed a moment before, though the model has not been told", () =>
    withMemoryStore(async (store) => {
      const follower = new ModelFollower(store, () => ({ put: () => undefined, apply: () => undefined }));
      await follower.caughtUp();
      await aNewsroom([aConcept({ slug: "new", explanation: "In full." })], store);
      const graph = await createAuthoring(store, async () => (await follower.caughtUp()).model).head();
      const [owner] = (await graph.state.slugOwners("Concept", ["new"])).values();
      expect(owner).toBe("Concept:new");
      expect((await graph.state.nodes([owner as never])).get(owner as never)?.state.texts).toEqual({
        explanation: "In full.",
      });
    }));
});
