import { parse } from "graphql";
import { type DocumentSize, measureDocument } from "../../../src/graphql/limits/document-size";

const one: DocumentSize = {
  depth: 0,
  aliases: 0,
  rootFields: 1,
  directives: 0,
  operations: 1,
  recursiveSelections: 1,
  mutations: 0,
  introspections: 0,
};

describe("the size of a document", () => {
  it.each<[string, string, Partial<DocumentSize>]>([
    ["of a leaf is one selection", "{ a }", {}],
    ["has a depth of fields with a selection", "{ a { b { c } } }", { depth: 2, recursiveSelections: 3 }],
    [
      "counts what only leads through a connection or a link for no depth",
      "{ a { edges { node { b { nodes { c } pageInfo { d } } } } } }",
      { depth: 2, recursiveSelections: 8 },
    ],
    [
      "counts the schema's description for no depth, but each time it is asked for",
      '{ __schema { types { name } } __type(name: "A") { fields { name } } }',
      { rootFields: 2, recursiveSelections: 6, introspections: 2 },
    ],
    [
      "takes the deepest part, and the fields of all parts",
      "{ a { b } ... { c { d { e } } } ...f } fragment f on T { g h { i } }",
      { depth: 2, rootFields: 4, recursiveSelections: 10 },
    ],
    [
      "takes the deepest part wherever it stands",
      "{ a { b { c { d } } } ...f e } fragment f on T { g { h } }",
      { depth: 3, rootFields: 3, recursiveSelections: 8 },
    ],
    [
      "counts a fragment each time it is spread",
      "{ ...f ...f } fragment f on T { a ...g ...g } fragment g on T { b }",
      { rootFields: 6, recursiveSelections: 12 },
    ],
    ["does not follow a cycle", "{ ...f } fragment f on T { a ...f }", { recursiveSelections: 3 }],
    ["leaves out a fragment that is not there", "{ ...none }", { rootFields: 0 }],
    [
      "of fragments alone is nothing",
      "fragment f on T { a { b } }",
      { rootFields: 0, operations: 0, recursiveSelections: 0 },
    ],
    ["leaves out what is no operation", "{ a } type T { a: Int }", {}],
    [
      "of several operations is the largest of each, and all of their selections",
      "query A { a } mutation B { b c ...f } subscription C { d { e } } fragment f on M { g }",
      { depth: 1, rootFields: 3, operations: 3, recursiveSelections: 7, mutations: 3 },
    ],
    [
      "counts aliases and directives wherever they stand, once",
      "query Q($v: Int @d) @d { x: a @d ... @d { y: b } ...f @d ...f } fragment f on T @d { z: c @d @d { w: e @d } }",
      { depth: 1, aliases: 4, directives: 9, rootFields: 4, recursiveSelections: 9 },
    ],
    [
      "counts introspection once where it stands, though it is spread nowhere or twice",
      '{ a { ...f ...f } } fragment f on T { __schema { a } } fragment g on T { b { __type(name: "A") { a } } }',
      { depth: 1, recursiveSelections: 7, introspections: 2 },
    ],
  ])("%s", (_, text, size) => {
    expect(measureDocument(parse(text))).toEqual({ ...one, ...size });
  });

  it("is found in time linear in the text, however fragments fan out", () => {
    const fragments = Array.from(
      { length: 60 },
      (_, i) => `fragment F${i} on T { ${i === 59 ? "a" : `...F${i + 1} `.repeat(4)} }`,
    );
    expect(measureDocument(parse(`{ ...F0 } ${fragments.join(" ")}`)).recursiveSelections).toBeGreaterThan(4 ** 59);
  });
});
