import type { Change, EdgeState, NodeState } from "../../domain/changes/change-set";
import { ownPart, renamesOf } from "../../domain/changes/former-slugs";
import { canonicalJson } from "../../domain/changes/hash";
import { edgeSubject, type Properties, type Revision } from "../../domain/graph/node";
import { kindOf, type NodeId, ownerIdOf } from "../../domain/ids";
import type { EdgeKindSpec } from "../../domain/ontology/edge-kind";
import { edgeKinds } from "../../domain/ontology/edge-kinds";
import { type EdgeDifference, holderOf, missingFormerSlugs, type NodeDifference } from "./diff-banks";
import type { ImportPlan } from "./import-plan";
import { creationRank, dependentOf } from "./required-links";
import type { StoredBank } from "./stored-bank";

/** The removals of a plan's nodes. Each group may be a commit of its own, in this order. */
interface RemovalGroups {
  /**
   * Links that the removed nodes hold, except links that a node requires. They go first, so that nothing has to wait
   * for them.
   */
  readonly unlinkings: readonly Change[][];
  /** Owned nodes that are removed from the file of an owner that stays. */
  readonly owned: readonly { readonly owner: NodeId; readonly changes: readonly Change[] }[];
  /**
   * Nodes that are removed with all that they own, and owned nodes that texts link to until these groups remove the
   * links.
   */
  readonly last: readonly Change[][];
}

export function removalGroups(plan: ImportPlan): RemovalGroups {
  const { stored, removed } = plan;
  const leaving = withNested(plan);
  const held = stored.edges.filter((edge) => leaving.has(holderOf(edge, stored)) && !nests(edge) && !dependentOf(edge));
  const parents = new Map(stored.edges.filter(nests).map((edge) => [edge.to, edge]));
  const removal = (id: NodeId): Change[] => {
    const nesting = parents.get(id);
    return [...(nesting ? [unlink(nesting, stored)] : []), ...nodeChanges({ id, before: null, after: null }, stored)];
  };
  // The rename of an owner may have changed an owned node by then, so no revision of that node is expected.
  const lastRemoval = (id: NodeId): Change[] =>
    ownerIdOf(id) === id ? removal(id) : [...removal(id).slice(0, -1), { op: "removeNode", id }];

  const mentioners = mentionersOf(stored);
  const isMentioned = (id: NodeId) => [...(mentioners.get(id) ?? [])].some((by) => ownerIdOf(by) !== ownerIdOf(id));
  const early = removed.filter((id) => ownerIdOf(id) !== id && !isMentioned(id));
  const late = removed
    .filter((id) => !early.includes(id))
    .sort((a, b) => creationRank(kindOf(b)) - creationRank(kindOf(a)));
  return {
    unlinkings: held.map((edge) => [unlink(edge, stored)]),
    owned: early.map((id) => ({ owner: ownerIdOf(id), changes: removal(id) })),
    last: mentionersFirst(late, leaving, mentioners).map((group) => group.flatMap(lastRemoval)),
  };
}

const nests = ({ edge }: EdgeState): boolean => (edgeKinds[edge] as EdgeKindSpec).nests === true;
const unlink = (edge: EdgeState, stored: StoredBank): Change =>
  edgeChange({ subject: edgeSubject(edge), before: edge, after: null }, stored);

/**
 * Returns the removed nodes and everything nested under them at any depth, each with the removed node that it goes
 * with. Nodes that the files still hold are left out: they move.
 */
function withNested({ stored, files, removed }: ImportPlan): Map<NodeId, NodeId> {
  const found = new Map(removed.map((id) => [id, id]));
  const nesting = stored.edges.filter((edge) => nests(edge) && !files.nodes.has(edge.to));
  for (let size = -1; size !== found.size;) {
    size = found.size;
    for (const { from, to } of nesting) {
      const root = found.get(from);
      if (root && !found.has(to)) found.set(to, root);
    }
  }
  return found;
}

function mentionersOf({ mentions }: StoredBank): Map<NodeId, Set<NodeId>> {
  const mentioners = new Map<NodeId, Set<NodeId>>();
  for (const [from, targets] of mentions)
    for (const to of targets) mentioners.set(to, (mentioners.get(to) ?? new Set()).add(from));
  return mentioners;
}

/**
 * Returns the nodes in groups. Each node comes after the nodes that mention it or anything that goes with it. Nodes in
 * or behind a cycle of mentions are one group, at the end.
 */
function mentionersFirst(
  ids: readonly NodeId[],
  leaving: ReadonlyMap<NodeId, NodeId>,
  mentioners: ReadonlyMap<NodeId, ReadonlySet<NodeId>>,
): NodeId[][] {
  const waitsFor = new Map(ids.map((id) => [id, new Set<NodeId>()]));
  for (const [id, root] of leaving)
    for (const by of mentioners.get(id) ?? []) {
      const other = leaving.get(by);
      if (other && other !== root) waitsFor.get(root)?.add(other);
    }
  const order: NodeId[][] = [];
  for (let waiting = [...ids]; waiting.length > 0;) {
    const left = new Set(waiting);
    const free = waiting.filter((id) => ![...(waitsFor.get(id) ?? [])].some((other) => left.has(other)));
    order.push(...(free.length > 0 ? free.map((id) => [id]) : [waiting]));
    waiting = free.length > 0 ? waiting.filter((id) => !free.includes(id)) : [];
  }
  return order;
}

export function nodeChanges({ id, before, after }: NodeDifference, { revisions }: StoredBank): Change[] {
  if (!after) return [{ op: "removeNode", id, ...expecting(revisions.get(id)) }];
  const fields = patch(valuesOf(before), valuesOf(after));
  const put: Change = { op: "putNode", id, fields, ...expecting(revisions.get(id)) };
  const renames = before ? renamesBetween(before, after) : renamesOf(after);
  return [put, ...renames.map((slug): Change => ({ op: "rename", id, slug }))];
}

export function edgeChange({ subject, before, after }: EdgeDifference, { revisions }: StoredBank): Change {
  const expected = expecting(revisions.get(subject));
  const { edge, from, to, order, properties } = (after ?? before) as EdgeState;
  if (!after) return { op: "removeEdge", edge, from, to, ...expected };
  const changed = patch(before?.properties ?? {}, properties);
  return { op: "putEdge", edge, from, to, ...(order === undefined ? {} : { order }), properties: changed, ...expected };
}

const expecting = (revision: Revision | undefined) => (revision === undefined ? {} : { expectedRevision: revision });
const valuesOf = (node: NodeState | null): Properties => ({ ...node?.fields, ...node?.texts });

/** Returns the properties that differ, with null for those that are gone. */
function patch(before: Properties, after: Properties): Properties {
  const changed = Object.entries(after).filter(
    ([name, value]) => before[name] === undefined || canonicalJson(before[name]) !== canonicalJson(value),
  );
  const cleared = Object.keys(before).filter((name) => after[name] === undefined);
  return Object.fromEntries([...changed, ...cleared.map((name): [string, null] => [name, null])]);
}

function renamesBetween(before: NodeState, after: NodeState): string[] {
  const former = missingFormerSlugs(before, after);
  const current = ownPart(after.slug);
  return former.length > 0 || ownPart(before.slug) !== current ? [...former, current] : [];
}
