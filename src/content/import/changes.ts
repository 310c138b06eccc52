import type { Change, EdgeState, NodeState } from "../../domain/changes/change-set";
import { ownPart, renamesOf } from "../../domain/changes/former-slugs";
import { canonicalJson } from "../../domain/changes/hash";
import type { Properties, Revision } from "../../domain/graph/node";
import { type EdgeDifference, missingFormerSlugs, type NodeDifference } from "./diff-banks";
import type { StoredBank } from "./stored-bank";

/** The changes that bring about one difference of a node. */
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

/** What differs; null for what is gone. */
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
