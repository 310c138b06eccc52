import type { Change } from "../../src/domain/changes/change-set";
import type { EdgeKind } from "../../src/domain/ontology/edge-kinds";
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

/** Titles with ties, and ones that locales, UTF-16 units and case-blind orders would sort otherwise. */
const titles = ["zoo", "Äpfel", "apple", "𝒜", "ﬀ", "Zebra", "apple", "日本", "～"];
const titleOf = (index: number): string => titles[index % titles.length] as string;
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const at = <T>(values: readonly T[], index: number): T => values[index % values.length] as T;

const questions = times(9, (index) =>
  aQuestion({
    slug: `q${(index * 4) % 9}`,
    title: titleOf(index),
    difficulty: at(["MEDIUM", "EASY", "HARD"] as const, index),
    format: at(["TECHNICAL", "CODING", "BEHAVIORAL", "SYSTEM_DESIGN"] as const, index),
    estimatedMinutes: at([30, undefined, 5], index),
    practicedCount: at([undefined, 100, 9, undefined], index),
    prompt:
      index % 2
        ? "What about [this](concept:c1), [that](tool:t2) and [the figure](measurement:b0/m1)?"
        : "What about it?",
  }),
);

const tradeOffs = times(4, (t) => [
  aTradeOff({ slug: `t${t}`, title: titleOf(t + 3), context: at(["See [c2](concept:c2).", undefined], t) }),
  ...times(3, (o) => [
    ...anOption({ tradeOff: `t${t}`, slug: `o${(o * 2) % 3}`, summary: "As in [c1](concept:c1)." }),
    ...times(3, (q) =>
      anAssessment({
        tradeOff: `t${t}`,
        option: `o${(o * 2) % 3}`,
        quality: `l${(q + t) % 4}`,
        slug: `o${o}-${q}`,
        statement: "By [c6](concept:c6).",
      }),
    ).flat(),
  ]).flat(),
  ...times(2, (f) =>
    aFlipCondition({ tradeOff: `t${t}`, quality: `l${f}`, slug: `f${f}`, condition: "At [m1](measurement:b1/m1)." }),
  ).flat(),
]).flat();

const benchmarks = times(6, (b) => [
  ...aBenchmark({
    slug: `b${b}`,
    source: `s${b % 3}`,
    title: titleOf(b),
    caveat: "Read [c1](concept:c1) first.",
    date: at(["2024", "2023-12", undefined, "2024-07-31"], b),
    evidenceKind: at(["DERIVED", "MEASURED", "VENDOR_CLAIM"] as const, b),
  }),
  ...times(3, (m) =>
    aMeasurement({ benchmark: `b${b}`, metric: `p${m % 2}`, slug: `m${(m * 2) % 3}`, value: b + m / 10 }),
  ).flat(),
]).flat();

const links = (
  edge: EdgeKind,
  froms: readonly string[],
  tos: readonly string[],
  step: number,
  properties = {},
): Change[] =>
  froms.flatMap((from, i) =>
    tos.filter((to, j) => to !== from && (i + j) % step === 0).map((to) => aLink(edge, from, to, properties)),
  );

const ids = (prefix: string, count: number): string[] => times(count, (index) => `${prefix}${index}`);
const concepts = ids("Concept:c", 9);
const figures = times(6, (b) => ids(`Measurement:b${b}/m`, 3)).flat();
const options = times(4, (t) => ids(`Option:t${t}/o`, 3)).flat();
const assessments = times(4, (t) => times(3, (o) => ids(`Assessment:t${t}/o${o}-`, 3)).flat()).flat();
const flips = times(4, (t) => ids(`FlipCondition:t${t}/f`, 2)).flat();
const answers = times(4, (q) => ids(`ModelAnswer:q${q}/a`, 2)).flat();

