import type { EdgeState, NodeState } from "../../domain/changes/change-set";
import { ownFormerSlugs, ownPart } from "../../domain/changes/former-slugs";
import { canonicalJson } from "../../domain/changes/hash";
import { edgeSubject } from "../../domain/graph/node";
import { compareText } from "../../domain/graph/order";
import type { NodeId } from "../../domain/ids";
import type { EdgeKindSpec } from "../../domain/ontology/edge-kind";
import { edgeKinds } from "../../domain/ontology/edge-kinds";
import type { Bank } from "../../domain/rules/bank-view";
import type { StoredBank } from "./stored-bank";

/** A node that differs. `before` is null if the store lacks it, `after` is null if the files lack it. */
export interface NodeDifference {
  readonly id: NodeId;
  readonly before: NodeState | null;
  readonly after: NodeState | null;
}

/**
 * A link that differs. `before` is null if the store lacks it, `after` is null if the file that would hold it lacks it.
 */
export interface EdgeDifference {
  readonly subject: string;
  readonly before: EdgeState | null;
  readonly after: EdgeState | null;
}

export interface BankDifference {
  readonly nodes: readonly NodeDifference[];
  readonly edges: readonly EdgeDifference[];
}

/**
 * Returns the changes that make the store hold what the files hold. A removed node takes its own links and those that
 * nest nodes under it along, so they are no differences of their own.
 */
export function diffBanks(files: Bank, stored: StoredBank): BankDifference {
  const nodes: NodeDifference[] = [];
  for (const after of files.nodes.values()) {
    const before = stored.nodes.get(after.id) ?? null;
    if (!before || !sameNode(before, after)) nodes.push({ id: after.id, before, after });
  }
  for (const before of stored.nodes.values())
    if (!files.nodes.has(before.id)) nodes.push({ id: before.id, before, after: null });

  const edges: EdgeDifference[] = [];
  const wanted = new Set<string>();
  for (const after of withStoredOrders(files, stored)) {
    const subject = edgeSubject(after);
    wanted.add(subject);
    const before = stored.edgesBySubject.get(subject) ?? null;
    if (!before || canonicalJson(before) !== canonicalJson(after)) edges.push({ subject, before, after });
  }
  for (const before of stored.edges) {
    const subject = edgeSubject(before);
    // A nested node that moved must leave its old place first, so that it does not go with that place.
    const keeper = (edgeKinds[before.edge] as EdgeKindSpec).nests ? before.to : holderOf(before, stored);
    if (!wanted.has(subject) && files.nodes.has(keeper)) edges.push({ subject, before, after: null });
  }
  return { nodes, edges };
}

function sameNode(before: NodeState, after: NodeState): boolean {
  return (
    ownPart(before.slug) === ownPart(after.slug) &&
    missingFormerSlugs(before, after).length === 0 &&
    canonicalJson([before.fields, before.texts]) === canonicalJson([after.fields, after.texts])
  );
}

/** Returns earlier slugs, without the owner's, that the files know and the store does not. */
export function missingFormerSlugs(before: NodeState, after: NodeState): string[] {
  const known = new Set([...ownFormerSlugs(before), ownPart(before.slug)]);
  return ownFormerSlugs(after).filter((slug) => !known.has(slug));
}

/**
 * Returns the files' links with the store's positions for lists of the same members in the same sequence. Positions may
 * have gaps, and a gap is not a difference.
 */
function withStoredOrders(files: Bank, stored: StoredBank): EdgeState[] {
  const lists = new Map<string, EdgeState[]>();
  for (const edge of files.edges) {
    if (edge.order === undefined) continue;
    const end = (edgeKinds[edge.edge] as EdgeKindSpec).orderedBy as "from" | "to";
    const key = `${edge.edge} ${edge[end]}`;
    const list = lists.get(key);
    if (list) list.push(edge);
    else lists.set(key, [edge]);
  }
  const orders = new Map<EdgeState, number>();
  for (const list of lists.values()) {
    list.sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
    const known = list.map((edge) => stored.edgesBySubject.get(edgeSubject(edge)));
    if (known.every((edge, index) => edge && (index === 0 || isBefore(known[index - 1] as EdgeState, edge))))
      list.forEach((edge, index) => orders.set(edge, known[index]?.order as number));
  }
  return files.edges.map((edge) => (orders.has(edge) ? { ...edge, order: orders.get(edge) as number } : edge));
}

/** Compares two links of one list by position, then by subject. */
const isBefore = (a: EdgeState, b: EdgeState): boolean =>
  (a.order as number) < (b.order as number) || (a.order === b.order && compareText(edgeSubject(a), edgeSubject(b)) < 0);
/**
 * Returns the node whose part of a file holds the link. An undirected link is held by the end whose slug sorts first.
 */
export function holderOf({ edge, from, to }: EdgeState, bank: Bank): NodeId {
  const spec: EdgeKindSpec = edgeKinds[edge];
  if (!spec.undirected) return spec.file === "to" ? to : from;
  const slug = (id: NodeId) => bank.nodes.get(id)?.slug ?? id;
  return compareText(slug(from), slug(to)) < 0 ? from : to;
}

/**
 * True if the link is removed with the node: the node's file holds the link, the link is undirected, or the link nests
 * one node under another.
 */
export function goesWith({ edge, from, to }: EdgeState, node: NodeId): boolean {
  const spec: EdgeKindSpec = edgeKinds[edge];
  if (spec.nests) return true;
  return spec.undirected === true || node === (spec.file === "to" ? to : from);
}
