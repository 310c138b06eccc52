import type { LiveDumpPart } from "../../src/domain/backup/dump";
import type { Database } from "../../src/domain/database";
import { dumpNeo4j } from "../../src/store/neo4j/neo4j-backup";
import { loadBank } from "../../src/store/sqlite/load";
import { anApiKey } from "../builders/api-keys";
import { aChangeSet, commit, id, patch, removal, renaming } from "../builders/changes";
import { aDraft, revised } from "../builders/drafts";
import { aLink } from "../builders/links";
import { aConcept } from "../builders/nodes";
import { richBank } from "../contract/rich-bank";
import { describeNeo4j } from "../neo4j/neo4j-for-tests";
import { withFile, withOpenStore } from "../store/sqlite/store-file";
import { expectSound, wholeContent } from "./whole-content";

const actor = { kind: "person", name: "ada lovelace" } as const;
const long = "At length. ".repeat(50).trim();

/** Gives what it is given, and does something after each piece until it has seen the drafts; of edges, after every fourth. */
async function* disturbed(parts: AsyncIterable<LiveDumpPart>, disturb: (step: number) => Promise<void>) {
  let step = 0;
  let edges = 0;
  let done = false;
  for await (const part of parts) {
    yield part;
    if (!done && !("items" in part && "edge" in part.items[0]! && edges++ % 4)) await disturb(step++);
    done ||= "drafts" in part;
  }
}

/** Creates, changes, renames, links, removes and creates again, at both ends of the order of ids. */
function editor(store: Database) {
  const repeats: { principal: string; key: string; inputHash: string }[] = [];
  const commits: Parameters<Database["commit"]>[] = [];
  return {
    repeats,
    commits,
    async step(n: number): Promise<void> {
      const draft = aDraft({ id: `d${n}`, createdAt: new Date(Date.UTC(2026, 1, 1, 0, n)).toISOString() });
      const repeat = { principal: "key:ada", key: `save-${n}`, inputHash: "h" };
      await store.drafts.save(draft, { ...repeat, result: `"${n}"` });
      repeats.push(repeat);
      const first = aChangeSet([
        aConcept({ slug: `a-${n}`, ...(n % 2 && { explanation: long }) }),
        aConcept({ slug: `z-${n}`, explanation: long }),
        aLink("PREREQUISITE_OF", `Concept:a-${n}`, `Concept:z-${n}`),
        patch("Concept:c1", { explanation: n % 2 ? null : `${long} ${n}` }),
        patch("Concept:old-999", { title: `The ${n}th` }),
      ]);
      const given = [
        first,
        { actor, idempotencyKey: `edit-${n}`, publishes: { draft: draft.id, version: 1 } },
      ] as const;
      await store.commit(...given);
      commits.push([...given]);
      await commit(store, [renaming(`Concept:z-${n}`, `y-${n}`), removal(`Concept:old-${n}`)]);
      if (n === 0) return;
      const link = {
        op: "removeEdge",
        edge: "PREREQUISITE_OF",
        from: id(`Concept:a-${n - 1}`),
        to: id(`Concept:z-${n - 1}`),
      } as const;
      await commit(store, [link, removal(`Concept:a-${n - 1}`), renaming("Concept:old-998", `renamed-${n}`)]);
      if (n % 2) await commit(store, [aConcept({ slug: `old-${n - 1}` })]);
      await store.drafts.save(revised(draft, { version: 3, title: `Draft ${n} at last`, status: "PUBLISHED" }));
      await store.keys.add(anApiKey({ id: `k${n}` }));
      await store.keys.used("k1", `2026-12-01T00:00:${String(n % 60).padStart(2, "0")}.000Z`);
    },
  };
}

describeNeo4j("a dump of a Neo4j store", (neo4j) => {
  const address = () => ({ ...neo4j.address, user: neo4j.address.user ?? "", password: neo4j.address.password ?? "" });

  it("is the store at its head, whatever is written between any two of its pieces", () =>
    withFile(async (file) => {
      const store = await neo4j.emptyStore();
      await commit(store, richBank);
      await commit(
        store,
        Array.from({ length: 1_500 }, (_, n) => aConcept({ slug: `old-${n}` })),
      );
      const { step, repeats, commits } = editor(store);
      await loadBank(file, disturbed(dumpNeo4j(address()), step));
      // Pages of nodes, edges, slugs and the log, with commits between all of them.
      expect(repeats.length).toBeGreaterThan(10);
      await withOpenStore({ path: file }, async (copy) => {
        expect(await wholeContent(copy)).toEqual(await wholeContent(store));
        await expectSound(copy);
        for (const repeat of repeats)
          expect(await copy.drafts.resultOf(repeat)).toBe(await store.drafts.resultOf(repeat));
        for (const [changeSet, options] of commits) {
          const again = await copy.commit(changeSet, options);
          expect(again).toEqual({ ...(await store.commit(changeSet, options)), replayed: true });
        }
      });
    }));

  it("ends with what is to be done where commits never leave it the time, and leaves them going", async () => {
    const store = await neo4j.emptyStore();
    await commit(store, richBank);
    const parts = dumpNeo4j(address(), { maxHoldMilliseconds: 0 });
    const read = async () => {
      for await (const part of parts) expect("end" in part).toBe(false);
    };
    await expect(read()).rejects.toMatchObject({
      code: "STORE_UNAVAILABLE",
      message: expect.stringContaining("try again when less is") as string,
    });
    expect((await commit(store, [aConcept({ slug: "later" })])).revision).toBe(2);
  });

  it("is refused for a database that is not set up", async () => {
    await neo4j.emptyStore();
    await neo4j.query("MATCH (h:_Head) DELETE h");
    await expect(dumpNeo4j(address())[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: "STORE_MISMATCH" });
  });
});
