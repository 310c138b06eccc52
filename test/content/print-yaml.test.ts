import { Document } from "yaml";
import { printYaml } from "../../src/content/write-bank";

const asTheLibrary = (value: ReadonlyMap<string, unknown>): string =>
  new Document(value, { aliasDuplicateObjects: false }).toString({ lineWidth: 0, blockQuote: "literal" });

/** Pieces of which each ordered pair and triple is tried as a value, a key and an item. */
const pieces = [
  ..."a1 -#:'\"\n\t\\{}[],&*!|>%@`?~.+eE0xo_",
  "null",
  "true",
  "---",
  "...",
  "é",
  "\u2028",
  "\u0007",
  "\ud800",
  "😀",
  "2026-11-24",
  "1e3",
  "0x1F",
  ".inf",
];

describe("printYaml", () => {
  it("prints a document in block style", () => {
    const value = new Map<string, unknown>([
      ["title", "Exact or not: a choice"],
      ["year", "2026"],
      ["date", "2026-11-24"],
      ["count", 12],
      ["said", 'She said "no" #1'],
      ["text", "First line.\n\n- second: line"],
      [
        "list",
        [
          "a",
          new Map([
            ["concept", "hnsw"],
            ["reason", "It's asked."],
          ]),
        ],
      ],
      ["owned", new Map([["full", new Map([["level", "FULL"]])]])],
    ]);
    expect(printYaml(value)).toBe(`title: "Exact or not: a choice"
year: "2026"
date: 2026-11-24
count: 12
said: 'She said "no" #1'
text: |-
  First line.

  - second: line
list:
  - a
  - concept: hnsw
    reason: It's asked.
owned:
  full:
    level: FULL
`);
  });

  it("prints every text as the library does, as a value, an item and a key", () => {
    const texts = pieces.flatMap((a) =>
      ["", ...pieces].flatMap((b) => ["", "a", " ", "\n", ":", "1"].map((c) => a + b + c)),
    );
    const different = ["", ...texts].filter((text) => {
      const value = new Map<string, unknown>([
        ["value", text],
        ["list", [text, new Map([["inner", text]])]],
        ["map", new Map([["deep", text]])],
      ]);
      const keyed = new Map([
        [text, text],
        ["after", "x"],
      ]);
      return printYaml(value) !== asTheLibrary(value) || printYaml(keyed) !== asTheLibrary(keyed);
    });
    expect(different).toEqual([]);
  });

  it.each([
    [
      "other scalars",
      new Map<string, unknown>([
        ["a", 1e21],
        ["b", -0.5],
        ["z", -0],
        ["n", 0.1],
        ["m", 1e-9],
        ["i", 120],
        ["c", true],
        ["d", null],
        ["e", Infinity],
      ]),
    ],
    [
      "empty maps and lists",
      new Map<string, unknown>([
        ["a", new Map()],
        ["b", []],
        ["c", [new Map(), []]],
      ]),
    ],
    ["lists in lists", new Map<string, unknown>([["a", [["x"], ["y", ["z"]]]]])],
    ["an empty document", new Map<string, unknown>()],
    [
      "one text that is used twice",
      new Map<string, unknown>([
        ["a", ["x", "x"]],
        ["b", "x"],
      ]),
    ],
  ])("prints %s as the library does", (_, value) => {
    expect(printYaml(value)).toBe(asTheLibrary(value));
  });
});
