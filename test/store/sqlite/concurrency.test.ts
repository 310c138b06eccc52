import { setImmediate as nextTurn } from "node:timers/promises";
import type { GraphStore } from "../../../src/domain/graph/port";
import { aChangeSet, commit, id, patch } from "../../builders/changes";
import { aConcept } from "../../builders/nodes";
import { withOpenStore, withStore } from "./store-file";
import { wholeCommits } from "../../builders/whole-commits";

/** Lends two stores over one file, as two processes would have them. */
const withTwoStores = (use: (one: GraphStore, other: GraphStore) => Promise<unknown>): Promise<unknown> =>
  withStore((one, path) => withOpenStore({ path }, (other) => use(one, other)));

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

describe("concurrent commits", () => {
  it("100 at once make 100 revisions in the order in which they came, and none is lost", () =>
    withStore(async (store) => {
      const results = await Promise.all(times(100, (index) => commit(store, [aConcept({ slug: `c${index}` })], {})));
      expect(results.map((result) => result.revision)).toEqual(times(100, (index) => index + 1));
      const log = await wholeCommits(store, { after: 0, first: 200 });
      expect(log.map(({ changes }) => "node" in changes[0]! && changes[0].node)).toEqual(
        times(100, (index) => `Concept:c${index}`),
      );
      expect(await store.reader().count({ kind: "Concept" })).toBe(100);
    }));

  it("readers have their turn between them", () =>
    withStore(async (store) => {
      const reader = store.reader();
      const seen: number[] = [];
      let over = false;
      const commits = Promise.all(times(100, (index) => commit(store, [aConcept({ slug: `c${index}` })]))).then(
        () => (over = true),
      );
      while (!over) {
        seen.push(await reader.revision());
        await nextTurn();
      }
      await commits;
      expect(new Set(seen).size).toBeGreaterThan(50);
      expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    }));

  it("through two stores on one file make one line of revisions, and both see all of it", () =>
    withTwoStores(async (one, other) => {
      const results = await Promise.all(
        times(60, (index) => commit(index % 2 ? one : other, [aConcept({ slug: `c${index}` })])),
      );
      const revisions = results.map((result) => result.revision).sort((a, b) => a - b);
      expect(revisions).toEqual(times(60, (index) => index + 1));
      for (const store of [one, other]) expect(await store.reader().count({ kind: "Concept" })).toBe(60);
    }));

  it("each is composed of what is there and of who last changed it, both as of its own moment", () =>
    withTwoStores(async (one, other) => {
      await commit(one, [aConcept({ slug: "c" })]);
      await nextTurn();
      // From here on this store's reads see revision 1, until the turn ends.
      await one.reader().revision();
      await commit(other, [patch("Concept:c", { summary: "By the other." })]);
      const seen: unknown[] = [];
      await one.commit(
        async (state, log) => {
          seen.push((await state.nodes([id("Concept:c")])).get(id("Concept:c"))?.revision);
          seen.push((await log.lastChanges(["Concept:c"])).get("Concept:c")?.revision);
          return aChangeSet([]);
        },
        { idempotencyKey: "k", inputHash: "nothing", actor: { kind: "person", name: "ada" } },
      );
      expect(seen).toEqual([2, 2]);
    }));

  it("of two stores for one slug, one wins and the other is told", () =>
    withTwoStores(async (one, other) => {
      await commit(one, [aConcept({ slug: "hnsw" }), aConcept({ slug: "ivf" })]);
      const rename = (store: GraphStore, concept: string) =>
        commit(store, [{ op: "rename", id: id(`Concept:${concept}`), slug: "graph-index" }]);
      const results = await Promise.allSettled([rename(one, "hnsw"), rename(other, "ivf")]);
      expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
      expect(results.find((result) => result.status === "rejected")).toMatchObject({
        reason: { code: "INVALID_CHANGE_SET", findings: [{ code: "SLUG_TAKEN" }] },
      });
      expect(await one.reader().revision()).toBe(2);
      expect((await other.reader().idsBySlug("Concept", ["graph-index"])).size).toBe(1);
    }));

  it("of another store are seen from the next turn of the event loop on, and at once by who asks for them", () =>
    withTwoStores(async (one, other) => {
      const hnsw = id("Concept:hnsw");
      const seen = async (after?: number) => (await other.reader(after ? { after } : {}).nodes([hnsw])).get(hnsw);
      await commit(one, [aConcept({ slug: "hnsw", title: "First" })]);
      await nextTurn();
      expect(await seen()).toMatchObject({ title: "First", changedIn: 1 });
      await commit(one, [aConcept({ slug: "hnsw", title: "Second" })]);
      expect(await seen(2)).toMatchObject({ title: "Second", changedIn: 2 });
      await commit(one, [aConcept({ slug: "hnsw", title: "Third" })]);
      await nextTurn();
      expect(await seen()).toMatchObject({ title: "Third", changedIn: 3 });
    }));

  it("reads of one turn of the event loop see one state, but for commits of their own store", () =>
    withTwoStores(async (one, other) => {
      const before = await other.reader().revision();
      await commit(one, [aConcept({ slug: "hnsw" })]);
      expect(await other.reader().count({ kind: "Concept" })).toBe(before);
      await commit(other, [aConcept({ slug: "ivf" })]);
      expect(await other.reader().count({ kind: "Concept" })).toBe(2);
    }));
});
