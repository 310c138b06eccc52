import { connect } from "node:net";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Client } from "graphql-ws";
import type { Database } from "../../src/domain/database";
import { socketLimits } from "../../src/http/sockets";
import { createMemoryStore } from "../../src/store/memory/memory-store";
import { openSqliteStore } from "../../src/store/sqlite/sqlite-store";
import { commit, patch } from "../builders/changes";
import { aLink } from "../builders/links";
import { aConcept, aQuestion } from "../builders/nodes";
import { describeNeo4j } from "../neo4j/neo4j-for-tests";
import { post, runApp, type RunningApp } from "./running-app";
import { bareSocket, closeCode, listen, socketClient } from "./socket-client";

interface Event {
  readonly bankChanged: { readonly revision: number; readonly title: string; readonly nodes: readonly unknown[] };
}
const changed =
  "subscription ($after: Int, $kinds: [NodeKind!], $ids: [ID!]) { bankChanged(after: $after, kinds: $kinds, ids: $ids) { revision title nodes { kind changeType } } }";

async function revisions(client: Client, variables: Record<string, unknown>, count: number): Promise<number[]> {
  const events = listen<Event>(client, changed, variables);
  const seen: number[] = [];
  while (seen.length < count) seen.push((await events.next()).bankChanged.revision);
  await events.stop();
  return seen;
}

