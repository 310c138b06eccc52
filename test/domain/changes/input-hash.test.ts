import { createHash } from "node:crypto";
import type { ChangeSet } from "../../../src/domain/changes/change-set";
import { canonicalJson, changeSetHash } from "../../../src/domain/changes/hash";
import { assertSameInput, inputHashOf } from "../../../src/domain/changes/hash";
import { aConcept } from "../../builders/nodes";
import { aChangeSet } from "../../builders/changes";

const actor = { kind: "person", name: "ada" } as const;

describe("canonical JSON", () => {
  it.each([
    [null, "null"],
    [undefined, "null"],
    ['a"b', '"a\\"b"'],
    [1.5, "1.5"],
    [false, "false"],
    [[], "[]"],
    [[1, [2], null], "[1,[2],null]"],
    [{}, "{}"],
    [{ b: 1, a: { d: [], c: "x" } }, '{"a":{"c":"x","d":[]},"b":1}'],
    [{ b: 1, B: 2, ä: 3, "10": 4, "9": 5 }, '{"10":4,"9":5,"B":2,"b":1,"ä":3}'],
    [{ a: undefined, b: null, c: undefined }, '{"b":null}'],
    [{ a: [undefined] }, '{"a":[null]}'],
  ])("of %j is %s", (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });
});

describe("the hash of a change set", () => {
  it("is SHA-256 of its canonical JSON", () => {
    const set: ChangeSet = { title: "T", changes: [] };
    const expected = createHash("sha256").update('{"changes":[],"title":"T"}').digest("base64url");
    expect(changeSetHash(set)).toBe(expected);
  });

  it("is another one for another title, other changes or another order of them", () => {
    const [a, b] = [aConcept({ slug: "a" }), aConcept({ slug: "b" })];
    const sets = [aChangeSet([a, b]), aChangeSet([b, a]), aChangeSet([a]), aChangeSet([a, b], "Another")];
    expect(new Set(sets.map(changeSetHash)).size).toBe(4);
  });
});

describe("the input of a commit", () => {
  const set = aChangeSet([aConcept({ slug: "a" })]);

  it("has the hash that is given, else that of its change set", () => {
    expect(inputHashOf(set, { actor, idempotencyKey: "k", inputHash: "given" })).toBe("given");
    expect(inputHashOf(async () => set, { actor, idempotencyKey: "k", inputHash: "given" })).toBe("given");
    expect(inputHashOf(set, { actor, idempotencyKey: "k" })).toBe(changeSetHash(set));
  });

  it("must be given where its change set is yet to be composed", () => {
    expect(() => inputHashOf(async () => set, { actor, idempotencyKey: "k" })).toThrow(
      expect.objectContaining({
        code: "INVALID_ARGUMENT",
        message: "A commit whose change set is composed needs the hash of its input.",
      }) as Error,
    );
  });

  it("must be the same when its key comes again", () => {
    expect(() => assertSameInput('k"1', "a", "a")).not.toThrow();
    expect(() => assertSameInput('k"1', "a", "b")).toThrow(
      expect.objectContaining({
        code: "IDEMPOTENCY_KEY_REUSED",
        message: 'The idempotency key "k\\"1" was used before, with another input.',
      }) as Error,
    );
  });
});
