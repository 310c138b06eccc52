import { newApiKey } from "../../src/domain/access/api-key";
import { DomainError } from "../../src/domain/errors";
import { createMemoryStore } from "../../src/store/memory/memory-store";
import { post, runApp } from "./running-app";

const away = () => new DomainError("STORE_UNAVAILABLE", "away");

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
