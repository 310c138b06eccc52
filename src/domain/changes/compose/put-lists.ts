import { edgeSubject, type EdgeKey } from "../../graph/node";
import { compareText } from "../../graph/order";
import { kindOf, type NodeId } from "../../ids";
import type { EdgeKind } from "../../ontology/edge-kinds";
import { type EdgeRelation, heldRelations, relationsOver } from "../../ontology/relations";
import type { EdgeState } from "../change-set";
import type { StateReader } from "../state-reader";
import type { Composition, InputPath } from "./composition";
import { isNesting } from "./node-input";
import type { StatedLink, StatedList } from "./stated-lists";

/**
 * Makes each list what the input states. Links that are not in it are removed; so are nodes that were nested by them,
 * unless the input nests them elsewhere. From a partial list nothing is removed.
 */
export async function putLists(lists: readonly StatedList[], state: StateReader, out: Composition): Promise<void> {
  const stored = await linksAt(lists, state);
  const claimed = new Set(
    lists.flatMap((list) => (isNesting(list.relation) ? list.links.map(({ other }) => other) : [])),
  );
  const removed = new Map<NodeId, InputPath>();
  for (const list of lists) {
    const { of, relation, path } = list;
    const current = stored.get(keyOf(list)) ?? new Map<NodeId, EdgeState>();
    const links = withoutRepeats(list, out);
    const orders = ordersOf(links, current, relation);
    links.forEach(({ other, properties, path: linkPath }, index) => {
      const order = orders && { order: orders[index] as number };
      if (current.has(other) && !order && Object.keys(properties).length === 0) return;
      out.add({ op: "putEdge", ...endsOf(relation, of, other), ...order, properties }, linkPath);
    });
    if (list.isPartial) continue;
    const stays = new Set(links.map(({ other }) => other));
    for (const [other, { edge, from, to }] of current) {
      if (stays.has(other)) continue;
      // A node that the same input nests elsewhere has moved.
      if (isNesting(relation) && !claimed.has(other)) removed.set(other, path);
      else out.add({ op: "removeEdge", edge, from, to }, path);
    }
  }
  await freeClaimed(removed, claimed, state, out);
  for (const [id, path] of removed) out.add({ op: "removeNode", id }, path);
}

/**
 * Unlinks nodes that the input nests elsewhere from nodes that are to be removed; otherwise they would be removed too.
 */
async function freeClaimed(
  removed: ReadonlyMap<NodeId, InputPath>,
  claimed: ReadonlySet<NodeId>,
  state: StateReader,
  out: Composition,
): Promise<void> {
  const edges = new Set(
    [...removed.keys()].flatMap((id) => heldRelations(kindOf(id)).filter(isNesting)).map(({ edge }) => edge),
  );
  for (const edge of edges) {
    const of = [...removed.keys()].filter((id) => relationsOver(edge, "from", kindOf(id)).length > 0);
    for (const [id, nested] of await state.adjacent({ edge, end: "from", of, limit: everyLink }))
      for (const { from, to } of nested)
        if (claimed.has(to)) out.add({ op: "removeEdge", edge, from, to }, removed.get(id) as InputPath);
  }
}

const everyLink = 1_000_000;
const keyOf = ({ of, relation }: StatedList): string => `${of} ${relation.name}`;

/** The current links of each list, by the node at the other end. Reads once for each edge kind and end. */
async function linksAt(
  lists: readonly StatedList[],
  state: StateReader,
): Promise<ReadonlyMap<string, ReadonlyMap<NodeId, EdgeState>>> {
  const ends = lists.flatMap((list) =>
    (["from", "to"] as const)
      .filter((end) => list.relation.direction !== (end === "from" ? "in" : "out"))
      .map((end) => ({ list, end, read: `${list.relation.edge} ${end}` })),
  );
  const found = new Map<string, Map<NodeId, EdgeState>>();
  for (const read of new Set(ends.map((each) => each.read))) {
    const here = ends.filter((each) => each.read === read);
    const [edge, end] = read.split(" ") as [EdgeKind, "from" | "to"];
    const edges = await state.adjacent({
      edge,
      end,
      of: [...new Set(here.map(({ list }) => list.of))],
      limit: everyLink,
    });
    for (const { list } of here) {
      const links = found.get(keyOf(list)) ?? new Map<NodeId, EdgeState>();
      for (const each of edges.get(list.of) ?? []) {
        const other = end === "from" ? each.to : each.from;
        if (list.relation.targets.includes(kindOf(other))) links.set(other, each);
      }
      found.set(keyOf(list), links);
    }
  }
  return found;
}

function withoutRepeats({ links }: StatedList, out: Composition): readonly StatedLink[] {
  const seen = new Set<NodeId>();
  return links.filter(({ other, path }) => {
    if (!seen.has(other)) return seen.add(other);
    out.report("DUPLICATE", path, `The list already holds ${other}.`);
    return false;
  });
}

/**
 * Positions for all links of a list. Undefined if the list is not ordered, or if the current positions, with new links
 * at the end, already give the wanted order.
 */
function ordersOf(
  links: readonly StatedLink[],
  current: ReadonlyMap<NodeId, EdgeState>,
  { ordered }: EdgeRelation,
): readonly number[] | undefined {
  if (!ordered) return undefined;
  const known = links.map(({ other }) => current.get(other));
  const fits = known.every((edge, index) => {
    const before = known[index - 1];
    return index === 0 || !edge || (before !== undefined && isBefore(before, edge));
  });
  return fits ? undefined : links.map((_, index) => index);
}

const isBefore = (a: EdgeState, b: EdgeState): boolean =>
  (a.order as number) < (b.order as number) || (a.order === b.order && compareText(edgeSubject(a), edgeSubject(b)) < 0);

function endsOf({ edge, direction }: EdgeRelation, of: NodeId, other: NodeId): EdgeKey {
  const outward = direction === "out" || (direction === "both" && compareText(of, other) <= 0);
  return outward ? { edge, from: of, to: other } : { edge, from: other, to: of };
}
