import { canonicalJson } from "../../domain/changes/hash";
import type { Properties } from "../../domain/graph/node";
import type { NodeId } from "../../domain/ids";
import { counted } from "../lint-text";
import type { EdgeDifference, NodeDifference } from "./diff-banks";
import type { ImportPlan } from "./import-plan";

/** Everything that a plan would do, a line an item: + new, ~ changed (with its fields below), - removed. */
export function describeChanges({ nodes, edges, removed, stored }: ImportPlan): string {
  const lines = [
    ...nodes.flatMap(describeNode),
    ...edges.flatMap(describeEdge),
    ...removed.map((id) => `- ${named(id, stored.nodes.get(id)?.slug)}`),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

/** What a plan leaves as it is, though the files have it otherwise, each with the reason. */
export function describeKept({ kept, gone, stored }: ImportPlan): string {
  const lines = [
    ...kept.map(({ subject, why }) => `kept ${subject}: ${why}`),
    ...gone.map((id) => `gone from the files ${named(id, stored.nodes.get(id)?.slug)}: stays without --prune`),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

export function summarize({ nodes, edges, removed, kept, gone, unmentioned }: ImportPlan): string {
  const created = nodes.filter(({ before }) => !before).length;
  const linked = edges.filter(({ before, after }) => after && !before).length;
  const unlinked = edges.filter(({ after }) => !after).length;
  const parts = [
    [created, "new node"],
    [nodes.length - created, "changed node"],
    [removed.length, "removed node"],
    [linked, "new link"],
    [edges.length - linked - unlinked, "changed link"],
    [unlinked, "removed link"],
    [unmentioned.length, "text to link again"],
    [kept.length, "item kept as edited"],
    [gone.length, "node gone from the files"],
  ] as const;
  const present = parts.filter(([count]) => count > 0).map(([count, noun]) => plural(count, noun));
  return present.length === 0 ? "nothing differs" : present.join(", ");
}

/** `2 items kept as edited`: the first noun takes the plural. */
const plural = (count: number, noun: string): string =>
  noun.replace(/^((?:new |changed |removed )?)(\w+)/, (_, before: string, word: string) =>
    counted(count, before + word),
  );

const named = (id: NodeId, slug?: string): string =>
  slug === undefined || id.endsWith(`:${slug}`) ? id : `${id} (now ${slug})`;

function describeNode({ id, before, after }: NodeDifference): string[] {
  if (!before) return [`+ ${id}`];
  const renamed = after && after.slug !== before.slug ? [`    slug: ${before.slug} → ${after.slug}`] : [];
  const fields = describeValues({ ...before.fields, ...before.texts }, { ...after?.fields, ...after?.texts });
  return [`~ ${named(id, before.slug)}`, ...renamed, ...fields];
}

function describeEdge({ subject, before, after }: EdgeDifference): string[] {
  if (!before) return [`+ ${subject}`];
  if (!after) return [`- ${subject}`];
  const moved = before.order === after.order ? [] : [`    order: ${before.order} → ${after.order}`];
  return [`~ ${subject}`, ...moved, ...describeValues(before.properties, after.properties)];
}

function describeValues(before: Properties, after: Properties): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => canonicalJson(before[name] ?? null) !== canonicalJson(after[name] ?? null))
    .map((name) => `    ${name}: ${short(before[name])} → ${short(after[name])}`);
}

function short(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
