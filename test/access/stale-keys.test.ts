import { createAuthenticator } from "../../src/access/authenticator";
import { newApiKey } from "../../src/domain/access/api-key";
import { DomainError } from "../../src/domain/errors";
import { createMemoryStore } from "../../src/store/memory/memory-store";

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
