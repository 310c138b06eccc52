import fc from "fast-check";
import { fromMarkdown } from "mdast-util-from-markdown";
import { listItems, splitSections } from "../../src/content/markdown-sections";

/** The level 1 headings as the parser has them: offset of their line, and the text as it is written. */
const headsByParser = (markdown: string): [number, string][] =>
  fromMarkdown(markdown).children.flatMap((child) => {
    if (child.type !== "heading" || child.depth !== 1) return [];
    const [from, to] = [child.children[0]?.position?.start.offset, child.children.at(-1)?.position?.end.offset];
    return [[child.position?.start.line ?? 0, markdown.slice(from ?? 0, to ?? 0)]];
  });

const heads = (markdown: string) => splitSections(markdown).sections.map(({ spot, heading }) => [spot.line, heading]);

describe("level 1 sections", () => {
  it("have their headings, texts and lines", () => {
    expect(splitSections("before\n\n# One\n\n- a\n\n# Two `x`\ntext\n", 10)).toEqual({
      stray: { text: "before", line: 10 },
      sections: [
        { heading: "One", spot: { line: 12, column: 1 }, text: "- a", line: 14 },
        { heading: "Two `x`", spot: { line: 16, column: 1 }, text: "text", line: 17 },
      ],
    });
  });

  it("start where the parser sees a heading, whether or not it is asked", () => {
    const line = fc.constantFrom(
      "# A heading",
      "# With a close #",
      "#",
      "# ",
      "#  two",
      "#\ttab",
      "#none",
      "## Second",
      " # indented",
      "    # code",
      "- # in a list",
      "- item",
      "  # in the item",
      "> quoted",
      "> # quoted",
      "```",
      "```ts",
      "``` `a`",
      "````",
      "```  ",
      "  ```",
      "~~~",
      "<div>",
      "<!--",
      "-->",
      "===",
      "---",
      "text",
      "a | <b>",
      "[a]:",
      "[a]: b 'c",
      "\\",
      "",
      "",
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.constantFrom("\n", "\n", "\n\n", "\u2028"), (lines, end) => {
        const markdown = lines.join(end);
        expect(heads(markdown)).toEqual(headsByParser(markdown));
      }),
      { numRuns: 3_000, seed: 4 },
    );
  });
});

describe("the items of a list", () => {
  it.each<[string, string, string[] | null]>([
    ["one a line", "- First: `a`.\n- [Second](concept:b)  ", ["First: `a`.", "[Second](concept:b)"]],
    ["over several lines", "- First\n  line\n\n- Second", ["First\nline", "Second"]],
    ["lists in them", "- - a\n- b\n  - c", ["- a", "b\n- c"]],
    ["none, but a rule", "- - -", null],
    ["text besides", "- a\n\nb", null],
  ])("may stand %s", (_, markdown, items) => {
    expect(listItems(markdown)).toEqual(items);
  });
});
