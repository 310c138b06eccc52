import type { Properties } from "../graph/node";
import { edgeKinds } from "../ontology/edge-kinds";
import { nodeKinds } from "../ontology/node-kinds";
import { kindOf } from "../ids";
import { type AppliedChange, type EdgeState, type NodeState, subjectOf } from "./change-set";
import { canonicalJson } from "./hash";

export type ChangeType = "CREATED" | "CHANGED" | "REMOVED";

export interface FieldChange {
  /** The id of a node, or `KIND from to` for an edge. */
  readonly subject: string;
  /** The change type of the whole item. */
  readonly changeType: ChangeType;
  /** A field of the ontology, `slug` or `order`. Null if no field of the item changed. */
  readonly field: string | null;
  /** Null if the field was absent; likewise `after`. */
  readonly before: unknown;
  readonly after: unknown;
}

export const changeTypeOf = ({ before, after }: Pick<AppliedChange, "before" | "after">): ChangeType =>
  before === null ? "CREATED" : after === null ? "REMOVED" : "CHANGED";

/** The number of field changes of one item, as `fieldChanges` would list them; at least 1. */
export function fieldChangeCount(change: AppliedChange): number {
  if (change.before && change.after) return ofItem(change).length;
  const values = valuesOf(change.after ?? change.before);
  const fields = fieldNames(change).reduce((count, field) => count + ((values[field] ?? null) === null ? 0 : 1), 0);
  return Math.max(fields, 1);
}

/**
 * The field changes, in the order of the changes. The fields of one item are in the ontology's order, after `slug` or
 * `order`. An item without a changed field has one entry, whose field is null.
 */
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

/** All values of an item, by field. Empty for null. */
export function valuesOf(state: NodeState | EdgeState | null): Properties {
  if (state === null) return {};
  if ("id" in state) return { slug: state.slug, ...state.fields, ...state.texts };
  return { ...(state.order !== undefined && { order: state.order }), ...state.properties };
}
