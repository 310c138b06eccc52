import fc from "fast-check";
import { CST, Lexer } from "yaml";
import { parseYaml } from "../../src/content/yaml-syntax";

const features = new Set(["comment", "anchor", "alias", "tag", "directive-line"]);
const holdsFeature = (text: string): boolean =>
  [...new Lexer().lex(text)].some((lexeme) => features.has(CST.tokenType(lexeme) ?? ""));

describe("features of YAML that content files do not hold", () => {
  it("are seen wherever the lexer sees one", () => {
    const piece = fc.constantFrom(
      "#",
      "&a",
      "*a",
      "!t",
      "%x",
      "%",
      " ",
      "\n",
      ":",
      ": ",
      "- ",
      "?",
      ",",
      "[",
      "]",
      "{",
      "}",
      '"',
      "'",
      "|",
      "|-\n  ",
      "a",
      "é",
      "1",
      "_",
      ".",
      "---\n",
      "\ufeff",
      "\t",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
        const text = pieces.join("");
        const rules: string[] = [];
        parseYaml(text, (rule) => rules.push(rule));
        expect(rules.includes("yaml-feature")).toBe(holdsFeature(text));
      }),
      { numRuns: 5_000, seed: 4 },
    );
  });
});