/** A bank in which every relation, derived ones included, has links, most of them several, in orders unlike those of their ids. */
export const richBank: readonly Change[] = [
  ...times(9, (index) =>
    aConcept({ slug: `c${(index * 5) % 9}`, title: titleOf(index + 1), summary: "Not [t0](tool:t0)." }),
  ),
  ...times(5, (index) =>
    aTool({
      slug: `t${(index * 2) % 5}`,
      title: titleOf(index),
      category: at(["CACHE", "PROFILER", "DATABASE"] as const, index),
      summary: "Like [c0](concept:c0).",
    }),
  ),
  ...times(5, (index) => aTopic({ slug: `k${index}`, title: titleOf(index + 2), summary: "About [c3](concept:c3)." })),
  ...times(3, (index) => aRole({ slug: `r${index}`, title: titleOf(index), summary: "Owns [c3](concept:c3)." })),
  ...times(4, (index) => aQuality({ slug: `l${index}`, title: titleOf(index + 4), summary: "Of [c4](concept:c4)." })),
  ...times(3, (index) => aMetric({ slug: `p${index}`, title: titleOf(index) })),
  ...times(3, (index) => aSource({ slug: `s${index}`, title: titleOf(index + 1) })),
  ...benchmarks,
  ...questions,
  ...times(4, (q) => [
    ...times(3, (c) =>
      aCriterion({ question: `q${q}`, slug: `k${(c * 2) % 3}`, statement: "Names [c5](concept:c5)." }),
    ).flat(),
    ...times(2, (a) =>
      aModelAnswer({
        question: `q${q}`,
        slug: `a${a}`,
        summary: "Use [t1](tool:t1).",
        level: at(["FULL", "CONCISE"] as const, a),
      }),
    ).flat(),
    ...times(2, (a) => links("MEETS", [`ModelAnswer:q${q}/a${a}`], ids(`Criterion:q${q}/k`, 3), 1)).flat(),
  ]).flat(),
  ...tradeOffs,
  ...ids("Topic:k", 5)
    .slice(1)
    .map((topic, index) => aLink("PART_OF", topic, index < 3 ? "Topic:k0" : "Topic:k1")),
  ...links("COVERS", ids("Topic:k", 5), ids("Question:q", 9).toReversed(), 2),
  ...links("ASKED_OF", ids("Question:q", 9), ids("Role:r", 3), 2),
  ...links("ABOUT", ids("Question:q", 9), concepts, 2, { emphasis: "TEACHES" }),
  ...links("USES", ids("Question:q", 9), ids("Tool:t", 5), 2),
  ...links("WEIGHS", ids("Question:q", 9), ids("TradeOff:t", 4), 2),
  ...links("FOLLOWED_BY", ids("Question:q", 9), ids("Question:q", 9).toReversed(), 3),
  ...links("RELATED_TO", ids("Question:q", 4), ids("Question:q", 9).slice(4), 2),
  ...links("RELATED_TO", concepts.slice(0, 4), concepts.slice(4), 2),
  ...concepts.flatMap((from, i) =>
    concepts
      .slice(i + 1)
      .filter((_, j) => j % 2 === 0)
      .map((to) => aLink("PREREQUISITE_OF", from, to)),
  ),
  ...links("IMPLEMENTS", ids("Tool:t", 5), concepts, 2),
  ...links("CITES", [...answers, ...concepts], ids("Source:s", 3), 2, { locator: "Section 2" }),
  ...links("WEIGHED_ON", ids("TradeOff:t", 4), ids("Quality:l", 4).toReversed(), 1),
  ...links("REALIZED_BY", options, [...concepts.slice(0, 4), ...ids("Tool:t", 4)], 2),
  ...links("INDICATES", ids("Metric:p", 3), ids("Quality:l", 4), 1),
  ...links("MEASURES", figures, [...ids("Tool:t", 5), ...concepts.slice(0, 5)], 3),
  ...links("EVIDENCED_BY", assessments, figures, 7),
  ...links("EVIDENCED_BY", answers, figures, 5),
  ...links("EVIDENCED_BY", flips, figures, 6, { side: "AFTER" }),
  ...flips.flatMap((flip) =>
    options
      .filter((option) => option.split("/")[0]?.slice(-2) === flip.split("/")[0]?.slice(-2))
      .slice(0, 2)
      .map((option) => aLink("FAVORS", flip, option)),
  ),
];
