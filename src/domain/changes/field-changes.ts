import type { Properties } from "../graph/node";
import { edgeKinds } from "../ontology/edge-kinds";
import { nodeKinds } from "../ontology/node-kinds";
import { kindOf } from "../ids";
import { type AppliedChange, type EdgeState, type NodeState, subjectOf } from "./change-set";
import { canonicalJson } from "./hash";

export type ChangeType = "CREATED" | "CHANGED" | "REMOVED";

/** What became of one field of one item. */
export interface FieldChange {
  /** The node's id, or `KIND from to` for an edge. */
  readonly subject: string;
  /** What became of the item. */
  readonly changeType: ChangeType;
  /** A field of the ontology, `slug`, or `order`; null for an item that has none. */
  readonly field: string | null;
  /** Null where it was absent. */
  readonly before: unknown;
  readonly after: unknown;
}

export const changeTypeOf = ({ before, after }: Pick<AppliedChange, "before" | "after">): ChangeType =>
  before === null ? "CREATED" : after === null ? "REMOVED" : "CHANGED";

/** How many field changes there are of one item, at least 1. */
export function fieldChangeCount(change: AppliedChange): number {
  if (change.before && change.after) return ofItem(change).length;
  const values = valuesOf(change.after ?? change.before);
  const fields = fieldNames(change).reduce((count, field) => count + ((values[field] ?? null) === null ? 0 : 1), 0);
  return Math.max(fields, 1);
}

/** Field by field what the changes did, in their order; the fields of an item in that of the ontology. */
export const fieldChanges = (changes: readonly AppliedChange[]): readonly FieldChange[] => changes.flatMap(ofItem);

function ofItem(change: AppliedChange): FieldChange[] {
  const [before, after] = [valuesOf(change.before), valuesOf(change.after)];
  const item = { subject: subjectOf(change), changeType: changeTypeOf(change) };
  const fields = fieldNames(change).flatMap((field): FieldChange[] => {
    const [was, is] = [before[field] ?? null, after[field] ?? null];
    return canonicalJson(was) === canonicalJson(is) ? [] : [{ ...item, field, before: was, after: is }];
  });
  return fields.length > 0 ? fields : [{ ...item, field: null, before: null, after: null }];
}

const fieldNames = (change: AppliedChange): readonly string[] =>
  "node" in change
    ? ["slug", ...Object.keys(nodeKinds[kindOf(change.node)].fields)]
    : ["order", ...Object.keys(edgeKinds[change.edge].properties)];

/** All that an item holds, by field; nothing for one that is not there. */
export function valuesOf(state: NodeState | EdgeState | null): Properties {
  if (state === null) return {};
  if ("id" in state) return { slug: state.slug, ...state.fields, ...state.texts };
  return { ...(state.order !== undefined && { order: state.order }), ...state.properties };
}