describe("subscriptions", () => {
  let store: Database;
  let app: RunningApp;
  let client: Client;
  beforeEach(async () => {
    store = createMemoryStore();
    await commit(store, [aQuestion({ slug: "q" }), aConcept({ slug: "a" })]);
    app = await runApp({ store });
    client = socketClient(app);
  });
  afterEach(async () => {
    await client.dispose();
    await app.close();
  });

  it("tell each commit once and in order, first those after a revision, then those to come", async () => {
    await commit(store, [aLink("ABOUT", "Question:q", "Concept:a")]);
    const events = listen<Event>(client, changed, { after: 0 });
    expect((await events.next()).bankChanged).toEqual({
      revision: 1,
      title: "A change",
      nodes: [
        { kind: "Concept", changeType: "CREATED" },
        { kind: "Question", changeType: "CREATED" },
      ],
    });
    expect((await events.next()).bankChanged).toMatchObject({ revision: 2, nodes: [{ changeType: "LINKED" }, {}] });
    for (let i = 3; i <= 30; i++) await commit(store, [patch("Concept:a", { title: `Title ${i}` })]);
    for (let i = 3; i <= 30; i++) expect((await events.next()).bankChanged.revision).toBe(i);
    await events.stop();
  });

  it("go on where they broke off", async () => {
    for (let i = 0; i < 70; i++) await commit(store, [patch("Concept:a", { title: `Title ${i}` })]);
    expect(await revisions(client, { after: 0 }, 40)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
    expect(await revisions(client, { after: 40 }, 31)).toEqual(Array.from({ length: 31 }, (_, i) => i + 41));
  });

  it("tell of some kinds or nodes alone, and of links as of both their nodes", async () => {
    await commit(store, [aConcept({ slug: "b" })]);
    await commit(store, [aLink("ABOUT", "Question:q", "Concept:b")]);
    await commit(store, [patch("Question:q", { title: "Another" })]);
    expect(await revisions(client, { after: 0, ids: ["Concept:b"] }, 2)).toEqual([2, 3]);
    expect(await revisions(client, { after: 0, kinds: ["Question"] }, 3)).toEqual([1, 3, 4]);
    expect(await revisions(client, { after: 0, kinds: ["Question"], ids: ["Concept:b", "Question:q"] }, 3)).toEqual([
      1, 3, 4,
    ]);
  });

  it("have no effect on each other when one of them ends while it waits", async () => {
    const [one, other] = [listen<Event>(client, changed, { after: 1 }), listen<Event>(client, changed, { after: 1 })];
    const first = expect(one.next()).rejects.toThrow("The operation has ended.");
    const second = other.next();
    await one.stop();
    await commit(store, [patch("Concept:a", { title: "B" })]);
    expect((await second).bankChanged.revision).toBe(2);
    await first;
    await other.stop();
  });

  it.each<[string, string, Record<string, unknown>, string]>([
    ["is not GraphQL", "subscription {", {}, "GRAPHQL_PARSE_FAILED"],
    ["does not fit the schema", "subscription { bankChanged { nothing } }", {}, "GRAPHQL_VALIDATION_FAILED"],
    ["is a query", "{ __typename }", {}, "BAD_REQUEST"],
    ["has too many tokens", `subscription { bankChanged { ${"title ".repeat(2_000)} } }`, {}, "GRAPHQL_PARSE_FAILED"],
    [
      "has too many aliases",
      `subscription { bankChanged { ${Array.from({ length: 40 }, (_, i) => `a${i}: title`).join(" ")} } }`,
      {},
      "OPERATION_TOO_COMPLEX",
    ],
    [
      "has two roots",
      "subscription { a: bankChanged { title } b: bankChanged { title } }",
      {},
      "GRAPHQL_VALIDATION_FAILED",
    ],
    ["has variables of a wrong type", changed, { after: "x" }, "BAD_USER_INPUT"],
    [
      "has variables that are too long",
      changed,
      { ids: Array.from({ length: 300 }, () => "Concept:a") },
      "BAD_USER_INPUT",
    ],
    ["asks for too many nodes", changed, { ids: Array.from({ length: 101 }, () => "Concept:a") }, "BAD_USER_INPUT"],
    ["names no node", changed, { ids: ["nonsense"] }, "BAD_USER_INPUT"],
    ["begins after what has not been made", changed, { after: 99 }, "NOT_FOUND"],
    ["begins before the start", changed, { after: -1 }, "NOT_FOUND"],
    [
      "begins after a commit of another log",
      'subscription { bankChanged(after: 1, afterHash: "0") { revision } }',
      {},
      "CONFLICT",
    ],
    ["names a hash and no revision", 'subscription { bankChanged(afterHash: "0") { revision } }', {}, "BAD_USER_INPUT"],
    [
      "costs too much",
      `subscription { bankChanged { ${Array.from({ length: 30 }, (_, i) => `a${i}: nodes(first: 100000) { id }`).join(" ")} } }`,
      {},
      "OPERATION_TOO_COMPLEX",
    ],
  ])("one that %s is refused, and the socket goes on", async (_, query, variables, code) => {
    const refused = listen(client, query, variables).next();
    await expect(refused).rejects.toThrow(`"code":"${code}"`);
    expect(await revisions(client, { after: 0 }, 1)).toEqual([1]);
  });

  it("tell what needs a key to those who have one alone", async () => {
    const refused = listen(client, "subscription { bankChanged(after: 0) { actor { name } } }").next();
    await expect(refused).rejects.toThrow('"code":"UNAUTHENTICATED"');
  });

  it("mask what goes wrong inside, and end the operation alone", async () => {
    const broken = jest.spyOn(store, "log").mockRejectedValueOnce(new Error("SELECT secret"));
    const refused = listen(client, changed, { after: 0 }).next();
    await expect(refused).rejects.toThrow(
      '[{"message":"Something went wrong; the request id helps to find out what.","extensions":{"code":"INTERNAL_SERVER_ERROR"}}]',
    );
    broken.mockRestore();
    expect(await revisions(client, { after: 0 }, 1)).toEqual([1]);
  });

  it("are limited in number on one socket", async () => {
    const events = Array.from({ length: 10 }, () => listen<Event>(client, changed, { after: 0 }));
    await Promise.all(events.map((each) => each.next()));
    await expect(listen(client, changed).next()).rejects.toThrow('"code":"OPERATION_TOO_COMPLEX"');
    await events[0]?.stop();
    expect(await revisions(client, { after: 0 }, 1)).toEqual([1]);
    await Promise.all(events.map((each) => each.stop()));
  });

  it("are refused over HTTP", async () => {
    const response = await post(app, { query: "subscription { bankChanged { revision } }" });
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: "BAD_REQUEST" } }] });
  });

  it("end with 1001 when the server drains", async () => {
    const socket = await bareSocket(app);
    const code = closeCode(socket);
    await app.close();
    expect(await code).toBe(1001);
  });
});

