import type { Change } from "../../src/domain/changes/change-set";
import type { Properties } from "../../src/domain/graph/node";
import type { EdgeKindSpec } from "../../src/domain/ontology/edge-kind";
import { type EdgeKind, edgeKindNames, edgeKinds } from "../../src/domain/ontology/edge-kinds";
import type { NodeKind } from "../../src/domain/ontology/node-kinds";
import type { Changes } from "../builders/changes";
import { aLink } from "../builders/links";
import { aConcept, aMetric, aQuality, aQuestion, aRole, aSource, aTool, aTopic, aTradeOff } from "../builders/nodes";
import {
  aBenchmark,
  aCriterion,
  aFlipCondition,
  aMeasurement,
  aModelAnswer,
  anAssessment,
  anOption,
} from "../builders/owned-nodes";

/** The id of copy `i` of a kind in the dense bank. */
export const denseId = (kind: NodeKind, i: number): string => `${kind}:${slugOf[kind](i)}`;

const slugOf: Readonly<Record<NodeKind, (i: number) => string>> = {
  Topic: (i) => `topic-${i}`,
  Role: (i) => `role-${i}`,
  Question: (i) => `q-${i}`,
  Criterion: (i) => `q-${i}/states`,
  ModelAnswer: (i) => `q-${i}/concise`,
  TradeOff: (i) => `t-${i}`,
  Option: (i) => `t-${i}/exact`,
  Quality: (i) => `quality-${i}`,
  Assessment: (i) => `t-${i}/exact-latency`,
  FlipCondition: (i) => `t-${i}/many`,
  Concept: (i) => `c-${i}`,
  Tool: (i) => `tool-${i}`,
  Metric: (i) => `metric-${i}`,
  Benchmark: (i) => `b-${i}`,
  Measurement: (i) => `b-${i}/m`,
  Source: (i) => `source-${i}`,
};

/**
 * `size` copies of a small world in which every relation of the ontology has links: copy i's question is `q-i`, its
 * trade-off `t-i`, and so on. Where an edge kind joins nodes of one kind, each copy is linked to the next.
 */
export const denseBank = (size: number): Changes =>
  Array.from({ length: size }, (_, i) => copyNodes(i)).concat(
    Array.from({ length: size }, (_, i) => linksFrom(i, size)),
  );

function linksFrom(i: number, size: number): Change[] {
  return edgeKindNames.flatMap((edge) => {
    const { file, nests, undirected, from, to }: EdgeKindSpec = edgeKinds[edge];
    if (file === "computed" || nests) return [];
    return from.flatMap((one) =>
      to
        .filter((other) => (!undirected || other === one) && (other !== one || i + 1 < size))
        .map((other) =>
          aLink(edge, denseId(one, i), denseId(other, other === one ? i + 1 : i), propertiesOf(edge, one, i)),
        ),
    );
  });
}

/** Properties beyond those that every link of the kind must have. */
function propertiesOf(edge: EdgeKind, from: NodeKind, i: number): Properties {
  if (edge === "FOLLOWED_BY") return { when: "MISSING", criteria: [denseId("Criterion", i)] };
  if (edge === "EVIDENCED_BY" && from === "FlipCondition") return { side: "BEFORE" };
  if (edge === "PUBLISHED_IN" || edge === "CITES") return { locator: "Table 2" };
  return edge === "MEETS" ? { where: "Start here" } : {};
}

const copyNodes = (i: number): Change[] =>
  [
    aTopic({ slug: `topic-${i}`, title: `Topic ${i}`, summary: `About [it](concept:c-${i}).` }),
    aRole({ slug: `role-${i}`, summary: `Owns [it](concept:c-${i}).` }),
    aConcept({
      slug: `c-${i}`,
      title: `Concept ${i}`,
      summary: `See [that](tool:tool-${i}).`,
      explanation: `Explained, ${i}.`,
    }),
    aTool({ slug: `tool-${i}`, title: `Tool ${i}`, summary: `Does [it](concept:c-${i}).` }),
    aQuality({ slug: `quality-${i}`, title: `Quality ${i}`, summary: `How [it](concept:c-${i}) feels.` }),
    aMetric({ slug: `metric-${i}`, title: `Metric ${i}` }),
    aSource({ slug: `source-${i}`, title: `Source ${i}`, url: `https://example.org/${i}` }),
    aQuestion({
      slug: `q-${i}`,
      title: `Question ${i}`,
      prompt: `What of [it](concept:c-${i}), ${i}?`,
      practicedCount: i,
    }),
    aCriterion({ question: `q-${i}`, slug: "states", statement: `States [it](concept:c-${i}).` }),
    aModelAnswer({ question: `q-${i}`, slug: "concise", body: `It took [1 ms](measurement:b-${i}/m).` }),
    aTradeOff({
      slug: `t-${i}`,
      title: `Trade-off ${i}`,
      statement: `With [it](concept:c-${i}).`,
      regimes: [{ slug: "small", title: "Small" }],
    }),
    anOption({ tradeOff: `t-${i}`, slug: "exact", summary: `Use [it](concept:c-${i}).` }),
    anAssessment({
      tradeOff: `t-${i}`,
      option: "exact",
      quality: `quality-${i}`,
      slug: "exact-latency",
      rating: 1,
      statement: `By [it](concept:c-${i}).`,
    }),
    aFlipCondition({
      tradeOff: `t-${i}`,
      quality: `quality-${i}`,
      slug: "many",
      explanation: `By [it](concept:c-${i}).`,
    }),
    aBenchmark({
      source: `source-${i}`,
      slug: `b-${i}`,
      title: `Benchmark ${i}`,
      summary: `Of [it](concept:c-${i}).`,
      date: "2024-07",
    }),
    aMeasurement({ benchmark: `b-${i}`, metric: `metric-${i}`, slug: "m", value: 1.5, params: { batch: 1 } }),
  ].flat();
