import { lintSarif } from "../../src/content/lint-sarif";
import { lintTexts, sampleWith } from "./sample-bank";

interface Sarif {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: {
      readonly driver: {
        readonly rules: readonly { readonly id: string; readonly shortDescription: { text: string } }[];
      };
    };
    readonly results: readonly { readonly ruleId: string; readonly ruleIndex: number }[];
  }[];
}

describe("findings as SARIF", () => {
  it("have a rule, a level, a message with the hint, and a place", async () => {
    const findings = await lintTexts(sampleWith("questions/exact-or-not.md", "[104 ms]", "[140 ms]"));
    const sarif = lintSarif(findings) as Sarif;
    expect(sarif.version).toBe("2.1.0");
    expect(sarif.runs[0]?.results).toEqual([
      {
        ruleId: "figure-in-text",
        ruleIndex: sarif.runs[0]?.tool.driver.rules.findIndex(({ id }) => id === "figure-in-text"),
        level: "error",
        message: {
          text: 'The text says "140 ms", but index-lab/large-exact is 104.2 ms. Write 104 ms, or another unit of its quantity.',
        },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: "questions/exact-or-not.md", uriBaseId: "BANK" },
              region: { startLine: 77, startColumn: 1 },
            },
          },
        ],
      },
    ]);
  });

  it("point to the description of their rule, of which each has one", async () => {
    const findings = await lintTexts(sampleWith("topics/search.yaml", "  - tuning", "  - tunning\n  - Tu"));
    const [run] = (lintSarif(findings) as Sarif).runs;
    const rules = run?.tool.driver.rules ?? [];
    expect(run?.results.map(({ ruleId, ruleIndex }) => [ruleId, rules[ruleIndex]?.id])).toEqual([
      ["target-not-found", "target-not-found"],
      ["invalid-slug", "invalid-slug"],
    ]);
    expect(rules.filter(({ shortDescription }) => !/^[A-Z].*\.$/.test(shortDescription.text))).toEqual([]);
  });
});
