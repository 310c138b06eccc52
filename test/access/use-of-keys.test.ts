import { createAuthenticator } from "../../src/access/authenticator";
import { newApiKey } from "../../src/domain/access/api-key";
import type { KeyStore } from "../../src/domain/access/key-store";
import { createMemoryStore } from "../../src/store/memory/memory-store";

const start = Date.parse("2026-11-28T12:00:00.000Z");

/** Someone with a key, a clock that stands where it is put, and a note of each use that was sent to the store. */
async function aHolder(used?: KeyStore["used"]) {
  const { keys } = createMemoryStore();
  const { key, text } = newApiKey({ name: "Ada", role: "AUTHOR", expiresAt: null }, new Date(start));
  await keys.add(key);
  const clock = { seconds: 0 };
  const [sent, lost]: [string[], unknown[]] = [[], []];
  const authenticator = createAuthenticator({
    keys: { ...keys, used: (id, at) => (sent.push(at), (used ?? keys.used)(id, at)) },
    verifyToken: null,
    onUseLost: (error) => lost.push(error),
    now: () => new Date(start + clock.seconds * 1_000),
  });
  const ask = async (second: number) => {
    clock.seconds = second;
    return (await authenticator.authenticate([`Bearer ${text}`])).name;
  };
  const kept = async () => (await keys.key(key.id))?.lastUsedAt;
  return { ask, authenticator, kept, sent, lost };
}

describe("the use of a key", () => {
  it("is written at most once a minute", async () => {
    const { ask, authenticator, kept, sent } = await aHolder();
    for (const second of [0, 0, 1, 59, 60, 61, 119, 125, 124]) await ask(second);
    await authenticator.settled();
    expect(sent).toEqual(["2026-11-28T12:00:00.000Z", "2026-11-28T12:01:00.000Z", "2026-11-28T12:02:05.000Z"]);
    expect(await kept()).toBe("2026-11-28T12:02:05.000Z");
  });

  it("is not written again by another server within the minute", async () => {
    const { keys } = createMemoryStore();
    const { key, text } = newApiKey({ name: "Ada", role: "AUTHOR", expiresAt: null }, new Date(start));
    await keys.add({ ...key, lastUsedAt: "2026-11-28T12:00:30.000Z" });
    const sent: string[] = [];
    const authenticator = createAuthenticator({
      keys: { ...keys, used: async (_id, at) => void sent.push(at) },
      verifyToken: null,
      onUseLost: () => undefined,
      now: () => new Date(start + 60_000),
    });
    await authenticator.authenticate([`Bearer ${text}`]);
    expect(sent).toEqual([]);
  });

  it("delays no request, though writing it never ends", async () => {
    const { ask } = await aHolder(() => new Promise(() => undefined));
    expect(await ask(0)).toBe("Ada");
  });

  it("fails no request, and is tried again a minute later", async () => {
    const { ask, authenticator, kept, sent, lost } = await aHolder(() => Promise.reject(new Error("read-only")));
    expect([await ask(0), await ask(10), await ask(60)]).toEqual(["Ada", "Ada", "Ada"]);
    await authenticator.settled();
    expect([sent.length, lost.map(String), await kept()]).toEqual([2, ["Error: read-only", "Error: read-only"], null]);
  });

  it("is not written for a refused secret", async () => {
    const { authenticator, sent } = await aHolder();
    const other = newApiKey({ name: "Eve", role: "ADMIN", expiresAt: null }, new Date(start));
    await expect(authenticator.authenticate([`Bearer ${other.text}`])).rejects.toMatchObject({
      code: "UNAUTHENTICATED",
    });
    expect(sent).toEqual([]);
  });
});
