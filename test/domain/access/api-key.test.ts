import crypto, { createHash } from "node:crypto";
import { isSecretOf, keyState, newApiKey, parseApiKey, principalOfKey } from "../../../src/domain/access/api-key";

const now = new Date("2026-11-28T12:00:00.000Z");
const given = { name: "Ada", role: "EDITOR", expiresAt: null } as const;

describe("a new API key", () => {
  it("is kept as the hash of its secret, which is nowhere else", () => {
    const { key, text } = newApiKey(given, now);
    const [, id, secret] = text.split("_") as [string, string, string];
    expect(key).toEqual({
      id,
      name: "Ada",
      role: "EDITOR",
      hash: createHash("sha256").update(secret).digest("hex"),
      createdAt: "2026-11-28T12:00:00.000Z",
      expiresAt: null,
      revokedAt: null,
      lastUsedAt: null,
    });
    expect(JSON.stringify(key)).not.toContain(secret);
  });

  it("has a secret of 256 bits that is another each time", () => {
    const texts = Array.from({ length: 100 }, () => newApiKey(given, now).text);
    expect(new Set(texts.map((text) => parseApiKey(text)?.secret)).size).toBe(100);
    expect(new Set(texts.map((text) => parseApiKey(text)?.id)).size).toBe(100);
    for (const text of texts) expect(text).toMatch(/^fk_[0-9a-f]{12}_[0-9a-f]{64}$/);
  });

  it("stands for a principal of its name and role", () => {
    const { key } = newApiKey(given, now);
    expect(principalOfKey(key)).toEqual({ id: `key:${key.id}`, name: "Ada", role: "EDITOR" });
  });
});

describe("the text of an API key", () => {
  const secret = "0123456789abcdef".repeat(4);

  it("is taken apart", () => {
    expect(parseApiKey(`fk_0123456789ab_${secret}`)).toEqual({ id: "0123456789ab", secret });
  });

  it.each([
    ["nothing", ""],
    ["another prefix", `sk_0123456789ab_${secret}`],
    ["no id", `fk__${secret}`],
    ["an id too short", `fk_0123456789a_${secret}`],
    ["an id too long", `fk_0123456789abc_${secret}`],
    ["a secret too short", `fk_0123456789ab_${secret.slice(1)}`],
    ["a secret too long", `fk_0123456789ab_${secret}0`],
    ["capitals", `fk_0123456789AB_${secret}`],
    ["a line end", `fk_0123456789ab_${secret}\n`],
    ["something before it", ` fk_0123456789ab_${secret}`],
    ["other digits", `fk_0123456789ab_${"٣".repeat(64)}`],
  ])("is refused with %s", (_, text) => {
    expect(parseApiKey(text)).toBeNull();
  });
});

describe("the secret of a key", () => {
  const { key, text } = newApiKey(given, now);
  const secret = parseApiKey(text)?.secret as string;
  const other = (digit: string | undefined) => (digit === "0" ? "1" : "0");

  it.each([
    ["itself", key, secret, true],
    ["one that differs in its first digit", key, other(secret[0]) + secret.slice(1), false],
    ["one that differs in its last digit", key, secret.slice(0, -1) + other(secret.at(-1)), false],
    ["the hash that is kept", key, key.hash, false],
    ["anything, where there is no key", null, secret, false],
  ])("is compared once, in constant time, with %s", (_, kept, sent, expected) => {
    const compare = jest.spyOn(crypto, "timingSafeEqual");
    expect(isSecretOf(kept, sent)).toBe(expected);
    expect(compare.mock.calls.map(([a, b]) => [a.byteLength, b.byteLength])).toEqual([[32, 32]]);
    compare.mockRestore();
  });
});

describe("a key", () => {
  const { key } = newApiKey(given, now);

  it.each([
    ["ACTIVE", "without an end", {}],
    ["ACTIVE", "a millisecond before its end", { expiresAt: "2026-11-28T12:00:00.001Z" }],
    ["EXPIRED", "at its end", { expiresAt: "2026-11-28T12:00:00.000Z" }],
    ["REVOKED", "once revoked", { revokedAt: "2026-11-27T00:00:00.000Z" }],
    [
      "REVOKED",
      "once revoked, though expired",
      { revokedAt: "2026-11-27T00:00:00.000Z", expiresAt: "2026-11-01T00:00:00.000Z" },
    ],
  ])("is %s %s", (state, _, changed) => {
    expect(keyState({ ...key, ...changed }, now)).toBe(state);
  });
});