describe("a WebSocket", () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await runApp({ env: { FULCRUM_CORS_ORIGINS: "https://example.org" } });
  });
  afterAll(() => app.close());

  it("is closed that speaks another subprotocol, or starts without an introduction", async () => {
    await expect(bareSocket(app, { protocol: "graphql-ws" })).rejects.toThrow("Server sent no subprotocol");
    const socket = await bareSocket(app);
    socket.send(JSON.stringify({ id: "1", type: "subscribe", payload: { query: changed } }));
    expect(await closeCode(socket)).toBe(4401);
  });

  it("is closed that says nothing", async () => {
    expect(await closeCode(await bareSocket(app))).toBe(4408);
  });

  it.each<[string, string, number]>([
    ["no JSON", "hello", 4400],
    ["a message of no known type", '{"type":"evil"}', 4400],
    [
      "a message that is too large",
      JSON.stringify({ type: "ping", payload: { x: "x".repeat(socketLimits.messageBytes) } }),
      1009,
    ],
  ])("is closed that sends %s", async (_, text, code) => {
    const socket = await bareSocket(app);
    socket.send(text);
    expect(await closeCode(socket)).toBe(code);
  });

  it("may be opened by pages of this host and of listed origins, not of others", async () => {
    for (const origin of [app.url, "https://example.org"]) (await bareSocket(app, { origin })).terminate();
    for (const origin of ["https://evil.example", "null"])
      await expect(bareSocket(app, { origin })).rejects.toThrow("403");
  });

  it("is not served elsewhere, nor before the app is open", async () => {
    await expect(bareSocket({ ...app, url: `${app.url}/other` })).rejects.toThrow("404");
    const closed = await runApp({ open: false });
    await expect(bareSocket(closed)).rejects.toThrow("503");
    await closed.close();
  });
});

describe("a request that offers another protocol than WebSocket", () => {
  it("is served as if it had not, its body included, and the connection after it", async () => {
    const app = await runApp();
    const body = JSON.stringify({ query: "{ __typename }" });
    const head = `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n`;
    const socket = connect(app.port, "127.0.0.1");
    let answers = "";
    socket.on("data", (data) => (answers += String(data)));
    socket.write(
      `${head}connection: Upgrade, HTTP2-Settings\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABk\r\n\r\n${body}`,
    );
    socket.write(`${head}connection: close\r\n\r\n${body}`);
    await new Promise((resolve) => socket.once("close", resolve));
    expect(answers.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(2);
    expect(answers.match(/"__typename":"Query"/g)).toHaveLength(2);
    await app.close();
  });
});

describe.each(["memory", "store"])("commits of another process, read from %s", (read) => {
  it("are told too", async () => {
    const folder = await mkdtemp(join(tmpdir(), "fulcrum-events-"));
    const path = join(folder, "bank.db");
    const [store, other] = [await openSqliteStore({ path }), await openSqliteStore({ path })];
    await store.migrate();
    await commit(store, [aConcept({ slug: "a" })]);
    const app = await runApp({ store, env: { FULCRUM_READ: read } });
    const client = socketClient(app);
    const events = listen<Event>(client, changed, { after: 1 });
    const first = events.next();
    await commit(other, [patch("Concept:a", { title: "B" })]);
    await commit(other, [patch("Concept:a", { title: "C" })]);
    expect([(await first).bankChanged.revision, (await events.next()).bankChanged.revision]).toEqual([2, 3]);
    await events.stop();
    await client.dispose();
    await app.close();
    await Promise.all([store.close(), other.close()]);
    await rm(folder, { recursive: true });
  });
});

describeNeo4j("commits in Neo4j", (neo4j) => {
  it("are told in order, those of another process too", async () => {
    const store = await neo4j.emptyStore();
    const other = neo4j.openStore();
    await commit(store, [aConcept({ slug: "a" })]);
    const app = await runApp({ store });
    const client = socketClient(app);
    const events = listen<Event>(client, changed, { after: 0 });
    expect((await events.next()).bankChanged.revision).toBe(1);
    await commit(other, [patch("Concept:a", { title: "B" })]);
    await commit(store, [patch("Concept:a", { title: "C" })]);
    expect([(await events.next()).bankChanged.revision, (await events.next()).bankChanged.revision]).toEqual([2, 3]);
    await events.stop();
    await client.dispose();
    await app.close();
  });
});
