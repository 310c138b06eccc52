import type { Change } from "../src/domain/changes/change-set";
import { nodeId, type NodeId } from "../src/domain/ids";
import type { EdgeKind } from "../src/domain/ontology/edge-kinds";
import type { NodeKind } from "../src/domain/ontology/node-kinds";
import { seeded, words, zipf } from "./random";

/** How many of each kind there are for `questions` questions: 8 roles and 21 sub-topics always, the rest in proportion. */
export const sizes = (questions: number) => ({
  questions,
  roles: 8,
  topics: 21,
  qualities: 14,
  metrics: 40,
  sources: Math.ceil(questions * 0.2),
  concepts: Math.ceil(questions * 0.7),
  tools: Math.ceil(questions * 0.3),
  tradeOffs: Math.ceil(questions * 0.23),
  benchmarks: Math.ceil(questions * 0.4),
});

const pad = (index: number) => String(index).padStart(6, "0");
export const slugs = {
  question: (i: number) => `question-${pad(i)}`,
  tradeOff: (i: number) => `trade-off-${pad(i)}`,
  concept: (i: number) => `concept-${pad(i)}`,
};
const id = (kind: NodeKind, index: number): NodeId =>
  nodeId(kind, `${kind.replace(/(?!^)[A-Z]/g, "-$&").toLowerCase()}-${pad(index)}`);
const own = (kind: NodeKind, owner: NodeId, name: string): NodeId =>
  nodeId(kind, `${owner.slice(owner.indexOf(":") + 1)}/${name}`);

/**
 * A bank of made-up text, the same for the same size: prompts of 100 words, full answers of 600, concepts that questions
 * link to with Zipf degrees. Yields groups of changes that are valid together, in an order in which they can be committed.
 */
