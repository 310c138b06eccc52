import type { Change } from "../../src/domain/changes/change-set";
import { nodeId } from "../../src/domain/ids";
import type { AllFields, NodeKind } from "../../src/domain/ontology/node-kinds";

/** The slug, and the fields in which the node differs from the builder's plain one; undefined leaves a field out. */
export type Given<K extends NodeKind> = { readonly slug: string } & {
  readonly [F in keyof AllFields<K>]?: AllFields<K>[F] | undefined;
};

export function putNode<K extends NodeKind>(
  kind: K,
  { slug, ...fields }: Given<K>,
  plain: Partial<AllFields<K>>,
): Change {
  return { op: "putNode", id: nodeId(kind, slug), fields: { ...plain, ...fields } };
}

export const aTopic = (given: Given<"Topic">): Change =>
  putNode("Topic", given, { title: "Optimization", summary: "What to make faster, and when to stop." });

export const aRole = (given: Given<"Role">): Change =>
  putNode("Role", given, { title: "Backend engineer", summary: "Owns services and their latency." });

export const aQuestion = (given: Given<"Question">): Change =>
  putNode("Question", given, {
    title: "Exact or approximate search",
    prompt: "When would you scan instead of using an index?",
    format: "TECHNICAL",
    difficulty: "MEDIUM",
  });

export const aConcept = (given: Given<"Concept">): Change =>
  putNode("Concept", given, { title: "Tail latency", summary: "The slowest few requests." });

export const aTool = (given: Given<"Tool">): Change =>
  putNode("Tool", given, { title: "FAISS", category: "VECTOR_SEARCH", summary: "Searches dense vectors." });

export const aQuality = (given: Given<"Quality">): Change =>
  putNode("Quality", given, { title: "Latency", summary: "How long one waits.", direction: "LOWER_IS_BETTER" });

export const aMetric = (given: Given<"Metric">): Change =>
  putNode("Metric", given, { title: "p99 latency", quantity: "TIME", direction: "LOWER_IS_BETTER" });

export const aSource = (given: Given<"Source">): Change =>
  putNode("Source", given, { title: "ANN benchmarks", publisher: "The authors", retrievedAt: "2026-11-24" });

export const aTradeOff = (given: Given<"TradeOff">): Change =>
  putNode("TradeOff", given, { title: "Exact against approximate", statement: "Recall is paid for with time." });
