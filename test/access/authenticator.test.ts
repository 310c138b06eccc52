import { createAuthenticator } from "../../src/access/authenticator";
import { newApiKey } from "../../src/domain/access/api-key";
import type { ApiKey } from "../../src/domain/access/key-store";
import { anonymous, type Principal } from "../../src/domain/access/principal";
import { DomainError } from "../../src/domain/errors";
import { createMemoryStore } from "../../src/store/memory/memory-store";

const now = new Date("2026-11-28T12:00:00.000Z");
const holder: Principal = { id: "jwt:i:ada", name: "Ada", role: "EDITOR" };
const token = "aa.bb.cc";

/** Someone with a key, and what the verifier of tokens was asked. */
async function aHolder({ takesTokens = true, ...given }: Partial<ApiKey> & { readonly takesTokens?: boolean } = {}) {
  const { keys } = createMemoryStore();
  const { key, text } = newApiKey({ name: "Ada", role: "AUTHOR", expiresAt: null }, now);
  await keys.add({ ...key, ...given });
  const verified: string[] = [];
  const world: { fault: Error | null } = { fault: null };
  const authenticator = createAuthenticator({
    keys: { ...keys, key: (id) => (world.fault ? Promise.reject(world.fault) : keys.key(id)) },
    verifyToken: takesTokens ? async (each) => (verified.push(each), holder) : null,
    onUseLost: () => undefined,
    now: () => now,
  });
  const ask = (...values: string[]) =>
    authenticator.authenticate(values).then(
      ({ id }) => id,
      ({ code, message }: DomainError) => `${code}: ${message}`,
    );
  return { ask, id: `key:${key.id}`, text, verified, world, authenticator };
}
const form = "UNAUTHENTICATED: Authorization must be given once, as Bearer and an API key or token.";
const notValid = "UNAUTHENTICATED: The credential is not valid.";

describe("who asks", () => {
  it("is nobody known without a credential, and its holder with one", async () => {
    const { ask, authenticator, id, text, verified } = await aHolder();
    expect(await authenticator.authenticate([])).toBe(anonymous);
    expect([await ask(`Bearer ${text}`), await ask(`bearer  ${text}`)]).toEqual([id, id]);
    expect(verified).toEqual([]);
    expect([await ask(`Bearer ${token}`), verified]).toEqual([holder.id, [token]]);
  });

  it.each(["", "Bearer", "Bearer ", "Basic aa.bb.cc", `x Bearer ${token}`, `Bearer ${token} x`, "Bearer a b"])(
    "is not asked for %j, which has not the form",
    async (value) => {
      const { ask, verified } = await aHolder();
      expect([await ask(value), verified]).toEqual([form, []]);
    },
  );

  it("is not told by two credentials, though both are good", async () => {
    const { ask, text } = await aHolder();
    expect(await ask(`Bearer ${text}`, `Bearer ${text}`)).toBe(form);
  });

  it.each(["aa", "aa.bb", "aa.bb.cc.dd", "aa.bb.", "a~.bb.cc", `${"a".repeat(8_187)}.bb.cc`])(
    "is not asked for what is no token, nor for one that is too long (%#)",
    async (value) => {
      const { ask, verified } = await aHolder();
      expect([await ask(`Bearer ${value}`), verified]).toEqual([notValid, []]);
    },
  );

  it("is asked for the longest token, where tokens are taken", async () => {
    const longest = `${"a".repeat(8_186)}.bb.cc`;
    const { ask, verified } = await aHolder();
    expect([await ask(`Bearer ${longest}`), verified]).toEqual([holder.id, [longest]]);
    expect(await (await aHolder({ takesTokens: false })).ask(`Bearer ${token}`)).toBe(notValid);
  });
});

describe("a key", () => {
  it.each<[string, Partial<ApiKey>]>([
    ["The API key has expired.", { expiresAt: "2026-11-28T11:59:59.999Z" }],
    ["The API key was revoked.", { revokedAt: "2026-11-28T11:00:00.000Z" }],
  ])("is refused: %s", async (message, given) => {
    const { ask, text } = await aHolder(given);
    expect(await ask(`Bearer ${text}`)).toBe(`UNAUTHENTICATED: ${message}`);
  });

  it("that is not known, or whose secret is wrong, is not valid", async () => {
    const { ask, text } = await aHolder();
    const other = newApiKey({ name: "Eve", role: "ADMIN", expiresAt: null }, now).text;
    expect(await ask(`Bearer ${other}`)).toBe(notValid);
    expect(await ask(`Bearer ${text.slice(0, -1)}${text.endsWith("0") ? "1" : "0"}`)).toBe(notValid);
  });

  it("that was good goes on while the store is away or late, and not where it fails in another way", async () => {
    const { ask, id, text, world } = await aHolder();
    await ask(`Bearer ${text}`);
    for (const code of ["STORE_UNAVAILABLE", "DEADLINE_EXCEEDED"] as const) {
      world.fault = new DomainError(code, "away");
      expect(await ask(`Bearer ${text}`)).toBe(id);
    }
    world.fault = new DomainError("CONFLICT", "of another version");
    expect(await ask(`Bearer ${text}`)).toBe("CONFLICT: of another version");
    world.fault = new Error("broken");
    expect(await ask(`Bearer ${text}`)).toContain("broken");
  });
});
