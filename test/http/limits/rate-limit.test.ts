import { request, type ServerResponse } from "node:http";
import { readFileSync } from "node:fs";
import path from "node:path";
import { newApiKey } from "../../../src/domain/access/api-key";
import { createMemoryStore } from "../../../src/store/memory/memory-store";
import { denseBank } from "../../graphql/dense-bank";
import { commit } from "../../builders/changes";
import { aConcept } from "../../builders/nodes";
import { runApp, type RunningApp } from "../running-app";
import { bareSocket, closeCode } from "../socket-client";
import { WebSocket } from "ws";

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

interface Sent {
  readonly query?: string;
  readonly body?: string;
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The client's own address. */
  readonly from?: string;
}

const send = (app: RunningApp, { query, body, from, headers = {}, ...rest }: Sent): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const options = {
      port: app.port,
      host: "127.0.0.1",
      path: "/graphql",
      method: "POST",
      ...rest,
      ...(from !== undefined && { localAddress: from }),
      headers: { "content-type": "application/json", ...headers },
    };
    request(options, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (part: string) => (text += part));
      answer.on("end", () =>
        resolve({ status: answer.statusCode as number, headers: answer.headers as Reply["headers"], body: text }),
      );
    })
      .once("error", reject)
      .end(options.method === "GET" ? undefined : (body ?? JSON.stringify({ query: query ?? "{ __typename }" })));
  });

const remainingOf = ({ headers }: Reply): number => Number(/r=(\d+)/.exec(headers["ratelimit"] ?? "")?.[1]);

/** Sends the same until it is refused; the refusal, and how many came before it. */
async function untilRefused(app: RunningApp, sent: Sent): Promise<{ refusal: Reply; count: number }> {
  for (let count = 0; count < 1_000; count++) {
    const reply = await send(app, sent);
    if (reply.status === 429) return { refusal: reply, count };
  }
  throw new Error("Nothing was refused.");
}

// A unit a second: nothing that matters comes back while a test runs.
const env = { FULCRUM_RATE_LIMIT: "1" };
const badJson = { body: "{" };
/** No socket ends for being silent, however long the others take to open. */
const timeouts = { socketInit: 600_000 };

