import type { Change, EdgeState } from "../../domain/changes/change-set";
import { compareText } from "../../domain/graph/order";
import { kindOf, type NodeId, ownerIdOf } from "../../domain/ids";
import { bankView } from "../../domain/rules/bank-view";
import { linkPlace } from "../../domain/rules/finding";
import type { EdgeDifference, NodeDifference } from "./diff-banks";
import { type ImportPlan, mentionedIn } from "./import-plan";
import { batchLimits, type BatchLimits, Packer } from "./packer";
import { edgeChange, nodeChanges, removalGroups } from "./removal-groups";
import { creationRank, dependentOf } from "./required-links";

/**
 * Returns a plan's changes as commits, each of which leaves a sound bank. First come removed links. Then come the files
 * one after another: nodes with the links that they require and all that they own, each followed by the new links whose
 * ends exist by then. Then come removed nodes. Last come nodes that are put again because their texts link to nodes of
 * a later commit. A link that is in one commit with its ends needs no look at the store.
 */
export function batches(plan: ImportPlan, limits: BatchLimits = batchLimits): Change[][] {
  const mentions = mentionsOf(plan);
  const packer = new Packer(limits, weigher(plan, mentions));
  for (const group of groupsOf(plan)) packer.add(group);

  const isNew = new Set(plan.nodes.flatMap(({ id, before }) => (before ? [] : [id])));
  const ahead = plan.nodes.filter(({ id }) =>
    (mentions.get(id) ?? []).some((other) => isNew.has(other) && packer.commitOf(other) > packer.commitOf(id)),
  );
  for (const id of [...ahead.map((node) => node.id), ...plan.unmentioned])
    packer.add([{ op: "putNode", id, fields: {} }]);
  return packer.commits;
}

type Mentions = ReadonlyMap<NodeId, readonly NodeId[]>;

function mentionsOf({ files, nodes, unmentioned }: ImportPlan): Mentions {
  const view = bankView(files);
  return new Map([...nodes.map(({ id }) => id), ...unmentioned].map((id) => [id, mentionedIn(view, id)]));
}

/**
 * Returns a function for the most items that a change can change. A put node carries its computed links; a removed node
 * carries everything that it has.
 */
function weigher({ stored, removed }: ImportPlan, mentions: Mentions): (change: Change) => number {
  const carried = new Map<NodeId, number>(removed.map((id) => [ownerIdOf(id), 1]));
  const carry = (id: NodeId) => {
    const weight = carried.get(ownerIdOf(id));
    if (weight !== undefined) carried.set(ownerIdOf(id), weight + 1);
  };
  if (removed.length > 0) {
    for (const id of stored.nodes.keys()) carry(id);
    for (const { from, to } of stored.edges) [from, to].forEach(carry);
  }
  return (change) => {
    if (change.op === "putNode") return 1 + (mentions.get(change.id)?.length ?? 0);
    return change.op === "removeNode" ? (carried.get(ownerIdOf(change.id)) ?? 1) : 1;
  };
}

function groupsOf(plan: ImportPlan): Change[][] {
  const { stored, nodes, edges } = plan;
  const byFile = new Map<NodeId, Change[]>();
  const inFileOf = (id: NodeId): Change[] => {
    const owner = ownerIdOf(id);
    const group = byFile.get(owner) ?? [];
    byFile.set(owner, group);
    return group;
  };
  // An owned node can be created only once its owner exists.
  const isOwner = ({ id }: NodeDifference) => ownerIdOf(id) === id;
  for (const node of [...nodes.filter(isOwner), ...nodes.filter((each) => !isOwner(each))])
    inFileOf(node.id).push(...nodeChanges(node, stored));

  const unlinked: Change[][] = [];
  const added: EdgeDifference[] = [];
  for (const edge of edges) {
    const home = homeOf(edge);
    if (home) inFileOf(home).push(edgeChange(edge, stored));
    else if (edge.after) added.push(edge);
    else unlinked.push([edgeChange(edge, stored)]);
  }
  const removals = removalGroups(plan);
  for (const { owner, changes } of removals.owned) inFileOf(owner).push(...changes);

  const order = [...byFile.keys()].sort(
    (a, b) => creationRank(kindOf(a)) - creationRank(kindOf(b)) || compareText(a, b),
  );
  const places = new Map(order.map((owner, place) => [owner, place]));
  const links: Change[][][] = [[], ...order.map(() => [])];
  for (const edge of added) {
    const { from, to } = edge.after as EdgeState;
    const place = Math.max(...[from, to].map((end) => places.get(ownerIdOf(end)) ?? -1));
    (links[place + 1] as Change[][]).push([edgeChange(edge, stored)]);
  }
  const files = order.flatMap((owner, place) => [byFile.get(owner) as Change[], ...(links[place + 1] as Change[][])]);
  return [...unlinked, ...removals.unlinkings, ...files, ...(links[0] as Change[][]), ...removals.last];
}

/**
 * Returns the node whose file a link must change with: a node that requires the link, or the holder of a link that
 * stays. Returns null for other links.
 */
function homeOf({ before, after }: EdgeDifference): NodeId | null {
  const edge = after ?? before;
  if (!edge) return null;
  return dependentOf(edge) ?? (before && after ? linkPlace(edge).node : null);
}
