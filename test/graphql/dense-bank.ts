import type { Change } from "../../src/domain/changes/change-set";
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

/**
 * `size` copies of a small world in which every relation of the ontology has links: copy i's question is `q-i`, its
 * trade-off `t-i`, and so on. Copies are linked to the next one where relations join nodes of one kind.
 */
export const denseBank = (size: number): Changes =>
  Array.from({ length: size }, (_, i) => copyNodes(i)).concat(
    Array.from({ length: size }, (_, i) => [...copyLinks(i), ...(i + 1 < size ? linksToNext(i) : [])]),
  );

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

const copyLinks = (i: number): Change[] => [
  aLink("COVERS", `Topic:topic-${i}`, `Question:q-${i}`),
  aLink("ASKED_OF", `Question:q-${i}`, `Role:role-${i}`),
  aLink("ABOUT", `Question:q-${i}`, `Concept:c-${i}`),
  aLink("USES", `Question:q-${i}`, `Tool:tool-${i}`),
  aLink("WEIGHS", `Question:q-${i}`, `TradeOff:t-${i}`),
  aLink("MEETS", `ModelAnswer:q-${i}/concise`, `Criterion:q-${i}/states`, { where: "Start here" }),
  aLink("IMPLEMENTS", `Tool:tool-${i}`, `Concept:c-${i}`),
  aLink("WEIGHED_ON", `TradeOff:t-${i}`, `Quality:quality-${i}`),
  aLink("REALIZED_BY", `Option:t-${i}/exact`, `Concept:c-${i}`),
  aLink("REALIZED_BY", `Option:t-${i}/exact`, `Tool:tool-${i}`),
  aLink("EVIDENCED_BY", `Assessment:t-${i}/exact-latency`, `Measurement:b-${i}/m`),
  aLink("EVIDENCED_BY", `FlipCondition:t-${i}/many`, `Measurement:b-${i}/m`, { side: "BEFORE" }),
  aLink("EVIDENCED_BY", `ModelAnswer:q-${i}/concise`, `Measurement:b-${i}/m`, { supports: false }),
  aLink("INDICATES", `Metric:metric-${i}`, `Quality:quality-${i}`),
  aLink("FAVORS", `FlipCondition:t-${i}/many`, `Option:t-${i}/exact`),
  aLink("MEASURES", `Measurement:b-${i}/m`, `Tool:tool-${i}`),
  aLink("MEASURES", `Measurement:b-${i}/m`, `Concept:c-${i}`),
  aLink("PUBLISHED_IN", `Benchmark:b-${i}`, `Source:source-${i}`, { locator: "Table 2" }),
  aLink("CITES", `ModelAnswer:q-${i}/concise`, `Source:source-${i}`, { locator: "Page 3" }),
  aLink("CITES", `Concept:c-${i}`, `Source:source-${i}`),
];

const linksToNext = (i: number): Change[] => [
  aLink("PART_OF", `Topic:topic-${i + 1}`, `Topic:topic-${i}`),
  aLink("FOLLOWED_BY", `Question:q-${i}`, `Question:q-${i + 1}`, {
    when: "MISSING",
    criteria: [`Criterion:q-${i}/states`],
  }),
  aLink("RELATED_TO", `Question:q-${i}`, `Question:q-${i + 1}`),
  aLink("RELATED_TO", `Concept:c-${i}`, `Concept:c-${i + 1}`),
  aLink("PREREQUISITE_OF", `Concept:c-${i}`, `Concept:c-${i + 1}`),
];
