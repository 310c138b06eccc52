import { coveragePage } from "../../src/content/coverage-page";
import { coverageOf } from "../../src/domain/coverage/coverage";
import { type CoverageTable, isMet } from "../../src/domain/coverage/coverage-table";
import { bankView } from "../../src/domain/rules/bank-view";
import { readTexts, sampleTexts, sampleWith, type Texts } from "./sample-bank";

const tables = (texts: Texts): readonly CoverageTable[] =>
  coverageOf(bankView(readTexts(texts)), { current: 2, stale: 1 });

/** The numbers of a bank by what they are of. */
const numbers = (texts: Texts): Record<string, number> =>
  Object.fromEntries(tables(texts).flatMap(({ rows }) => rows.map(({ what, is }) => [what, is])));

describe("the coverage of a bank", () => {
  it("counts everything that is wanted of it", () => {
    expect(numbers(sampleTexts)).toEqual({
      Questions: 2,
      "…whose answers cite measurements or sources": 1,
      "…with a follow-up for a missing or met criterion": 1,
      "…from which 5 others are within two hops": 0,
      "…in 1 to 3 sub-topics": 2,
      TECHNICAL: 1,
      SYSTEM_DESIGN: 0,
      CODING: 1,
      BEHAVIORAL: 0,
      EASY: 0,
      MEDIUM: 1,
      HARD: 1,
      "Machine-learning engineer": 1,
      "Sub-topics": 1,
      Tuning: 0,
      "Model answers": 2,
      "…CONCISE": 1,
      "…FULL": 1,
      "…EXPERT": 0,
      "Hard questions with an EXPERT answer": 0,
      Concepts: 2,
      "…taught by 1 to 8 questions": 1,
      "…without a question": 0,
      "…that hang together by prerequisites and related concepts": 2,
      "Most questions about one concept": 1,
      "Longest chain of prerequisites, in links": 1,
      Tools: 1,
      Benchmarks: 1,
      "…that a trade-off, or a question that weighs one, leads to": 1,
      "…that are claims of a vendor": 0,
      Measurements: 4,
      Metrics: 1,
      Sources: 1,
      "Trade-offs": 1,
      "…with 3 or more questions": 0,
      "…whose cells and flip conditions cite 2 or more benchmarks": 0,
      Options: 2,
      "Assessed cells": 5,
      "…MEASURED, with figures of the option and of a rival": 1,
      "Flip conditions": 1,
      "…with figures on both sides whose order reverses": 1,
      "Questions reviewed as they are": 2,
      "Reviews of earlier texts": 1,
    });
  });

  it.each([
    [
      "a cell that only says MEASURED",
      "…MEASURED, with figures of the option and of a rival",
      "value: 104.2\n    unit: ms\n    subjectAsPrinted: flat, 1M\n    metric: latency-p99\n    concepts:\n      - brute-force",
      "value: 104.2\n    unit: ms\n    subjectAsPrinted: flat, 1M\n    metric: latency-p99",
    ],
    [
      "a flip whose figures do not turn round",
      "…with figures on both sides whose order reverses",
      "value: 1.5",
      "value: 1.1",
    ],
  ])("does not count %s", (_, what, passage, replacement) => {
    expect(numbers(sampleWith("benchmarks/index-lab.yaml", passage, replacement))[what]).toBe(0);
  });

  it("ends where prerequisites lead in a circle", () => {
    const circle = sampleWith(
      "concepts/brute-force.yaml",
      "related:",
      "prerequisites:\n  - concept: hnsw\n    reason: It goes round.\nrelated:",
    );
    expect(numbers(circle)["Longest chain of prerequisites, in links"]).toBeGreaterThan(0);
  });

  it("is met from a number on, or up to one", () => {
    const row = (is: number, at: "least" | "most") => isMet({ what: "x", is, wanted: { at, count: 3 } });
    expect([row(2, "least"), row(3, "least"), row(3, "most"), row(4, "most"), isMet({ what: "x", is: 0 })]).toEqual([
      false,
      true,
      true,
      false,
      true,
    ]);
  });
});

describe("the page of coverage", () => {
  it("says which numbers are short", () => {
    const rows = [
      { what: "Questions", is: 1_299, wanted: { at: "least", count: 1_300 } as const },
      { what: "Orphans | others", is: 0, wanted: { at: "most", count: 0 } as const },
      { what: "Sources", is: 7 },
    ];
    expect(coveragePage([{ title: "All", rows }])).toBe(`# What the bank covers

Computed from \`seed/\` and \`docs/bank-reviews.csv\` by \`npm run generate\`; \`npm run check\` fails when it differs. Short of what is wanted: 1 of the numbers below.

## All

| | is | wanted | |
| --- | --: | --: | --- |
| Questions | 1,299 | ≥ 1,300 | **short** |
| Orphans \\| others | 0 | ≤ 0 | met |
| Sources | 7 |  |  |
`);
    expect(coveragePage([])).toContain("Every number is as wanted.");
  });
});
