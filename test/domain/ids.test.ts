import fc from "fast-check";
import {
  firstSlugOf,
  globalId,
  isOwned,
  isSlugOf,
  kindOf,
  type NodeId,
  nodeId,
  ownerIdOf,
  parseGlobalId,
  parseNodeId,
  slugLimit,
} from "../../src/domain/ids";
import { type NodeKind, nodeKindNames } from "../../src/domain/ontology/node-kinds";

const part = fc.stringMatching(/^[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}$/);
const idParts = fc
  .tuple(fc.constantFrom(...nodeKindNames), part, part)
  .map(([kind, a, b]): [NodeKind, string] => [kind, isOwned(kind) ? `${a}/${b}` : a]);

describe("a slug", () => {
  it.each(["a", "a-b", "hnsw-1m", "0", "x".repeat(slugLimit)])("may be %j", (slug) => {
    expect(isSlugOf("Concept", slug)).toBe(true);
    expect(isSlugOf("Criterion", `${slug}/${slug}`)).toBe(true);
  });

  it.each(["", "A", "a_b", "a b", "-a", "a-", "a--b", "ä", "a/b", "a\n", "x".repeat(slugLimit + 1)])(
    "may not be %j",
    (slug) => {
      expect(isSlugOf("Concept", slug)).toBe(false);
      expect(isSlugOf("Criterion", `a/${slug}`)).toBe(false);
    },
  );

  it("of an owned node has two parts, each of at most 100 characters", () => {
    expect(isSlugOf("Criterion", "a")).toBe(false);
    expect(isSlugOf("Criterion", "a/b/c")).toBe(false);
    expect(isSlugOf("Criterion", `${"x".repeat(100)}/${"y".repeat(101)}`)).toBe(false);
  });
});

describe("an id", () => {
  it("is the kind and the first slug", () => {
    expect(nodeId("Concept", "tail-latency")).toBe("Concept:tail-latency");
    expect(nodeId("Criterion", "q/states-recall")).toBe("Criterion:q/states-recall");
  });

  it("is not made from a slug that does not fit the kind", () => {
    expect(() => nodeId("Question", "Two Sum")).toThrow('Question slug must be kebab-case, but got: "Two Sum".');
    expect(() => nodeId("Criterion", "a")).toThrow(
      'Criterion slug must be two kebab-case parts, owner/own, but got: "a".',
    );
  });

  it("tells its kind, its first slug and its owner", () => {
    const id = "Assessment:exact-or-not/scan-latency" as NodeId;
    expect([kindOf(id), firstSlugOf(id), ownerIdOf(id)]).toEqual([
      "Assessment",
      "exact-or-not/scan-latency",
      "TradeOff:exact-or-not",
    ]);
    expect(ownerIdOf("Concept:a" as NodeId)).toBe("Concept:a");
  });

  it("is read back from its text, for every kind and slug", () => {
    fc.assert(
      fc.property(idParts, ([kind, slug]) => {
        const id = nodeId(kind, slug);
        expect(parseNodeId(id)).toEqual({ kind, slug, id });
      }),
      { seed: 1 },
    );
  });

  it.each([
    "",
    ":",
    "Concept",
    "Concept:",
    ":a",
    "concept:a",
    "Concept:A",
    "Concept:a/b",
    "Criterion:a",
    "Toad:a",
    "constructor:a",
    "Concept:a:b",
    "Concept:a ",
  ])("is not read from %j", (text) => {
    expect(parseNodeId(text)).toBeNull();
  });
});

describe("a global ID", () => {
  it("is opaque and read back, for every id", () => {
    fc.assert(
      fc.property(idParts, ([kind, slug]) => {
        const id = nodeId(kind, slug);
        expect(globalId(id)).toMatch(/^[A-Za-z0-9_-]+$/);
        expect(parseGlobalId(globalId(id))).toBe(id);
      }),
      { seed: 2 },
    );
  });

  it("is not read from any other text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
        expect(parseGlobalId(text)).toBeNull();
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  it("has one form: padding, other alphabets and left-over bits are not read", () => {
    const id = globalId(nodeId("Role", "ab"));
    expect(parseGlobalId(id)).toBe("Role:ab");
    expect(parseGlobalId(`${id}=`)).toBeNull();
    expect(parseGlobalId(` ${id}`)).toBeNull();
    const shorter = globalId(nodeId("Role", "abc")).slice(0, -1);
    const spelled = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"]
      .map((last) => shorter + last)
      .filter((text) => Buffer.from(text, "base64url").toString() === "Role:abc");
    expect([spelled.length, spelled.filter((text) => parseGlobalId(text) !== null)]).toEqual([
      4,
      [globalId(nodeId("Role", "abc"))],
    ]);
    expect(parseGlobalId(Buffer.from("Role:ab\n").toString("base64url"))).toBeNull();
    expect(parseGlobalId("A".repeat(601))).toBeNull();
  });
});
