import type { BankFile } from "../../src/content/bank-file";
import type { FileFinding } from "../../src/content/file-finding";
import { fileKinds, folderOf } from "../../src/content/layout";
import { lintFiles } from "../../src/content/lint-folder";
import { type ReadBank, readBank } from "../../src/content/read-bank";

/** Texts by path. */
export type Texts = Readonly<Record<string, string>>;

/** A small bank in canonical form without a finding: every kind of file, node and link that files hold is in it. */
export const sampleTexts: Texts = {
  "topics/search.yaml": `title: Search
summary: Finding near vectors.
subtopics:
  - tuning
questions:
  - exact-or-not
  - recall-drift
`,
  "topics/tuning.yaml": `title: Tuning
summary: Turning the knobs of an index.
`,
  "roles/ml-engineer.yaml": `title: Machine-learning engineer
summary: Owns models in production.
`,
  "qualities/accuracy.yaml": `title: Accuracy
summary: How often the answer is right.
direction: HIGHER_IS_BETTER
`,
  "qualities/tail-latency.yaml": `title: Tail latency
summary: How long the slowest queries take.
direction: LOWER_IS_BETTER
`,
  "metrics/latency-p99.yaml": `title: p99 latency
aliases:
  - P99
quantity: TIME
direction: LOWER_IS_BETTER
statistic: P99
indicates:
  - quality: tail-latency
    reason: It is the line that objectives draw.
`,
  "sources/index-lab.yaml": `title: "Index lab: runs of May"
publisher: Fulcrum
url: https://example.org/lab
revision: v1.2
retrievedAt: 2026-11-24
license: MIT
date: "2026"
`,
  "concepts/brute-force.yaml": `title: Brute force
summary: Comparing the query with every vector.
explanation: |-
  Every vector is read once a query, so cost grows with the collection.

  - It is exact by construction.
related:
  - concept: hnsw
    reason: One is what the other has to beat.
`,
  "concepts/hnsw.yaml": `title: Navigable small worlds
aliases:
  - HNSW
  - "10"
summary: A layered graph of near neighbours.
prerequisites:
  - concept: brute-force
    reason: The graph is judged by the exact answer.
sources:
  - source: index-lab
    locator: Section 2
`,
  "tools/faiss.yaml": `title: FAISS
category: VECTOR_SEARCH
summary: Indexes of vectors behind one interface.
homepage: https://faiss.ai
license: MIT
implements:
  - concept: brute-force
    reason: IndexFlat scans all vectors.
  - concept: hnsw
    reason: IndexHNSWFlat builds the graph.
`,
  "benchmarks/index-lab.yaml": `title: Exact and graph search at two sizes
summary: Queries a second apart, on two collections.
hardware: 2 cores
date: 2026-05
evidenceKind: MEASURED
caveat: Toy scale; one run.
staleAfter: P2Y
measurements:
  small-exact:
    value: 1.2
    unit: ms
    params:
      k: 10
      warm: true
    subjectAsPrinted: flat, 10k
    samples: 1000
    metric: latency-p99
    concepts:
      - brute-force
  small-graph:
    value: 1.5
    unit: ms
    subjectAsPrinted: graph, 10k
    metric: latency-p99
    tools:
      - faiss
    concepts:
      - hnsw
  large-exact:
    value: 104.2
    unit: ms
    subjectAsPrinted: flat, 1M
    metric: latency-p99
    concepts:
      - brute-force
  large-graph:
    value: 2.5
    unit: ms
    subjectAsPrinted: graph, 1M
    metric: latency-p99
    tools:
      - faiss
    concepts:
      - hnsw
source:
  source: index-lab
  locator: Table 1
`,
  "trade-offs/exact-or-graph.yaml": `title: Exact or graph search
statement: The scan is exact and slow, the graph fast and nearly exact.
context: When [HNSW](concept:hnsw) is at hand.
regimes:
  - slug: small
    title: Under 100,000 vectors
  - slug: large
    title: Over a million vectors
qualities:
  - tail-latency
  - accuracy
options:
  exact:
    title: Exact scan
    summary: Read everything.
    concepts:
      - brute-force
    tools:
      - faiss
    assessments:
      exact-accuracy:
        rating: 2
        statement: It is the truth that others are measured by.
        basis: JUDGEMENT
        quality: accuracy
      exact-latency-large:
        rating: -2
        statement: It grows with the collection.
        regime: large
        basis: MEASURED
        quality: tail-latency
        evidence:
          - measurement: index-lab/large-exact
            reason: A million vectors take a hundred milliseconds.
            supports: true
          - measurement: index-lab/large-graph
            reason: The rival takes a few.
            supports: true
      exact-latency-small:
        rating: 1
        statement: It is quick enough.
        regime: small
        basis: JUDGEMENT
        quality: tail-latency
  graph:
    title: Graph search
    summary: Walk the graph.
    concepts:
      - hnsw
    tools:
      - faiss
    assessments:
      graph-accuracy:
        statement: It misses a few.
        basis: JUDGEMENT
        quality: accuracy
      graph-latency:
        rating: 2
        statement: It hardly grows.
        basis: JUDGEMENT
        quality: tail-latency
flipConditions:
  collection-grows:
    condition: The collection grows past some hundred thousand vectors.
    explanation: The scan grows with it, the walk hardly.
    variable: number of vectors
    threshold: 0.1
    unit: Mvectors
    quality: tail-latency
    favors:
      - option: exact
        side: BEFORE
      - option: graph
        side: AFTER
    evidence:
      - measurement: index-lab/large-exact
        reason: The scan is behind here.
        supports: true
        side: AFTER
      - measurement: index-lab/large-graph
        reason: The walk is ahead here.
        supports: true
        side: AFTER
      - measurement: index-lab/small-exact
        reason: The scan is ahead here.
        supports: true
        side: BEFORE
      - measurement: index-lab/small-graph
        reason: The walk is behind here.
        supports: true
        side: BEFORE
`,
  "questions/exact-or-not.md": `---
title: Exact or approximate search
format: TECHNICAL
difficulty: MEDIUM
estimatedMinutes: 25
practicedCount: 62
roles:
  - ml-engineer
concepts:
  - concept: brute-force
    reason: The bar for every index is the scan.
    emphasis: ASSUMES
  - concept: hnsw
    reason: Its knobs decide what is lost.
    emphasis: TEACHES
tools:
  - tool: faiss
    reason: Both can be tried in it.
tradeOffs:
  - tradeOff: exact-or-graph
    reason: The question turns on it.
criteria:
  states-target:
    statement: States the recall that the product needs.
    weight: 4
  measures-tail:
    statement: Measures the tail and not the mean.
    weight: 3
answers:
  concise:
    level: CONCISE
    summary: Scan while you can.
    meets:
      - criterion: states-target
  full:
    level: FULL
    summary: Scan while you can, then walk a graph.
    meets:
      - criterion: measures-tail
        where: Measure
    evidence:
      - measurement: index-lab/large-exact
        reason: The scan has a price.
        supports: true
    sources:
      - source: index-lab
followUps:
  - question: recall-drift
    reason: What was built has to stay good.
    ask: And a month later?
    when: MISSING
    criteria:
      - states-target
related:
  - question: recall-drift
    reason: Both weigh what is lost.
---

# Prompt

Ten million vectors, a tight tail: do you scan?

# Hints

- What does the product lose when a neighbour is missed?
- Work out the memory first.
  Then the time.

# Concise answer

Scan up to some 100,000 vectors: [1.2 ms](measurement:index-lab/small-exact).

# Full answer

## Decide

At a million vectors [FAISS](tool:faiss) takes [104 ms](measurement:index-lab/large-exact).

## Measure

Memory is [30.7 GB](derived:1e7*768*4 By), whatever the index.
`,
  "questions/recall-drift.md": `---
title: Recall that drifts
format: CODING
difficulty: HARD
---

# Prompt

How do you notice?
`,
};

