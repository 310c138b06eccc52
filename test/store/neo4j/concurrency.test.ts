import { DomainError } from "../../../src/domain/errors";
import type { CommitResult, GraphStore } from "../../../src/domain/graph/port";
import { aChangeSet, commit, id, renaming } from "../../builders/changes";
import { aConcept } from "../../builders/nodes";
import { describeNeo4j } from "../../neo4j/neo4j-for-tests";
import { wholeCommits } from "../../builders/whole-commits";

/** Does what a client does that is told to try later. */
async function persistently<T>(attempt: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof DomainError && error.code === "STORE_UNAVAILABLE")) throw error;
    }
  }
}

describeNeo4j("writers at the same time", (neo4j) => {
  const addConcept = (store: GraphStore, index: number): Promise<CommitResult> =>
    persistently(() =>
      store.commit(aChangeSet([aConcept({ slug: `c-${index}` })], `Add ${index}`), {
        idempotencyKey: `add-${index}`,
        actor: { kind: "person", name: "ada" },
      }),
    );

  it.each([1, 2])(
    "make 100 revisions in order, none lost, in %s process(es), while readers are served",
    async (processes) => {
      const stores = [await neo4j.emptyStore(), ...Array.from({ length: processes - 1 }, () => neo4j.openStore())];
      const reader = stores[0]!.reader();
      let writing = true;
      let reads = 0;
      const reading = (async () => {
        for (; writing; reads++) await reader.nodes([id("Concept:c-0")]);
      })();
      const results = await Promise.all(
        Array.from({ length: 100 }, (_, index) => addConcept(stores[index % processes]!, index)),
      ).finally(() => (writing = false));
      await reading;

      const upTo100 = Array.from({ length: 100 }, (_, index) => index + 1);
      expect(results.map(({ revision }) => revision).sort((a, b) => a - b)).toEqual(upTo100);
      const log = await wholeCommits(stores[0]!, { after: 0, first: 1_000 });
      expect(log.map(({ revision }) => revision)).toEqual(upTo100);
      for (const { revision, title } of log) expect(results[Number(title.slice(4))]!.revision).toBe(revision);
      expect(await reader.count({ kind: "Concept" })).toBe(100);
      // Readers that had to wait for all writers would be served once or twice.
      expect(reads).toBeGreaterThan(10);
    },
  );

  it("want one slug: one gets it, the other is told", async () => {
    const store = await neo4j.emptyStore();
    await commit(store, [aConcept({ slug: "a" }), aConcept({ slug: "b" })]);
    const other = neo4j.openStore();
    const outcomes = await Promise.allSettled([
      commit(store, [renaming("Concept:a", "wanted")]),
      commit(other, [renaming("Concept:b", "wanted")]),
    ]);
    const refused = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason as unknown] : []));
    expect(refused).toEqual([expect.objectContaining({ findings: [expect.objectContaining({ code: "SLUG_TAKEN" })] })]);
    expect(await store.reader().revision()).toBe(2);
  });
});
