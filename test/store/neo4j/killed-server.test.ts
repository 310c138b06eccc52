import type { GraphStore } from "../../../src/domain/graph/port";
import { openNeo4jStore } from "../../../src/store/neo4j/neo4j-store";
import { aChangeSet } from "../../builders/changes";
import { aLink } from "../../builders/links";
import { aConcept, aQuestion } from "../../builders/nodes";
import { eventually } from "../../neo4j/eventually";
import { type MavenServer, startMavenServer } from "../../neo4j/maven-server";
import { describeOwnNeo4j } from "../../neo4j/neo4j-for-tests";
import { secondsSince, tell } from "../../long/figures";
import { share } from "../../long/scale";
import { patientTimeouts } from "../../neo4j/timeouts";
import { scannedItems } from "../../../src/domain/graph/port";
import { wholeCommits } from "../../builders/whole-commits";

/** Long for a server that is there; a transaction whose server is gone is not tried for long. */
const timeouts = { ...patientTimeouts, silence: 20_000, retry: 2_000, connect: 5_000 };
const rounds = share(10, 2);
const commitsBeforeKill = 25;

describeOwnNeo4j("a Neo4j that is killed while it commits", () => {
  let server: MavenServer;
  let store: GraphStore;
  beforeAll(async () => {
    server = await startMavenServer();
    store = openNeo4jStore({ uri: server.uri, user: "", password: "", timeouts });
    await store.migrate();
  });
  afterAll(async () => {
    await store.close();
    await server.remove();
  });

  /** Commits a question, a concept and the link between them, and gives the revision; null if it was not acknowledged. */
  const commitThree = async (name: string): Promise<number | null> => {
    const changes = [
      aQuestion({ slug: name }),
      aConcept({ slug: name }),
      aLink("ABOUT", `Question:${name}`, `Concept:${name}`),
    ];
    return store
      .commit(aChangeSet(changes, name), { idempotencyKey: name, actor: { kind: "person", name: "ada" } })
      .then(
        ({ revision }) => revision,
        () => null,
      );
  };

  it("loses no acknowledged commit and holds none by halves", async () => {
    const started = performance.now();
    const acknowledged = new Map<string, number>();
    for (let round = 0; round < rounds; round++) {
      let killed: Promise<void> | undefined;
      const writer = async (number: number) => {
        for (let count = 0; !killed; count++) {
          const name = `round-${round}-writer-${number}-${count}`;
          const revision = await commitThree(name);
          if (revision === null) return;
          acknowledged.set(name, revision);
          if (acknowledged.size >= (round + 1) * commitsBeforeKill) killed ??= server.kill();
        }
      };
      await Promise.all([writer(0), writer(1), writer(2)]);
      expect(killed).toBeDefined();
      await killed;
      await server.restart();
    }
    const log = await eventually(() => wholeCommits(store, { after: 0, first: 10_000 }));
    const logged = new Map(log.map(({ title, revision }) => [title, revision]));
    expect([...acknowledged].filter(([name, revision]) => logged.get(name) !== revision)).toEqual([]);
    expect(log.map(({ revision }) => revision)).toEqual(log.map((_, index) => index + 1));
    expect(log.every(({ changes }) => changes.length === 3)).toBe(true);
    const held = await eventually(async () => {
      const found: string[] = [];
      for await (const item of scannedItems(store.reader().scan()))
        found.push("node" in item ? item.node.id : `${item.edge.edge} ${item.edge.from}`);
      return found;
    });
    const expected = log.flatMap(({ title }) => [`Question:${title}`, `Concept:${title}`, `ABOUT Question:${title}`]);
    expect(held.sort()).toEqual(expected.sort());
    expect(acknowledged.size).toBeGreaterThanOrEqual(rounds * commitsBeforeKill);
    tell("Neo4j killed while it commits", "Neo4j", {
      rounds,
      "commits acknowledged": acknowledged.size,
      seconds: secondsSince(started),
    });
  });
});
