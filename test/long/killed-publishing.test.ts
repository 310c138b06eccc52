import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import type { Database } from "../../src/domain/database";
import { openNeo4jStore } from "../../src/store/neo4j/neo4j-store";
import { Draw } from "../contract/random/draw";
import { type ServerProcess, startServer } from "../http/server-process";
import { eventually } from "../neo4j/eventually";
import { type MavenServer, startMavenServer } from "../neo4j/maven-server";
import { describeOwnNeo4j } from "../neo4j/neo4j-for-tests";
import { type Editor, someEditors } from "./editor";
import { secondsSince, tell } from "./figures";
import { aLargeDraft, draftId, expectWhole } from "./published-drafts";
import { share } from "./scale";

const rounds = share(5);
const draftsOfRound = 8;
const mostBeforeKill = 3;

describeOwnNeo4j("a change set that is being published to Neo4j over HTTP", () => {
  let neo4j: MavenServer;
  let store: Database;
  let server: ServerProcess;
  let editor: Editor;
  /** How many drafts are published by now: each is the revision of its number. */
  let published = 0;
  /** How long the last of them took, so that a kill can be put anywhere into the next. */
  let milliseconds = 0;

  beforeAll(async () => {
    neo4j = await startMavenServer();
    store = openNeo4jStore({ uri: neo4j.uri, user: "", password: "" });
    await eventually(() => store.migrate());
    [editor] = (await someEditors(1, store, [""])) as [Editor];
    await start();
  });
  afterAll(async () => {
    await server.stop();
    await store.close();
    await neo4j.remove();
  });

  async function start(): Promise<void> {
    server = await startServer({ FULCRUM_STORE: neo4j.uri });
    editor.url = server.url;
  }

  async function saveDrafts(): Promise<void> {
    for (let number = published + 1; number <= published + draftsOfRound; number++) {
      if (!(await eventually(() => store.drafts.draft(draftId(number))))) await store.drafts.save(aLargeDraft(number));
    }
  }

  /** Publishes the next draft under its own key, and is told its number again however often it had to ask. */
  async function publishNext(): Promise<void> {
    const started = performance.now();
    const id = draftId(published + 1);
    const { revision, userErrors } = await editor.mutate(
      "publishChangeSet(changeSet: $id, idempotencyKey: $key)",
      "$id: ID!, $key: String!",
      { id, key: id },
    );
    expect([revision, userErrors]).toEqual([published + 1, []]);
    published += 1;
    milliseconds = performance.now() - started;
  }

  /** Publishes until it fails or all are published; meanwhile, after some drafts and in the middle of one, kills. */
  async function publishWhile(kill: () => Promise<void>, draw: Draw): Promise<void> {
    const until = published + draftsOfRound;
    const killAt = published + 1 + draw.number(mostBeforeKill - 1);
    let killed: Promise<void> | undefined;
    try {
      while (published < until) {
        if (published >= killAt) killed ??= wait((milliseconds * draw.number(120)) / 100).then(kill);
        await publishNext();
      }
    } finally {
      await killed;
    }
    expect(killed).toBeDefined();
  }

  it(`is published as a whole or not at all when the API's process is killed, in ${rounds} rounds`, async () => {
    const draw = new Draw(1);
    const started = performance.now();
    let unheard = 0;
    for (let round = 0; round < rounds; round++) {
      await saveDrafts();
      const kill = async () => {
        server.child.kill("SIGKILL");
        await once(server.child, "exit");
      };
      await expect(publishWhile(kill, draw)).rejects.toThrow("No answer came.");
      await server.stop();
      await start();
      const whole = await expectWhole(store);
      expect([published, published + 1]).toContain(whole);
      unheard += whole - published;
      await publishNext();
      expect(await expectWhole(store)).toBe(published);
    }
    tell("API process killed while it publishes", "Neo4j", {
      rounds,
      "change sets published": published,
      "of them published but not acknowledged": unheard,
      seconds: secondsSince(started),
    });
  });

  it(`is published as a whole, once, when Neo4j is killed and comes back, in ${rounds} rounds`, async () => {
    const draw = new Draw(2);
    const started = performance.now();
    const before = { published, refused: editor.refused };
    for (let round = 0; round < rounds; round++) {
      await saveDrafts();
      await publishWhile(async () => {
        await neo4j.kill();
        await neo4j.restart();
      }, draw);
      expect(await eventually(() => expectWhole(store))).toBe(published);
    }
    expect(editor.refused).toBeGreaterThan(before.refused);
    tell("Neo4j killed while the API publishes", "Neo4j", {
      rounds,
      "change sets published": published - before.published,
      "repeated because the store was away": editor.refused - before.refused,
      seconds: secondsSince(started),
    });
  });
});
