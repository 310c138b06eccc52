import { request } from "node:http";
import type { Database } from "../../src/domain/database";
import type { KeyStore } from "../../src/domain/access/key-store";
import { newApiKey } from "../../src/domain/access/api-key";
import { createMemoryStore } from "../../src/store/memory/memory-store";
import { audience, aSigner, aToken, issuer, type KeyServer, type Signer, startKeyServer } from "../access/key-server";
import { countingReader } from "../graphql/counting-reader";
import { type RefusedCredential, refusedCredentials } from "../access/refused-credentials";
import { post, type RunningApp, runApp } from "./running-app";
import { startServer } from "./server-process";

const viewer = JSON.stringify({ query: "{ viewer { name role } }" });
const graph = JSON.stringify({ query: "{ questions { totalCount } }" });

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** POSTs with these Authorization headers, each on a line of its own. */
const send = (app: Pick<RunningApp, "port">, body: string, authorization: readonly string[]): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const headers = {
      "content-type": "application/json",
      ...(authorization.length > 0 && { authorization: authorization as never }),
    };
    const sent = request({ port: app.port, host: "127.0.0.1", path: "/graphql", method: "POST", headers }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (part: string) => (text += part));
      answer.on("end", () => resolve({ status: answer.statusCode as number, headers: answer.headers, body: text }));
    });
    sent.once("error", reject).end(body);
  });

/** The store, and the calls that reach its keys and its graph. */
function watched(store: Database): { readonly store: Database; readonly calls: string[] } {
  const calls: string[] = [];
  const keys = new Proxy(store.keys, {
    get: (target, method: keyof KeyStore) => {
      return (...args: unknown[]) => {
        calls.push(`keys.${method}`);
        return (target[method] as (...given: unknown[]) => unknown)(...args);
      };
    },
  });
  return { store: { ...store, keys, reader: (options) => countingReader(store.reader(options), calls) }, calls };
}

