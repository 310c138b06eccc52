import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { adopt, driftLines, findDrift } from "../../src/domain/drift";
import type { GraphStore, ScanItem } from "../../src/domain/graph/port";
import { createMemoryStore } from "../../src/store/memory/memory-store";
import { openSqliteStore } from "../../src/store/sqlite/sqlite-store";
import { commit, patch, removal, renaming } from "../builders/changes";
import { aLink } from "../builders/links";
import { aConcept, aQuestion } from "../builders/nodes";
import { richBank } from "../contract/rich-bank";
import { describeNeo4j } from "../neo4j/neo4j-for-tests";
import { scannedItems } from "../../src/domain/graph/port";
import { wholeCommits } from "../builders/whole-commits";

const bank = [
  aQuestion({ slug: "q", prompt: "See [a](concept:a)." }),
  aConcept({ slug: "a", title: "A" }),
  aConcept({ slug: "b", title: "B" }),
  aLink("ABOUT", "Question:q", "Concept:a", { reason: "It is asked.", emphasis: "TEACHES" }),
];

const states = async (store: GraphStore) => {
  const items: ScanItem[] = [];
  for await (const item of scannedItems(store.reader().scan())) items.push(item);
  return items.map((item) => JSON.stringify("node" in item ? item.node : item.edge));
};

describe("a store that only this program writes", () => {
  it("agrees with its log, after every kind of change", async () => {
    const store = createMemoryStore();
    await commit(store, richBank);
    await commit(store, [patch("Concept:c1", { title: "New" }), renaming("Concept:c2", "renamed")]);
    const { items, strays, sound, revision } = await findDrift(store);
    expect([items, strays, revision]).toEqual([[], [], 2]);
    expect(sound).toBe((await states(store)).length);
  });
});

describe("a SQLite file that was edited by hand", () => {
  let folder: string;
  let store: Awaited<ReturnType<typeof openSqliteStore>>;
  const edit = (text: string) => {
    const file = new DatabaseSync(join(folder, "bank.db"));
    file.exec(text);
    file.close();
  };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "fulcrum-drift-"));
    store = await openSqliteStore({ path: join(folder, "bank.db") });
    await store.migrate();
    await commit(store, bank);
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  it("is told item by item, and agrees again once the drift is adopted", async () => {
    edit(`UPDATE node SET fields = json_set(fields, '$.title', 'By hand') WHERE id = 'Concept:a';
      DELETE FROM edge WHERE kind = 'ABOUT';
      DELETE FROM node WHERE id = 'Concept:b'; DELETE FROM node_texts WHERE id = 'Concept:b';`);
    const drift = await findDrift(store);
    expect(driftLines(drift)).toEqual([
      "ABOUT Question:q Concept:a is gone, but the log has it since revision 1",
      'Concept:a: title is "By hand", but "A" in the log since revision 1',
      "Concept:b is gone, but the log has it since revision 1",
    ]);
    expect(drift.sound).toBe(2);
    expect(await adopt(store, drift, "adopt-1")).toMatchObject({ revision: 2, changes: 3 });
    expect(driftLines(await findDrift(store))).toEqual([]);
    const [adopted] = await wholeCommits(store, { after: 1, first: 9 });
    expect(adopted?.actor).toEqual({ kind: "person", name: "adopt" });
    expect(adopted?.changes).toMatchObject([
      { node: "Concept:a", before: { fields: { title: "A" } }, after: { fields: { title: "By hand" } } },
      { node: "Concept:b", after: null },
      { edge: "ABOUT", after: null },
    ]);
  });

  it("is not adopted while it is a graph that no commit could make, nor after another commit", async () => {
    edit("UPDATE node SET fields = json_remove(fields, '$.title') WHERE id = 'Concept:a'");
    const broken = await findDrift(store);
    await expect(adopt(store, broken, "adopt-1")).rejects.toThrow("Concept:a: title is required");
    edit("UPDATE node SET fields = json_set(fields, '$.title', 'By hand') WHERE id = 'Concept:a'");
    const drift = await findDrift(store);
    await commit(store, [removal("Concept:b")]);
    await expect(adopt(store, drift, "adopt-2")).rejects.toMatchObject({ code: "CONFLICT" });
    expect(driftLines(await findDrift(store))).toHaveLength(1);
  });
});

describeNeo4j("a Neo4j database that was edited by hand", (neo4j) => {
  it("is told item by item, and agrees again once the drift is adopted", async () => {
    const store = await neo4j.emptyStore();
    await commit(store, bank);
    await commit(store, [aConcept({ slug: "c", title: "C" }), aConcept({ slug: "d", title: "D" })]);
    expect(driftLines(await findDrift(store))).toEqual([]);

    await neo4j.query("MATCH (n:Concept {slug: 'a'}) SET n.title = 'By hand'");
    await neo4j.query("MATCH (n:Concept {slug: 'd'}) SET n._light = '{}'");
    await neo4j.query("MATCH (n:Concept {slug: 'c'}) DETACH DELETE n");
    await neo4j.query("MATCH ()-[r:ABOUT]->() SET r.reason = 'Changed.'");
    await neo4j.query("MATCH ()-[r:MENTIONS]->() DELETE r");
    await neo4j.query("CREATE (:Concept {slug: 'new', title: 'New', summary: 'Made by hand.'})");
    await neo4j.query("CREATE (:Thing)");
    await neo4j.query(
      "MATCH (q:Question {slug: 'q'}), (b:Concept {slug: 'b'}) CREATE (q)-[:ABOUT {reason: 'Drawn.', emphasis: 'ASSUMES'}]->(b)",
    );
    const drift = await findDrift(store);
    expect(driftLines(drift)).toEqual([
      'ABOUT Question:q Concept:a: reason is "Changed.", but "It is asked." in the log since revision 1',
      "ABOUT Question:q Concept:b is there, but the log never had it",
      'Concept:a: title is "By hand", but "A" in the log since revision 1',
      "Concept:c is gone, but the log has it since revision 2",
      "Concept:d is as the log has it, but what is kept for reading it fast says otherwise",
      "Concept:new is there, but the log never had it",
      "MENTIONS Question:q Concept:a is gone, but the log has it since revision 1",
      "a node labelled Concept was not made by this program",
      "a node labelled Thing was not made by this program",
      "a relationship ABOUT from Question:q to Concept:b was not made by this program",
    ]);

    expect(await adopt(store, drift, "adopt-1")).toMatchObject({ revision: 3, changes: 5 });
    expect(driftLines(await findDrift(store))).toEqual([]);
    const rival = createMemoryStore();
    for (const { changes } of await wholeCommits(store, { after: 0, first: 9 }))
      expect(changes.length).toBeGreaterThan(0);
    await commit(rival, bank);
    await commit(rival, [
      patch("Concept:a", { title: "By hand" }),
      aConcept({ slug: "d", title: "D" }),
      aConcept({ slug: "new", title: "New", summary: "Made by hand." }),
      aLink("ABOUT", "Question:q", "Concept:a", { reason: "Changed.", emphasis: "TEACHES" }),
      aLink("ABOUT", "Question:q", "Concept:b", { reason: "Drawn.", emphasis: "ASSUMES" }),
    ]);
    expect(await states(store)).toEqual(await states(rival));
    const [light] = (await store.reader().nodes([..."a"].map((slug) => `Concept:${slug}` as never))).values();
    expect(light).toMatchObject({ title: "By hand", changedIn: 3 });
  });
});
