import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { isMap, isSeq, parseDocument, type Scalar } from "yaml";
import { parsePlainYaml } from "../../src/content/plain-yaml";
import { entriesIn, type YamlValue } from "../../src/content/yaml-map";
import { Draw } from "../contract/random/draw";

/** What readers of a tree look at: what stands where. */
function outline(value: YamlValue | null): unknown {
  if (isMap(value))
    return {
      at: value.range?.[0],
      map: entriesIn(value, () => undefined).map((entry) => [entry.key, entry.at, outline(entry.value)]),
    };
  if (isSeq(value)) return { at: value.range?.[0], list: (value.items as YamlValue[]).map(outline) };
  const { range, type, source, value: scalar } = value as Scalar & { source?: string };
  return { at: range?.[0], type, source, scalar };
}

function byTheLibrary(text: string): unknown {
  const { contents, errors } = parseDocument(text, {
    stringKeys: true,
    uniqueKeys: false,
    resolveKnownTags: false,
    prettyErrors: false,
    logLevel: "error",
  });
  return errors.length > 0 ? errors[0]?.code : outline(contents as YamlValue | null);
}

const agrees = (text: string): boolean => {
  const plain = parsePlainYaml(text);
  return plain === null || JSON.stringify(outline(plain)) === JSON.stringify(byTheLibrary(text));
};

const sample = `title: Exact or not
formerSlugs:
  - exact
aliases:
  - "10"
  - 'say "no"'
year: 2026
open: true
share: -0.25
date: 2026-11-24
explanation: |-
  A first line.

    - deeper: [x]
  # no comment
concepts:
  - concept: hnsw
    two words: "It is: asked"
    where:
      - a
answers:
  full:
    level: FULL
    body: |
      Text.
  short:
    level: CONCISE
`;

describe("parsePlainYaml", () => {
  it("reads maps, lists and scalars in block style, at the offsets at which the library has them", () => {
    const plain = parsePlainYaml(sample);
    expect(outline(plain)).toEqual(byTheLibrary(sample));
    expect(plain?.toJSON()).toMatchObject({ year: 2026, share: -0.25, aliases: ["10", 'say "no"'] });
  });

  it("starts below the line that opens front matter", () => {
    const text = `---\n${sample}`;
    expect(outline(parsePlainYaml(text))).toEqual(byTheLibrary(text));
  });

  it.each([
    ["comments", "a: b # c\n"],
    ["a text over two lines", "a: b\n  c\n"],
    ["flow style", "a: {b: c}\n"],
    ["anchors", "a: &b c\n"],
    ["null", "a: null\n"],
    ["nothing", "a:\nb: c\n"],
    ["a list at its key's indent", "a:\n- b\n"],
    ["other escapes", 'a: "\\u0041"\n'],
    ["a key that is no string elsewhere", "true: b\n"],
    ["several documents", "a: b\n---\nc: d\n"],
    ["an indented start", " a: b\n"],
    ["no end of the last line", "a: b"],
    ["a literal text that ends in blank lines", "a: |-\n  b\n\nc: d\n"],
  ])("leaves %s to the library", (_, text) => {
    expect(parsePlainYaml(text)).toBeNull();
  });

  it("reads most files of the seed, as the library does", () => {
    const seed = path.join(__dirname, "../../seed");
    const texts = readdirSync(seed, { recursive: true, encoding: "utf8" })
      .filter((name) => /[/\\].*\.(?:yaml|md)$/.test(name))
      .map((name) => readFileSync(path.join(seed, name), "utf8").replace(/^(---\n[^]*?\n)---\n[^]*/, "$1"));
    const some = texts.filter((_, index) => index % 7 === 0);
    expect(some.filter((text) => !agrees(text))).toEqual([]);
    expect(some.filter((text) => parsePlainYaml(text) !== null).length).toBeGreaterThan(some.length * 0.95);
  });

  it("agrees with the library on texts with random faults, or leaves them to it", () => {
    const random = new Draw(5);
    const pieces = [
      " ",
      "  ",
      "\n",
      ":",
      ": ",
      "- ",
      "-",
      "#",
      " #",
      '"',
      "'",
      "|",
      "|-",
      "\t",
      "a",
      "1",
      ".",
      "e5",
      "~",
      "null",
      "\u00e9",
      "---",
      "? ",
      "\\",
      "&",
      "!",
    ];
    const faulty = Array.from({ length: 3_000 }, () => {
      let text = sample;
      for (let step = random.number(2); step >= 0; step--) {
        const at = random.number(text.length - 1);
        text = text.slice(0, at) + (random.chance(70) ? random.of(pieces) : "") + text.slice(at + random.number(3));
      }
      return text;
    });
    expect(faulty.filter((text) => !agrees(text))).toEqual([]);
    expect(faulty.filter((text) => parsePlainYaml(text) !== null).length).toBeGreaterThan(300);
  });
});