export function* bank(questions: number): Generator<Change[]> {
  const n = sizes(questions);
  const random = seeded(42);
  const int = (limit: number) => Math.floor(random() * limit);
  const pick = <T>(list: readonly T[]): T => list[int(list.length)] as T;
  const conceptAt = zipf(n.concepts, random);
  const toolAt = zipf(n.tools, random);
  const several = (count: number, draw: () => number) => [...new Set(Array.from({ length: count }, draw))];
  const title = () => words(4, random);
  const reason = () => words(14, random);

  for (let i = 0; i < n.roles; i++) yield [put(id("Role", i), { title: title(), summary: words(20, random) })];
  for (let i = 0; i < n.topics; i++) yield [put(id("Topic", i), { title: title(), summary: words(20, random) })];
  for (let i = 0; i < n.qualities; i++)
    yield [
      put(id("Quality", i), {
        title: title(),
        summary: words(15, random),
        direction: pick(["LOWER_IS_BETTER", "HIGHER_IS_BETTER"]),
      }),
    ];
  for (let i = 0; i < n.metrics; i++) {
    yield [
      put(id("Metric", i), { title: title(), quantity: "TIME", direction: "LOWER_IS_BETTER" }),
      link("INDICATES", id("Metric", i), id("Quality", int(n.qualities)), { reason: reason() }),
    ];
  }
  for (let i = 0; i < n.sources; i++)
    yield [
      put(id("Source", i), {
        title: title(),
        publisher: title(),
        url: `https://example.org/${i}`,
        retrievedAt: "2026-01-01",
      }),
    ];
  for (let i = 0; i < n.concepts; i++) {
    const prerequisites = i === 0 ? [] : several(2, () => int(i));
    yield [
      put(id("Concept", i), {
        title: `${title()} ${i}`,
        aliases: [words(2, random)],
        summary: words(25, random),
        explanation: words(120, random),
      }),
      ...prerequisites.map((before) =>
        link("PREREQUISITE_OF", id("Concept", before), id("Concept", i), { reason: reason() }),
      ),
    ];
  }
  for (let i = 0; i < n.tools; i++) {
    yield [
      put(id("Tool", i), {
        title: title(),
        category: pick(["PROFILER", "DATABASE", "CACHE", "LIBRARY"]),
        summary: words(20, random),
        homepage: `https://example.org/tool/${i}`,
      }),
      ...several(3, conceptAt).map((concept) =>
        link("IMPLEMENTS", id("Tool", i), id("Concept", concept), { reason: reason() }),
      ),
    ];
  }
  for (let i = 0; i < n.benchmarks; i++) yield benchmark(i);
  for (let i = 0; i < n.tradeOffs; i++) yield tradeOff(i);
  for (let i = 0; i < n.questions; i++) yield question(i);
  for (let i = 0; i < n.questions; i++) {
    yield several(3, () => int(n.questions))
      .filter((next) => next !== i)
      .map((next, order) =>
        link(
          "FOLLOWED_BY",
          id("Question", i),
          id("Question", next),
          { reason: reason(), ask: words(12, random), when: "ALWAYS" },
          order,
        ),
      );
  }

  function benchmark(i: number): Change[] {
    const self = id("Benchmark", i);
    return [
      put(self, {
        title: title(),
        summary: words(30, random),
        hardware: words(8, random),
        date: `20${10 + int(15)}`,
        evidenceKind: "MEASURED",
      }),
      link("PUBLISHED_IN", self, id("Source", int(n.sources)), {}),
      ...Array.from({ length: 4 }, (_, m) => own("Measurement", self, `m-${m}`)).flatMap((measurement, order) => [
        put(measurement, { value: Math.round(random() * 10_000) / 100, unit: "ms", subjectAsPrinted: title() }),
        link("REPORTS", self, measurement, {}, order),
        link("OF", measurement, id("Metric", int(n.metrics)), {}),
        link("MEASURES", measurement, id("Concept", conceptAt()), {}),
      ]),
    ];
  }

  function tradeOff(i: number): Change[] {
    const self = id("TradeOff", i);
    const qualities = several(3, () => int(n.qualities));
    const options = [0, 1, 2].map((o) => own("Option", self, `o-${o}`));
    const flip = own("FlipCondition", self, "f-0");
    return [
      put(self, { title: `${title()} ${i}`, statement: words(25, random) }),
      ...qualities.map((quality, order) => link("WEIGHED_ON", self, id("Quality", quality), {}, order)),
      ...options.flatMap((option, order) => [
        put(option, { title: title(), summary: words(15, random) }),
        link("OFFERS", self, option, {}, order),
        link("REALIZED_BY", option, id("Concept", conceptAt()), {}),
        ...qualities.flatMap((quality) => {
          const assessment = own("Assessment", self, `a-${order}-${quality}`);
          return [
            put(assessment, { rating: int(5) - 2, statement: words(15, random), basis: "MEASURED" }),
            link("ASSESSED_AS", option, assessment, {}),
            link("ON", assessment, id("Quality", quality), {}),
            link("EVIDENCED_BY", assessment, aMeasurement(), { reason: reason(), supports: true }),
          ];
        }),
      ]),
      put(flip, { condition: words(12, random), explanation: words(20, random) }),
      link("FLIPS", self, flip, {}),
      link("ON", flip, id("Quality", qualities[0] as number), {}),
      link("FAVORS", flip, options[0] as NodeId, { side: "BEFORE" }),
      link("FAVORS", flip, options[1] as NodeId, { side: "AFTER" }),
      link("EVIDENCED_BY", flip, aMeasurement(), { reason: reason(), supports: true, side: "BEFORE" }),
    ];
  }

  function aMeasurement(): NodeId {
    return own("Measurement", id("Benchmark", int(n.benchmarks)), `m-${int(4)}`);
  }

  function question(i: number): Change[] {
    const self = id("Question", i);
    const criteria = [0, 1, 2, 3].map((c) => own("Criterion", self, `c-${c}`));
    return [
      put(self, {
        title: `${title()} ${i}`,
        prompt: words(100, random),
        format: pick(["TECHNICAL", "TECHNICAL", "SYSTEM_DESIGN", "CODING", "BEHAVIORAL"]),
        difficulty: pick(["EASY", "MEDIUM", "MEDIUM", "HARD"]),
        ...(random() < 0.8 ? { estimatedMinutes: 5 * (1 + int(9)) } : {}),
      }),
      ...several(2, () => int(n.topics)).map((topic) => link("COVERS", id("Topic", topic), self, {}, i)),
      ...several(2, () => int(n.roles)).map((role) => link("ASKED_OF", self, id("Role", role), {})),
      ...several(4, conceptAt).map((concept) =>
        link("ABOUT", self, id("Concept", concept), { reason: reason(), emphasis: pick(["ASSUMES", "TEACHES"]) }),
      ),
      ...several(2, toolAt).map((tool) => link("USES", self, id("Tool", tool), { reason: reason() })),
      ...several(2, () => int(n.tradeOffs)).map((weighed) =>
        link("WEIGHS", self, id("TradeOff", weighed), { reason: reason() }),
      ),
      ...criteria.flatMap((criterion, order) => [
        put(criterion, { statement: words(15, random), weight: 1 + int(5) }),
        link("JUDGED_BY", self, criterion, {}, order),
      ]),
      ...(["CONCISE", "FULL"] as const).flatMap((level) => {
        const answer = own("ModelAnswer", self, level.toLowerCase());
        return [
          put(answer, { level, summary: words(20, random), body: words(level === "FULL" ? 600 : 100, random) }),
          link("ANSWERED_BY", self, answer, {}),
          ...criteria.slice(0, 3).map((criterion) => link("MEETS", answer, criterion, {})),
        ];
      }),
      ...(i > 0 ? [link("RELATED_TO", id("Question", i - 1 - int(Math.min(i, 50))), self, { reason: reason() })] : []),
    ];
  }
}

const put = (node: NodeId, fields: Record<string, unknown>): Change => ({ op: "putNode", id: node, fields });
const link = (
  edge: EdgeKind,
  from: NodeId,
  to: NodeId,
  properties: Record<string, unknown>,
  order?: number,
): Change => ({
  op: "putEdge",
  edge,
  from,
  to,
  properties,
  ...(order === undefined ? {} : { order }),
});