describe("a client that asks for more than its limit", () => {
  let app: RunningApp;
  let key: string;
  beforeEach(async () => {
    const store = createMemoryStore();
    await commit(store, [aConcept({ slug: "a", title: "One" })]);
    const made = newApiKey({ name: "Ada", role: "AUTHOR", expiresAt: null }, new Date());
    await store.keys.add(made.key);
    key = made.text;
    app = await runApp({ store, env, timeouts });
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await app.close();
  });

  it("is refused with what it has left and when to come again, and nobody else is", async () => {
    const { refusal, count } = await untilRefused(app, badJson);
    expect(count).toBe(200);
    expect(JSON.parse(refusal.body)).toMatchObject({ errors: [{ extensions: { code: "RATE_LIMITED" } }] });
    expect(refusal.headers["retry-after"]).toMatch(/^\d+$/);
    expect(refusal.headers).toMatchObject({
      "ratelimit-policy": '"client";q=20000;w=20000;qu="cost"',
      ratelimit: expect.stringMatching(/^"client";r=\d+;t=\d+$/) as string,
    });

    expect((await send(app, { from: "127.0.0.2" })).status).toBe(200);
    expect((await send(app, { headers: { authorization: `Bearer ${key}` } })).status).toBe(200);
    expect((await send(app, { path: "/nothing" })).status).toBe(429);
    for (const probe of ["/healthz", "/readyz"])
      expect((await send(app, { path: probe, method: "GET" })).status).toBe(200);
  });

  it("pays for what is wrong with a document, a path or a credential", async () => {
    const first = remainingOf(await send(app, {}));
    expect(remainingOf(await send(app, { query: "{ nothing }" }))).toBeLessThanOrEqual(first - 249);
    await send(app, { path: "/nothing" });
    expect(remainingOf(await send(app, {}))).toBeLessThanOrEqual(first - 269);
  });

  it("pays for an answer that it has already, and for a body that breaks off", async () => {
    const now = performance.now();
    jest.spyOn(performance, "now").mockReturnValue(now);
    const headers = { "apollo-require-preflight": "1" };
    const get = { path: "/graphql?query=%7B__typename%7D", method: "GET" };
    const plain = await send(app, { ...get, headers });
    const known = await send(app, {
      ...get,
      headers: { ...headers, "if-none-match": plain.headers["etag"] as string },
    });
    expect([known.status, remainingOf(plain) - remainingOf(known)]).toEqual([304, 1]);

    const again = await send(app, { ...get, headers });
    const cost = remainingOf(known) - remainingOf(again);
    const ended = new Promise((resolve) =>
      app.server.once("request", (_, response: ServerResponse) => response.once("close", resolve)),
    );
    const half = request({
      port: app.port,
      host: "127.0.0.1",
      path: "/graphql",
      method: "POST",
      headers: { "content-type": "application/json", "content-length": "100" },
    });
    half.on("error", () => undefined).write("{");
    app.server.once("request", () => half.destroy());
    await ended;
    await new Promise((resolve) => setImmediate(resolve));
    const last = await send(app, { ...get, headers });
    expect(remainingOf(again) - remainingOf(last)).toBe(cost + 100);
  });

  it("is told its balance in the answer where it asks, and that answer is neither tagged nor kept", async () => {
    const get = (headers: Record<string, string>) =>
      send(app, {
        path: "/graphql?query=%7B__typename%7D",
        method: "GET",
        headers: { "apollo-require-preflight": "1", ...headers },
      });
    for (let i = 0; i < 3; i++) {
      const asked = await get({ "fulcrum-throttle": "1" });
      const { extensions } = JSON.parse(asked.body) as { extensions: { cost: Record<string, unknown> } };
      expect(extensions.cost["throttle"]).toEqual({
        limit: 20_000,
        remaining: remainingOf(asked),
        restoreRate: 1,
      });
      expect(asked.headers["etag"]).toBeUndefined();
      expect(asked.headers["cache-control"]).toBe("no-store");
    }
    const plain = await get({});
    expect(plain.body).not.toContain("throttle");
    expect(plain.headers["vary"]).toContain("fulcrum-throttle");
    const known = await get({ "if-none-match": plain.headers["etag"] as string });
    expect(known.status).toBe(304);
    expect(remainingOf(known)).toBeGreaterThanOrEqual(remainingOf(plain) - 1);
    expect(known.headers["ratelimit-policy"]).toBeDefined();
  });

  it("may not try wrong credentials without end, which does not keep out one that was right before", async () => {
    const right = { headers: { authorization: `Bearer ${key}` } };
    expect((await send(app, right)).status).toBe(200);
    const { refusal, count } = await untilRefused(app, { headers: { authorization: "Bearer wrong" } });
    expect(count).toBeGreaterThanOrEqual(30);
    expect(refusal.headers["retry-after"]).toBe("1");
    expect((await send(app, right)).status).toBe(200);
    expect((await send(app, { from: "127.0.0.2", headers: { authorization: "Bearer wrong" } })).status).toBe(401);
    expect((await send(app, {})).status).toBe(200);
  });

  it("gets no more sockets", async () => {
    const sockets: WebSocket[] = [];
    const refused = await new Promise<number | undefined>((resolve) => {
      const next = (): void => {
        const socket = new WebSocket(`${app.url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
        sockets.push(socket);
        socket.once("open", next).on("error", () => undefined);
        socket.once("unexpected-response", (_request, response) => {
          expect(response.headers["retry-after"]).toMatch(/^\d+$/);
          resolve(response.statusCode);
        });
      };
      next();
    });
    expect(refused).toBe(429);
    expect(sockets).toHaveLength(201);
    for (const socket of sockets) socket.terminate();
  });

  it("has its socket closed when it sends too much on it", async () => {
    const socket = await bareSocket(app);
    const closed = closeCode(socket);
    for (let i = 0; i < 2_000; i++) socket.send('{"type":"ping"}');
    expect(await closed).toBe(4429);
  });
});

describe("a server that limits clients", () => {
  it("takes who asks from the proxies that it trusts", async () => {
    const app = await runApp({ env: { ...env, FULCRUM_TRUST_PROXY: "127.0.0.0/8" } });
    const from = (address: string): Sent => ({ ...badJson, headers: { "x-forwarded-for": `1.2.3.4, ${address}` } });
    await untilRefused(app, from("2001:db8::1"));
    expect((await send(app, from("2001:db8::ffff"))).status).toBe(429);
    expect((await send(app, from("2001:db8:0:1::1"))).status).toBe(400);
    await app.close();
  });

  it("allows a client a fifth of all sockets at a time, however slowly they come", async () => {
    const app = await runApp({ env: { FULCRUM_RATE_LIMIT: "100000000" }, timeouts });
    const sockets = await Promise.all(Array.from({ length: 200 }, () => bareSocket(app)));
    await expect(bareSocket(app)).rejects.toThrow("429");
    const closed = closeCode(sockets[0] as WebSocket);
    sockets[0]?.close();
    await closed;
    // The server may hear of it a little later.
    const again = async (): Promise<WebSocket> => bareSocket(app).catch(again);
    sockets.push(await again());
    for (const socket of sockets) socket.terminate();
    await app.close();
  });

  it("never limits a hundred readers behind one address", async () => {
    const store = createMemoryStore();
    await commit(store, denseBank(5));
    const app = await runApp({ store, env });
    const folder = path.resolve(__dirname, "..", "..", "operations");
    const page = ["mission-walk", "question-list", "search"].map((name) =>
      readFileSync(path.join(folder, `${name}.graphql`), "utf8"),
    );
    const start = remainingOf(await send(app, {}));
    let min = start;
    for (let reader = 0; reader < 100; reader++) {
      for (const query of page) {
        const reply = await send(app, { query });
        expect(reply.status).toBe(200);
        min = Math.min(min, remainingOf(reply));
      }
    }
    // All of it out of what they may spend in an instant, though far more comes back between two pages.
    expect(start - min).toBeLessThan(start / 4);
    await app.close();
  });
});
