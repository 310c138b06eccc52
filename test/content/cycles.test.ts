import { asFiles, type Texts } from "./sample-bank";
import { coverageOf } from "../../src/domain/coverage/coverage";
import { bankView } from "../../src/domain/rules/bank-view";
import { lintFiles } from "../../src/content/lint-folder";
import { readBank } from "../../src/content/read-bank";

const concept = (title: string, prerequisites: readonly string[]): string =>
  `title: ${title}\nsummary: One of many.\n${
    prerequisites.length === 0
      ? ""
      : `prerequisites:\n${prerequisites.map((slug) => `  - concept: ${slug}\n    reason: ${slug} comes before ${title}.\n`).join("")}`
  }`;

/** 5,000 concepts: 500 that all lead to one another, a circle of three, and chains. */
function knotted(): Texts {
  const texts: Record<string, string> = {};
  for (let i = 0; i < 500; i++)
    texts[`concepts/knot-${i}.yaml`] = concept(
      `Knot ${i}`,
      [(i + 1) % 500, (i * 7 + 3) % 500].filter((other) => other !== i).map((other) => `knot-${other}`),
    );
  for (let i = 0; i < 3; i++) texts[`concepts/ring-${i}.yaml`] = concept(`Ring ${i}`, [`ring-${(i + 1) % 3}`]);
  for (let i = 0; i < 4_497; i++)
    texts[`concepts/chain-${i}.yaml`] = concept(`Chain ${i}`, i === 0 ? ["knot-0"] : [`chain-${i - 1}`]);
  return texts;
}

describe("five thousand concepts, 500 of which lead to one another", () => {
  const files = asFiles(knotted());

  it("have a finding for each knot, with its members", async () => {
    const { findings } = await lintFiles({ files, unread: [], findings: [], settings: "editorial: true\n" });
    const cycles = findings.filter(({ rule }) => rule === "cycle");
    expect(cycles.map(({ message }) => message.split(" All of these ")[0])).toEqual([
      expect.stringMatching(
        /^PREREQUISITE_OF must not lead back to its start, but does: Concept:knot-0 → .+ → Concept:knot-0\.$/,
      ),
      "PREREQUISITE_OF must not lead back to its start, but does: Concept:ring-0 → Concept:ring-2 → Concept:ring-1 → Concept:ring-0.",
    ]);
    const members = /All of these lead to one another: (.+), 450 more\.$/.exec(cycles[0]?.message ?? "")?.[1];
    expect(new Set(members?.split(", "))).toHaveProperty("size", 50);
    expect(cycles[1]?.message).not.toContain("All of these");
    expect(cycles.map(({ structural, file }) => [structural, file])).toEqual([
      [true, "concepts/knot-0.yaml"],
      [true, "concepts/ring-0.yaml"],
    ]);
  });

  it("have a longest chain, however long", () => {
    const tables = coverageOf(bankView(readBank(files)), { current: 0, stale: 0 });
    const row = tables.flatMap(({ rows }) => rows).find(({ what }) => what.startsWith("Longest chain"));
    expect(row?.is).toBeGreaterThan(4_497);
  });
});
