import type { GraphStore } from "../../../src/domain/graph/port";
import { aChangeSet } from "../../builders/changes";
import { aConcept } from "../../builders/nodes";
import { withFile, withOpenStore } from "./store-file";
import { wholeCommits } from "../../builders/whole-commits";

const day = 24 * 60 * 60 * 1_000;

describe("an idempotency key", () => {
  it("answers for 7 days; then it is forgotten and may be used anew", () =>
    withFile((path) => {
      let now = Date.parse("2026-03-01T12:00:00Z");
      const put = (store: GraphStore, slug: string) =>
        store.commit(aChangeSet([aConcept({ slug })]), {
          idempotencyKey: "key",
          actor: { kind: "person", name: "ada" },
        });
      return withOpenStore({ path, now: () => new Date(now) }, async (store) => {
        expect(await put(store, "hnsw")).toEqual({ revision: 1, changes: 1, replayed: false });
        now += 7 * day;
        expect(await put(store, "hnsw")).toEqual({ revision: 1, changes: 1, replayed: true });
        await expect(put(store, "ivf")).rejects.toMatchObject({ code: "IDEMPOTENCY_KEY_REUSED" });
        now += 1;
        expect(await put(store, "ivf")).toEqual({ revision: 2, changes: 1, replayed: false });
        expect((await wholeCommits(store, { after: 0, first: 5 })).map(({ at }) => at)).toEqual([
          "2026-03-01T12:00:00.000Z",
          "2026-03-08T12:00:00.001Z",
        ]);
      });
    }));
});
