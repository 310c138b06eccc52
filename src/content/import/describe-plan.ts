import type { NodeState } from "../../domain/changes/change-set";
import { canonicalJson } from "../../domain/changes/hash";
import type { Properties } from "../../domain/graph/node";
import { type NodeId, ownerIdOf } from "../../domain/ids";
import type { EdgeKindSpec } from "../../domain/ontology/edge-kind";
import { edgeKinds } from "../../domain/ontology/edge-kinds";
import { linkPlace } from "../../domain/rules/finding";
import { counted } from "../lint-text";
import type { EdgeDifference, NodeDifference } from "./diff-banks";
import type { ImportPlan } from "./import-plan";

/**
 * Describes everything that a plan would do, a line an item: + new, ~ changed (with its fields below), - removed. What
 * comes with a new node is counted in the node's line.
 */
export function describeChanges({ nodes, edges, removed, stored }: ImportPlan): string {
  const companies = new Map<NodeId, NewItemCounts>();
  for (const { id, before } of nodes) if (!before && ownerIdOf(id) === id) companies.set(id, { things: 0, links: 0 });
  const isCounted = (holder: NodeId, before: object | null, what: keyof NewItemCounts): boolean => {
    const company = before ? undefined : companies.get(ownerIdOf(holder));
    if (company) company[what]++;
    return company !== undefined;
  };
  const ownNodes = nodes.filter(({ id, before }) => ownerIdOf(id) === id || !isCounted(id, before, "things"));
  const ownEdges = edges.filter(({ before, after }) => {
    const edge = after ?? before;
    if (!edge) return false;
    // Nested nodes are counted themselves, so the links that nest them are not.
    const nests = (edgeKinds[edge.edge] as EdgeKindSpec).nests === true && companies.has(ownerIdOf(edge.to));
    return !nests && !isCounted(linkPlace(edge).node, before, "links");
  });
  const lines = [
    ...ownNodes.flatMap((node) => describeNode(node, companies.get(node.id))),
    ...ownEdges.flatMap(describeEdge),
    ...removed.map((id) => `- ${named(id, stored.nodes.get(id)?.slug)}`),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

/** Describes what a plan leaves as it is although the files differ, each with the reason. */
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

/** Puts the first noun into the plural: `2 items kept as edited`. */
const plural = (count: number, noun: string): string =>
  noun.replace(/^((?:new |changed |removed )?)(\w+)/, (_, before: string, word: string) =>
    counted(count, before + word),
  );

const named = (id: NodeId, slug?: string): string =>
  slug === undefined || id.endsWith(`:${slug}`) ? id : `${id} (now ${slug})`;

interface NewItemCounts {
  things: number;
  links: number;
}

function describeNode({ id, before, after }: NodeDifference, company?: NewItemCounts): string[] {
  if (!before) return [`+ ${id}${titleOf(after)}${newItemCountsText(company)}`];
  const renamed = after && after.slug !== before.slug ? [`    slug: ${before.slug} → ${after.slug}`] : [];
  const fields = describeValues({ ...before.fields, ...before.texts }, { ...after?.fields, ...after?.texts });
  return [`~ ${named(id, before.slug)}`, ...renamed, ...fields];
}

const titleOf = (node: NodeState | null): string => {
  const title = node?.fields["title"];
  if (typeof title !== "string") return "";
  return ` ${JSON.stringify(title.length > width ? `${title.slice(0, width - 1)}…` : title)}`;
};

const newItemCountsText = ({ things, links }: NewItemCounts = { things: 0, links: 0 }): string => {
  const parts = [
    ...(things > 0 ? [counted(things, "owned node")] : []),
    ...(links > 0 ? [counted(links, "link")] : []),
  ];
  return parts.length > 0 ? `, with ${parts.join(" and ")}` : "";
};

function describeEdge({ subject, before, after }: EdgeDifference): string[] {
  if (!before) return [`+ ${subject}`];
  if (!after) return [`- ${subject}`];
  const moved = before.order === after.order ? [] : [`    order: ${before.order} → ${after.order}`];
  return [`~ ${subject}`, ...moved, ...describeValues(before.properties, after.properties)];
}

function describeValues(before: Properties, after: Properties): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => canonicalJson(before[name] ?? null) !== canonicalJson(after[name] ?? null))
    .map((name) => {
      const start = shown(before[name], after[name]);
      return `    ${name}: ${short(before[name], start)} → ${short(after[name], start)}`;
    });
}

const width = 60;
const lead = 20;

/** Returns the offset from which to show two values so that their difference is visible. */
function shown(before: unknown, after: unknown): number {
  const [a, b] = [JSON.stringify(before) ?? "", JSON.stringify(after) ?? ""];
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  return Math.max(a.length, b.length) <= width || same < width - lead ? 0 : same - lead;
}

function short(value: unknown, start = 0): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  const part = text.slice(start, start + width - 1);
  return `${start > 0 ? "…" : ""}${text.length - start > width ? `${part}…` : text.slice(start)}`;
}