describe("a credential", () => {
  let signer: Signer;
  let keyServer: KeyServer;
  let app: RunningApp;
  let calls: string[];
  let goodKey: string;
  let refused: readonly RefusedCredential[];
  beforeAll(async () => {
    signer = await aSigner("ours");
    keyServer = await startKeyServer([signer]);
    const database = createMemoryStore();
    const made = await refusedCredentials(signer);
    ({ goodKey, refused } = made);
    for (const key of made.keys) await database.keys.add(key);
    const seen = watched(database);
    calls = seen.calls;
    app = await runApp({
      store: seen.store,
      env: {
        FULCRUM_READ: "store",
        FULCRUM_JWT_ISSUER: issuer,
        FULCRUM_JWT_AUDIENCE: audience,
        FULCRUM_JWT_JWKS: keyServer.url,
      },
    });
  });
  afterAll(async () => {
    await app.close();
    await keyServer.close();
  });
  beforeEach(() => calls.splice(0));

  it("that is a key says who asks", async () => {
    const { status, headers, body } = await send(app, viewer, [`Bearer ${goodKey}`]);
    expect([status, JSON.parse(body)]).toMatchObject([200, { data: { viewer: { name: "Ada", role: "EDITOR" } } }]);
    expect(headers).toMatchObject({
      "cache-control": "no-store",
      vary: "authorization, fulcrum-view, fulcrum-throttle, accept-encoding",
    });
    expect(headers).not.toHaveProperty("www-authenticate");
  });

  it("that is a token says who asks, without a call to the store", async () => {
    const { status, body } = await send(app, viewer, [`bearer ${await aToken(signer, { role: "admin" })}`]);
    expect([status, JSON.parse(body)]).toMatchObject([200, { data: { viewer: { name: "Ada", role: "ADMIN" } } }]);
    expect(calls).toEqual([]);
  });

  it("may be left out", async () => {
    const { status, headers, body } = await send(app, viewer, []);
    expect([status, JSON.parse(body)]).toMatchObject([
      200,
      { data: { viewer: { name: "anonymous", role: "ANONYMOUS" } } },
    ]);
    expect(headers).toMatchObject({ vary: "authorization, fulcrum-view, fulcrum-throttle, accept-encoding" });
    expect(headers).not.toHaveProperty("cache-control");
    expect(calls).toEqual([]);
  });

  it("is refused in at least 40 ways", () => {
    expect(new Set(refused.map(({ name }) => name)).size).toBe(refused.length);
    expect(refused.length).toBeGreaterThanOrEqual(40);
  });

  it("that is not valid is refused, whatever is wrong with it, before the graph is asked", async () => {
    for (const { name, headers, asks } of refused) {
      calls.splice(0);
      const answer = await send(app, graph, headers);
      expect([name, answer.status, answer.headers["www-authenticate"]]).toEqual([
        name,
        401,
        'Bearer realm="fulcrum", error="invalid_token"',
      ]);
      expect(JSON.parse(answer.body)).toEqual({
        errors: [{ message: expect.any(String) as string, extensions: { code: "UNAUTHENTICATED" } }],
      });
      expect(answer.headers).toMatchObject({
        "cache-control": "no-store",
        "content-type": "application/json; charset=utf-8",
      });
      expect([name, calls]).toEqual([name, asks === "the key store" ? ["keys.key"] : []]);
    }
  });

  it("that is unknown is refused in the words of one whose secret is wrong", async () => {
    const answers = await Promise.all(
      refused.filter(({ name }) => /unknown key$|wrong at/.test(name)).map(({ headers }) => send(app, graph, headers)),
    );
    expect(new Set(answers.map(({ body }) => body))).toEqual(
      new Set(['{"errors":[{"message":"The credential is not valid.","extensions":{"code":"UNAUTHENTICATED"}}]}\n']),
    );
    expect(answers.length).toBeGreaterThan(3);
  });

  it("that has ended says so to who holds it", async () => {
    const message = async (name: string) => {
      const { headers } = refused.find((each) => each.name === name) as RefusedCredential;
      return (JSON.parse((await send(app, graph, headers)).body) as { errors: [{ message: string }] }).errors[0]
        .message;
    };
    expect(await message("an expired key")).toBe("The API key has expired.");
    expect(await message("a revoked key")).toBe("The API key was revoked.");
    expect(await message("an expired token")).toBe("The token has expired.");
    expect(await message("a token without a role")).toBe("The token gives its holder no role here.");
  });

  it("is refused before the body is looked at", async () => {
    const { status } = await send(app, "{", ["Bearer nothing"]);
    expect(status).toBe(401);
  });

  it("lets a body be four times as long", async () => {
    const padded = (bytes: number) => viewer.slice(0, -1) + " ".repeat(bytes - viewer.length) + "}";
    const status = async (bytes: number, authorization: readonly string[]) =>
      (await send(app, padded(bytes), authorization)).status;
    const key = [`Bearer ${goodKey}`];
    expect([await status(65_536, []), await status(65_537, [])]).toEqual([200, 413]);
    expect([await status(262_144, key), await status(262_145, key)]).toEqual([200, 413]);
  });

  it("lets a document be twice as long", async () => {
    const query = `{ ${Array.from({ length: 15 }, (_, i) => `a${i}: __typename`).join(" ")} }`;
    const codes = async (authorization: readonly string[]) =>
      (JSON.parse((await send(app, JSON.stringify({ query }), authorization)).body) as { errors?: unknown[] }).errors;
    expect(await codes([`Bearer ${goodKey}`])).toBeUndefined();
    expect(await codes([])).toMatchObject([{ extensions: { code: "OPERATION_TOO_COMPLEX" } }]);
  });

  it("is not needed for health, and a wrong one does no harm there", async () => {
    const response = await fetch(`${app.url}/healthz`, { headers: { authorization: "Bearer nothing" } });
    expect(response.status).toBe(200);
  });

  it("cannot be checked while the signing keys or the key store cannot be had: that is not the client's fault", async () => {
    const without = await startKeyServer([]);
    without.fault = { status: 500, body: "" };
    const broken = await runApp({
      env: { FULCRUM_JWT_ISSUER: issuer, FULCRUM_JWT_AUDIENCE: audience, FULCRUM_JWT_JWKS: without.url },
    });
    const { status, headers, body } = await send(broken, graph, [`Bearer ${await aToken(signer)}`]);
    expect([status, JSON.parse(body)]).toMatchObject([
      503,
      {
        errors: [
          { message: "Tokens cannot be checked now; try again later.", extensions: { code: "SERVICE_UNAVAILABLE" } },
        ],
      },
    ]);
    expect(headers).not.toHaveProperty("www-authenticate");
    expect((await send(broken, graph, [])).status).toBe(200);
    await broken.close();
    await without.close();
  });

  it("that is a token is refused where tokens are not taken", async () => {
    const keysAlone = await runApp();
    expect((await send(keysAlone, graph, [`Bearer ${await aToken(signer)}`])).status).toBe(401);
    await keysAlone.close();
  });
});

describe("the log", () => {
  it("holds no credential, nor any part of one", async () => {
    const signer = await aSigner("ours");
    const { refused } = await refusedCredentials(signer);
    const token = await aToken(signer);
    const server = await startServer({
      FULCRUM_LOG_LEVEL: "debug",
      FULCRUM_JWT_ISSUER: issuer,
      FULCRUM_JWT_AUDIENCE: audience,
      FULCRUM_JWT_JWKS: "http://127.0.0.1:9/jwks",
    });
    const { port } = new URL(server.url);
    for (const { headers } of refused) await send({ port: Number(port) }, graph, headers);
    expect((await send({ port: Number(port) }, graph, [`Bearer ${token}`])).status).toBe(503);
    await server.stop();
    const log = JSON.stringify(server.log);
    expect(server.log.length).toBeGreaterThan(refused.length);
    expect(log).toContain("request not served");
    const parts = [token, ...refused.flatMap(({ headers }) => headers)].flatMap((text) => text.split(/[ ._]+/));
    expect(parts.filter((part) => part.length > 16 && log.includes(part))).toEqual([]);
  });
});

describe("the use of a key", () => {
  it("is written once a minute, at the latest when the server ends", async () => {
    const database = createMemoryStore();
    const { key, text } = newApiKey({ name: "Ada", role: "AUTHOR", expiresAt: null }, new Date());
    await database.keys.add(key);
    const { store, calls } = watched(database);
    const app = await runApp({ store });
    for (let i = 0; i < 5; i++) await post(app, viewer, { authorization: `Bearer ${text}` });
    await app.close();
    expect((await database.keys.key(key.id))?.lastUsedAt).toMatch(/^\d{4}-/);
    expect(calls.filter((call) => call === "keys.used")).toHaveLength(1);
  });
});
