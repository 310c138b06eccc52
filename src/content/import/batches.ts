import type { Change, EdgeState } from "../../domain/changes/change-set";
import { edgeSubject } from "../../domain/graph/node";
import { compareText } from "../../domain/graph/order";
import { kindOf, type NodeId, ownerIdOf } from "../../domain/ids";
import type { EdgeKindSpec } from "../../domain/ontology/edge-kind";
import { edgeKinds } from "../../domain/ontology/edge-kinds";
import { viewOf } from "../../domain/rules/bank-view";
import { linkPlace } from "../../domain/rules/link-place";
import { edgeChange, nodeChanges } from "./changes";
import type { EdgeDifference } from "./diff-banks";
import type { ImportPlan } from "./import-plan";
import { mentionedIn } from "./mentioned";
import { creationRank, dependentOf } from "./required-links";
import type { StoredBank } from "./stored-bank";

/** How large a commit of an import may be; one group of changes that belong together may be larger. */
export interface BatchLimits {
  readonly items: number;
  readonly bytes: number;
}
export const batchLimits: BatchLimits = { items: 2_000, bytes: 4_000_000 };

/**
 * The changes of a plan as commits, each of which leaves a sound bank: first links that go, then file after file (nodes
 * with the links they cannot be without, and what they own), then new links, then nodes that go, and at last the nodes
 * again whose texts link to what a later commit than theirs created.
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
  const view = viewOf(files);
  return new Map([...nodes.map(({ id }) => id), ...unmentioned].map((id) => [id, mentionedIn(view, id)]));
}

/** Tells how many items a change changes at most: with a node go its computed links, with a removed one all that it has. */
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

class Packer {
  readonly commits: Change[][] = [];
  private readonly places = new Map<NodeId, number>();
  private items = 0;
  private bytes = 0;

  constructor(
    private readonly limits: BatchLimits,
    private readonly weightOf: (change: Change) => number,
  ) {}

  add(group: readonly Change[]): void {
    const items = group.reduce((sum, change) => sum + this.weightOf(change), 0);
    const bytes = JSON.stringify(group).length;
    const last = this.commits.at(-1);
    const fits = last && this.items + items <= this.limits.items && this.bytes + bytes <= this.limits.bytes;
    if (fits) last.push(...group);
    else this.commits.push([...group]);
    this.items = fits ? this.items + items : items;
    this.bytes = fits ? this.bytes + bytes : bytes;
    for (const change of group) if (change.op === "putNode") this.places.set(change.id, this.commits.length - 1);
  }

  /** The commit that puts a node, counted from 0. */
  commitOf(id: NodeId): number {
    return this.places.get(id) ?? -1;
  }
}

function groupsOf({ stored, nodes, edges, removed }: ImportPlan): Change[][] {
  const byFile = new Map<NodeId, Change[]>();
  const inFileOf = (id: NodeId): Change[] => {
    const owner = ownerIdOf(id);
    const group = byFile.get(owner) ?? [];
    byFile.set(owner, group);
    return group;
  };
  // Owners come before what they own: ids of owned nodes are not in the order of creation otherwise.
  for (const node of [...nodes].sort((a, b) => Number(ownerIdOf(a.id) !== a.id) - Number(ownerIdOf(b.id) !== b.id)))
    inFileOf(node.id).push(...nodeChanges(node, stored));

  const unlinked: Change[][] = [];
  const linked: Change[][] = [];
  for (const edge of edges) {
    const change = edgeChange(edge, stored);
    const home = homeOf(edge);
    if (home) inFileOf(home).push(change);
    else (edge.after ? linked : unlinked).push([change]);
  }
  const pruned: Change[][] = [];
  const nesting = nestingEdges(stored, removed);
  for (const id of removed) {
    const nest = nesting.get(id);
    const change = [
      ...(nest ? [edgeChange({ subject: edgeSubject(nest), before: nest, after: null }, stored)] : []),
      ...nodeChanges({ id, before: null, after: null }, stored),
    ];
    // What other files' texts still link to can only go after those.
    const isMentioned = [...stored.mentions].some(([from, to]) => to.has(id) && ownerIdOf(from) !== ownerIdOf(id));
    if (ownerIdOf(id) === id || isMentioned) pruned.push(change);
    else inFileOf(id).push(...change);
  }
  const files = [...byFile].sort(([a], [b]) => creationRank(kindOf(a)) - creationRank(kindOf(b)) || compareText(a, b));
  return [...unlinked, ...files.map(([, group]) => group), ...linked, ...pruned];
}

/** The links by which the nodes hang under ones that stay. */
function nestingEdges({ edges }: StoredBank, ids: readonly NodeId[]): ReadonlyMap<NodeId, EdgeState> {
  const wanted = new Set(ids);
  const nesting = edges.filter(({ edge, to }) => wanted.has(to) && (edgeKinds[edge] as EdgeKindSpec).nests);
  return new Map(nesting.map((edge) => [edge.to, edge]));
}

/** The node with whose file a link must change: one that cannot be without it, or the holder of a link that stays. */
function homeOf({ before, after }: EdgeDifference): NodeId | null {
  const edge = after ?? before;
  if (!edge) return null;
  return dependentOf(edge) ?? (before && after ? linkPlace(edge).node : null);
}