export const asFiles = (texts: Texts): BankFile[] =>
  Object.entries(texts).map(([path, text]) => {
    const [folder, name] = path.split("/") as [string, string];
    const kind = fileKinds.find((each) => folderOf(each) === folder);
    if (!kind) throw new Error(`There are no files in ${folder}.`);
    return { path, kind, slug: name.replace(/\.\w+$/, ""), text };
  });

/** The sample bank with a passage of one of its files replaced; the passage must be there. */
export function sampleWith(path: string, passage: string, replacement: string): Texts {
  const text = sampleTexts[path];
  if (!text?.includes(passage)) throw new Error(`${path} does not hold ${JSON.stringify(passage)}.`);
  return { ...sampleTexts, [path]: text.replace(passage, () => replacement) };
}

export async function lintTexts(texts: Texts): Promise<readonly FileFinding[]> {
  const { findings } = await lintFiles({ files: asFiles(texts), unread: [], findings: [] });
  return findings;
}

/** Findings as `file:line:column severity rule`, then message, then hint. */
export const lintLines = async (texts: Texts): Promise<string[][]> => asLines(await lintTexts(texts));

/** What rules for a finished bank find in one that is judged by them, as lines; `settings` are more of its `lint.yaml`. */
export async function editorialLines(texts: Texts, codes: readonly string[], settings = ""): Promise<string[][]> {
  const folder = { files: asFiles(texts), unread: [], findings: [], settings: `editorial: true\n${settings}` };
  const { findings } = await lintFiles(folder, "2026-11-28");
  return asLines(findings.filter(({ rule }) => codes.includes(rule)));
}

function asLines(findings: readonly FileFinding[]): string[][] {
  return findings.map(({ file, line, column, severity, rule, message, hint }) => [
    `${file}:${line}:${column} ${severity} ${rule}`,
    message,
    ...(hint ? [hint] : []),
  ]);
}

export const readTexts = (texts: Texts): ReadBank => readBank(asFiles(texts));
