import type { NodeId } from "../ids";
import type { BankView } from "../rules/bank-view";
import { reachedBenchmarks } from "../rules/editorial/benchmark-reach";
import { conceptIslands } from "../rules/editorial/concept-core";
import { atLeast, atMost, type CoverageTable } from "./coverage-table";

/** Tables of what questions and trade-offs rest on: concepts, tools, benchmarks. */
export const knowledgeTables = (bank: BankView): CoverageTable[] => [conceptTable(bank), evidenceTable(bank)];

function conceptTable(bank: BankView): CoverageTable {
  const concepts = bank.ofKind("Concept");
  const asked = concepts.map(({ id }) => bank.links(id, "Concept.questions"));
  const taught = asked.filter((links) => {
    const count = links.filter(({ edge }) => edge.properties["emphasis"] === "TEACHES").length;
    return count >= 1 && count <= 8;
  });
  return {
    title: "Concepts and tools",
    rows: [
      { what: "Concepts", is: concepts.length, wanted: atLeast(220) },
      { what: "…taught by 1 to 8 questions", is: taught.length, wanted: atLeast(concepts.length) },
      {
        what: "…without a question",
        is: asked.filter((links) => links.length === 0).length,
        wanted: atMost(0),
      },
      {
        what: "…that hang together by prerequisites and related concepts",
        is: conceptIslands(bank)[0]?.length ?? 0,
        wanted: atLeast(concepts.length),
      },
      {
        what: "Most questions about one concept",
        is: Math.max(0, ...asked.map((links) => links.length)),
        wanted: atMost(40),
      },
      { what: "Longest chain of prerequisites, in links", is: prerequisiteDepth(bank), wanted: atLeast(6) },
      { what: "Tools", is: bank.ofKind("Tool").length, wanted: atLeast(90) },
    ],
  };
}

function evidenceTable(bank: BankView): CoverageTable {
  const benchmarks = bank.ofKind("Benchmark");
  const reached = reachedBenchmarks(bank);
  return {
    title: "Evidence",
    rows: [
      { what: "Benchmarks", is: benchmarks.length, wanted: atLeast(200) },
      {
        what: "…that a trade-off, or a question that weighs one, leads to",
        is: benchmarks.filter(({ id }) => reached.has(id)).length,
        wanted: atLeast(benchmarks.length),
      },
      {
        what: "…that are claims of a vendor",
        is: benchmarks.filter(({ fields }) => fields["evidenceKind"] === "VENDOR_CLAIM").length,
      },
      { what: "Measurements", is: bank.ofKind("Measurement").length, wanted: atLeast(1_200) },
      { what: "Metrics", is: bank.ofKind("Metric").length, wanted: atLeast(60) },
      { what: "Sources", is: bank.ofKind("Source").length },
    ],
  };
}

/** The number of links in the longest chain of prerequisites; where they lead in a circle, which lint reports, it ends. */
export function prerequisiteDepth(bank: BankView): number {
  const depths = new Map<NodeId, number>();
  // Chains may be longer than the stack is deep.
  for (const { id } of bank.ofKind("Concept")) {
    for (const path = [id]; path.length > 0;) {
      const top = path.at(-1) as NodeId;
      const below = bank.links(top, "Concept.prerequisites").map(({ other }) => other);
      const unknown = depths.has(top) ? [] : below.filter((each) => !depths.has(each));
      depths.set(top, Math.max(0, ...below.map((each) => (depths.get(each) ?? -1) + 1)));
      if (unknown.length > 0) path.push(...unknown);
      else path.pop();
    }
  }
  return Math.max(0, ...depths.values());
}
