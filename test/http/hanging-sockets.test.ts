import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { runApp, type RunningApp } from "./running-app";
import { bareSocket, closeCode, listen, socketClient } from "./socket-client";

const timeouts = { headers: 500, request: 700, keepAlive: 200, check: 20, stalled: 100, linger: 50, socketInit: 500 };

/** A connection to the app, whose own side stays open whatever the app does, and what came over it when it closed. */
function hold(app: RunningApp, text: string): { readonly socket: Socket; readonly closed: Promise<string> } {
  const socket = connect({ port: app.port, host: "127.0.0.1", allowHalfOpen: true });
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  socket.on("error", () => undefined);
  socket.once("connect", () => socket.write(text));
  // The app's end alone closes nothing here. What is sent after it is refused only when the connection is destroyed.
  const closed = new Promise<string>((resolve) => {
    let sending: NodeJS.Timeout | undefined;
    socket.once("end", () => (sending = setInterval(() => socket.write("x"), 10)));
    socket.once("close", () => {
      clearInterval(sending);
      resolve(Buffer.concat(chunks).toString());
    });
  });
  return { socket, closed };
}

const connectionCount = (app: RunningApp): Promise<number> =>
  new Promise((resolve, reject) =>
    app.server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  );

/** Ends when the app has so many connections; the test's own time limit is the only one. */
async function untilConnections(app: RunningApp, wanted: number): Promise<void> {
  while (app.server.listening && (await connectionCount(app)) !== wanted) await wait(2);
}

const get = "GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n";
const post = "POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n";
const upgrade =
  "GET /graphql HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n";
describe("a connection on which nothing goes on is destroyed", () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await runApp({ timeouts });
  });
  afterAll(() => app.close());

  it.each([
    ["that says nothing", "", /^$/],
    ["with half a line", "GET /hea", /^HTTP\/1.1 408 .*took too long to come/s],
    ["with half of its headers", get.slice(0, -2), /^HTTP\/1.1 408 /],
    ["with half a body", `${post}{"query":`, /^HTTP\/1.1 408 .*BAD_REQUEST/s],
    [
      "with half a body in chunks",
      `${post.replace("content-length: 100", "transfer-encoding: chunked")}5\r\nab`,
      /^HTTP\/1.1 408 /,
    ],
    ["that was answered and asks no more", get, /^HTTP\/1.1 200 /],
    ["that was answered and asks half of its next question", `${get}GET /hea`, /^HTTP\/1.1 200 .*HTTP\/1.1 408 /s],
    ["with half an upgrade", upgrade, /^HTTP\/1.1 408 /],
    ["with an upgrade that is refused", `${upgrade.replace("/graphql", "/other")}\r\n`, /^HTTP\/1.1 404 /],
    ["with a body that nobody reads", post.replace("100", "10000000"), /^HTTP\/1.1 413 /],
    ["that speaks another language", "\u0016\u0003\u0001", /^HTTP\/1.1 400 /],
  ])("%s", async (_, text, answer) => {
    expect(await hold(app, text).closed).toMatch(answer);
    await untilConnections(app, 0);
  });

  it("and a WebSocket that never says who it is", async () => {
    expect(await closeCode(await bareSocket(app))).toBe(4408);
    await untilConnections(app, 0);
  });

  it("and one that does not answer its end", async () => {
    const { socket, closed } = hold(
      app,
      `${upgrade}sec-websocket-protocol: graphql-transport-ws\r\nsec-websocket-key: ${"a".repeat(22)}==\r\n\r\n`,
    );
    expect(await closed).toMatch(/^HTTP\/1.1 101 /);
    expect(socket.destroyed).toBe(true);
    await untilConnections(app, 0);
  });
});

describe("an open subscription", () => {
  it("lives as long as its heartbeat is answered, and no longer", async () => {
    const app = await runApp({ timeouts: { heartbeat: 400 } });
    const [alive, dead] = [await bareSocket(app), await bareSocket(app)];
    const ended = closeCode(dead);
    for (const socket of [alive, dead]) socket.send('{"type":"connection_init"}');
    (dead as unknown as { _autoPong: boolean })._autoPong = false;
    expect(await ended).toBe(1006);
    for (let beats = 0; beats < 3; beats++) await once(alive, "ping");
    expect(alive.readyState).toBe(alive.OPEN);
    alive.close();
    await app.close();
  });
});

describe("a reader that does not read", () => {
  /** More than the system takes in the reader's place. */
  const much = Buffer.alloc(80_000_000, "a");
  let app: RunningApp;
  beforeEach(async () => {
    app = await runApp({ timeouts });
  });
  afterEach(() => app.close());

  it.each(["connection", "upgrade"])("is gone after a while, from its %s on", async (event) => {
    app.server.on(event, (...[first, second]: Socket[]) =>
      ((event === "upgrade" ? second : first) as Socket).write(much),
    );
    const socket = connect(app.port, "127.0.0.1").pause();
    socket.on("error", () => undefined);
    await once(socket, "connect");
    socket.write(`${upgrade}sec-websocket-key: ${"a".repeat(22)}==\r\n\r\n`);
    await untilConnections(app, 1);
    await untilConnections(app, 0);
    socket.destroy();
  });
});

describe("a server with as many connections as it may have", () => {
  it("ends those that have been waiting longest, and answers probes and clients at once", async () => {
    const app = await runApp({ env: { FULCRUM_MAX_CONNECTIONS: "20" } });
    const client = socketClient(app);
    const events = listen<{ bankChanged: { title: string } }>(client, "subscription { bankChanged { title } }");
    const told = events.next();
    await untilConnections(app, 1);
    const held = Array.from({ length: 60 }, (_, i) => hold(app, ["", get.slice(0, -2), `${post}{`][i % 3] as string));
    await Promise.all(held.slice(0, 30).map(({ closed }) => closed));
    for (let i = 0; i < 10; i++)
      expect(await hold(app, get.replace("host", "connection: close\r\nhost")).closed).toMatch(/ 200 /);
    expect(await connectionCount(app)).toBeLessThanOrEqual(20);
    // The subscription is nobody's to end.
    expect(await Promise.race([told, Promise.resolve("open")])).toBe("open");
    told.catch(() => undefined);
    for (const { socket } of held) socket.destroy();
    await client.dispose();
    await app.close();
  });
});
