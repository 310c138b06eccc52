import type { Properties } from "../graph/node";
import type { EdgeKindSpec } from "../ontology/edge-kind";
import { edgeKinds } from "../ontology/edge-kinds";
import { nodeKinds } from "../ontology/node-kinds";
import type { Field } from "../ontology/field";
import { type AppliedChange, type Change, type Commit, type EdgeState, type NodeState, subjectOf } from "./change-set";
import { changesBetween } from "./changes-between";
import { fieldChanges, valuesOf } from "./field-changes";
import { ownPart } from "./former-slugs";
import { canonicalJson } from "./hash";
import type { StateReader } from "./state-reader";

/** A field that a commit set and that a later commit changed. A person must say which value it is to have. */
export interface RevertConflict {
  readonly subject: string;
  /** Null if the conflict is about the whole item. */
  readonly field: string | null;
  /** The value that undoing would restore, the value that the commit left, and the current value; null if absent. */
  readonly before: unknown;
  readonly after: unknown;
  readonly now: unknown;
}

interface Revert {
  /** Changes that undo the commit wherever nobody has changed the same since. */
  readonly changes: readonly Change[];
  readonly conflicts: readonly RevertConflict[];
}

type State = NodeState | EdgeState;

/**
 * Computes what undoes a commit in the current graph, field by field. Values that are again as before the commit are
 * left alone. Links that are computed from texts need no change, since they follow by themselves.
 */
export async function revertOf({ changes }: Pick<Commit, "changes">, state: StateReader): Promise<Revert> {
  const own = changes.filter((change) => "node" in change || !isComputed(change));
  const nodes = await state.nodes(own.flatMap((change) => ("node" in change ? [change.node] : [])));
  const edges = await state.edges(own.flatMap((change) => ("node" in change ? [] : [change])));
  const conflicts: RevertConflict[] = [];
  const items = own.flatMap((change): AppliedChange[] => {
    const now: State | null =
      "node" in change ? (nodes.get(change.node)?.state ?? null) : (edges.get(subjectOf(change))?.state ?? null);
    const wanted = undoing(change, now, conflicts);
    return wanted === now ? [] : [{ ...change, before: now, after: wanted } as AppliedChange];
  });
  return { changes: changesBetween(items), conflicts };
}

const isComputed = ({ edge }: Exclude<AppliedChange, { readonly node: unknown }>): boolean =>
  (edgeKinds[edge] as EdgeKindSpec).file === "computed";

/**
 * The state that undoes the change of an item; null if the item must be removed. Adds a conflict for each field, or for
 * the whole item, that cannot be undone, and leaves it as it is now.
 */
function undoing(change: AppliedChange, now: State | null, conflicts: RevertConflict[]): State | null {
  const { before, after } = change;
  const subject = subjectOf(change);
  const whole = (): State | null => {
    conflicts.push({
      subject,
      field: null,
      before: before && valuesOf(before),
      after: after && valuesOf(after),
      now: now && valuesOf(now),
    });
    return now;
  };
  if (!before) return !now || isSame(now, after) ? null : whole();
  if (!after) return !now || isSame(now, before) ? before : whole();
  if (!now) return whole();
  const values = valuesOf(now);
  const restored: Record<string, unknown> = {};
  for (const { field, before: was, after: left } of fieldChanges([change])) {
    if (field === null || (field === "slug" && ownPart(was as string) === ownPart(left as string))) continue;
    const is = values[field] ?? null;
    if (isSame(is, left)) restored[field] = was;
    else if (!isSame(is, was)) conflicts.push({ subject, field, before: was, after: left, now: is });
  }
  return Object.keys(restored).length === 0 ? now : withValues(now, restored);
}

const isSame = (a: unknown, b: unknown): boolean =>
  canonicalJson(comparable(a) ?? null) === canonicalJson(comparable(b) ?? null);

/** Reduces a state to its values, so that former slugs are not compared: they grow by themselves. */
const comparable = (value: unknown): unknown =>
  typeof value === "object" && value !== null && "kind" in value ? valuesOf(value as State) : value;

function withValues(state: State, values: Properties): State {
  if (!("id" in state)) {
    const { order = state.order, ...properties } = values;
    return { ...state, ...(typeof order === "number" && { order }), properties: patched(state.properties, properties) };
  }
  const { slug = state.slug, ...rest } = values;
  const specs = nodeKinds[state.kind].fields as Readonly<Record<string, Field>>;
  const part = (long: boolean): Properties =>
    Object.fromEntries(Object.entries(rest).filter(([name]) => specs[name]?.long === long));
  return {
    ...state,
    slug: slug as string,
    fields: patched(state.fields, part(false)),
    texts: patched(state.texts, part(true)) as NodeState["texts"],
  };
}

const patched = (values: Properties, patch: Properties): Properties =>
  Object.fromEntries(Object.entries({ ...values, ...patch }).filter(([, value]) => value !== null));
/**
 * Returns changes that undo commits which follow each other: one for each changed item, from the state that the last
 * commit left to the state that the first commit found. Items are in the order in which they were first changed.
 */
export function undone(commits: readonly Pick<Commit, "changes">[]): readonly AppliedChange[] {
  const bySubject = new Map<string, AppliedChange>();
  for (const { changes } of commits) {
    for (const change of changes) {
      const subject = subjectOf(change);
      const first = bySubject.get(subject);
      bySubject.set(subject, {
        ...change,
        before: change.after,
        after: first ? first.after : change.before,
      } as AppliedChange);
    }
  }
  return [...bySubject.values()];
}
