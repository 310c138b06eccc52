import type { Field, ValueOf } from "./field";
import { benchmark, measurement, source } from "./kinds/benchmark";
import { metric, quality } from "./kinds/quality";
import { criterion, modelAnswer, question } from "./kinds/question";
import { concept, role, tool, topic } from "./kinds/topic";
import { assessment, flipCondition, option, tradeOff } from "./kinds/trade-off";

/** Every node kind of the graph, by its label. */
export const nodeKinds = {
  Topic: topic,
  Role: role,
  Question: question,
  Criterion: criterion,
  ModelAnswer: modelAnswer,
  TradeOff: tradeOff,
  Option: option,
  Quality: quality,
  Assessment: assessment,
  FlipCondition: flipCondition,
  Concept: concept,
  Tool: tool,
  Metric: metric,
  Benchmark: benchmark,
  Measurement: measurement,
  Source: source,
} as const;

export type NodeKind = keyof typeof nodeKinds;
export const nodeKindNames = Object.keys(nodeKinds) as readonly NodeKind[];

/** Kinds whose nodes may have long texts. */
export const kindsWithTexts: ReadonlySet<NodeKind> = new Set(
  nodeKindNames.filter((kind) => Object.values<Field>(nodeKinds[kind].fields).some(({ long }) => long)),
);

export const isNodeKind = (name: string): name is NodeKind => Object.hasOwn(nodeKinds, name);

type FieldsOf<K extends NodeKind> = (typeof nodeKinds)[K]["fields"];
type Present<Fs> = { readonly [N in keyof Fs as Fs[N] extends Field<unknown, false> ? N : never]: ValueOf<Fs[N]> };
type Absent<Fs> = { readonly [N in keyof Fs as Fs[N] extends Field<unknown, true> ? N : never]?: ValueOf<Fs[N]> };
type LightOnly<Fs> = { [N in keyof Fs as Fs[N] extends Field<unknown, boolean, true> ? never : N]: Fs[N] };
type LongOnly<Fs> = { [N in keyof Fs as Fs[N] extends Field<unknown, boolean, true> ? N : never]: Fs[N] };

/** The light fields of a kind: what `nodes` and `neighbours` return with each node. Absent optional fields have no key. */
export type LightFields<K extends NodeKind> = Present<LightOnly<FieldsOf<K>>> & Absent<LightOnly<FieldsOf<K>>>;

/** The long texts of a kind: what `texts` returns. */
export type LongTexts<K extends NodeKind> = Present<LongOnly<FieldsOf<K>>> & Absent<LongOnly<FieldsOf<K>>>;

/** All fields of a kind. */
export type AllFields<K extends NodeKind> = LightFields<K> & LongTexts<K>;
