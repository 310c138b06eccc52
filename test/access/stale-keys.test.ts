import { createAuthenticator } from "../../src/access/authenticator";
import { newApiKey } from "../../src/domain/access/api-key";
import { DomainError } from "../../src/domain/errors";
import { createMemoryStore } from "../../src/store/memory/memory-store";
import { post, runApp } from "../http/running-app";

const away = () => new DomainError("STORE_UNAVAILABLE", "away");

describe("while the key store does not answer, a key", () => {
  const start = Date.parse("2026-11-28T12:00:00.000Z");
  async function aHolder() {
    const { keys } = createMemoryStore();
    const { key, text } = newApiKey({ name: "Ada", role: "AUTHOR", expiresAt: null }, new Date(start));
    await keys.add(key);
    const world = { seconds: 0, isAway: false };
    const authenticator = createAuthenticator({
      keys: { ...keys, key: (id) => (world.isAway ? Promise.reject(away()) : keys.key(id)) },
      verifyToken: null,
      onUseLost: () => undefined,
      now: () => new Date(start + world.seconds * 1_000),
    });
    const ask = (credential = text) => authenticator.authenticate([`Bearer ${credential}`]);
    return { keys, key, text, world, ask };
  }

  it("is good for 60 s after the store answered last, to read", async () => {
    const { world, ask } = await aHolder();
    expect(await ask()).not.toHaveProperty("isUnconfirmed");
    world.isAway = true;
    world.seconds = 60;
    expect(await ask()).toMatchObject({ name: "Ada", role: "AUTHOR", isUnconfirmed: true });
    world.seconds = 61;
    await expect(ask()).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
    world.isAway = false;
    expect(await ask()).not.toHaveProperty("isUnconfirmed");
  });

  it("that was not seen before, or comes with another secret, is not", async () => {
    const { world, ask, text } = await aHolder();
    world.isAway = true;
    await expect(ask()).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
    world.isAway = false;
    await ask();
    world.isAway = true;
    const other = text.slice(0, -1) + (text.endsWith("0") ? "1" : "0");
    await expect(ask(other)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });

  it("that was seen revoked is not", async () => {
    const { keys, key, world, ask } = await aHolder();
    await ask();
    await keys.revoke(key.id, new Date(start).toISOString());
    await expect(ask()).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    world.isAway = true;
    await expect(ask()).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });
});

describe("a server whose store is away", () => {
  it.each([
    [
      "off",
      200,
      {
        status: "ready",
        revision: 0,
        reads: "memory",
        writes: expect.stringMatching(/^store away for \d+ s$/) as string,
      },
    ],
    ["on", 503, { status: "unavailable", reason: "STORE_UNAVAILABLE" }],
  ])("is ready for reads from memory, with strict readiness %s", async (strict, status, body) => {
    const store = createMemoryStore();
    const { key, text } = newApiKey({ name: "Edith", role: "EDITOR", expiresAt: null }, new Date());
    await store.keys.add(key);
    const world = { isAway: false };
    const keys = { ...store.keys, key: (id: string) => (world.isAway ? Promise.reject(away()) : store.keys.key(id)) };
    const shown = new Proxy(store, {
      get: (of, name) => {
        if (name === "keys") return keys;
        const value: unknown = Reflect.get(of, name, of);
        if (typeof value !== "function") return value;
        if (name === "ping") return () => (world.isAway ? Promise.reject(away()) : of.ping());
        return (value as () => unknown).bind(of);
      },
    });
    const app = await runApp({ store: shown, env: { FULCRUM_READY_STRICT: strict } });
    const headers = { authorization: `Bearer ${text}` };
    const ask = async (query: string) =>
      (await (await post(app, { query }, headers)).json()) as { errors?: { extensions: { code: string } }[] };
    const write = 'mutation { openChangeSet(title: "X") { changeSet { id } } }';
    expect((await ask(write)).errors).toBeUndefined();
    world.isAway = true;
    const ready = await fetch(`${app.url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([status, status === 200 ? expect.objectContaining(body) : body]);
    expect((await ask("{ questions { totalCount } }")).errors).toBeUndefined();
    expect((await ask(write)).errors).toMatchObject([{ extensions: { code: "SERVICE_UNAVAILABLE" } }]);
    await app.close();
  });
});
