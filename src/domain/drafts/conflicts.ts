import { type AppliedChange, type Change, subjectOf } from "../changes/change-set";
import { valuesOf } from "../changes/field-changes";
import { canonicalJson } from "../changes/hash";
import { type Plan, planChanges } from "../changes/plan-commit";
import type { StateReader } from "../changes/state-reader";
import type { Finding } from "../errors";
import type { EdgeKey } from "../graph/node";
import type { NodeId } from "../ids";
import type { EdgeKind } from "../ontology/edge-kinds";
import type { Draft } from "./draft-store";

/** A field that was published with another value since the draft changed it. */
export interface Conflict {
  /** The id of a node, or `KIND from to` for an edge. */
  readonly subject: string;
  /** Null if the item itself was removed. */
  readonly field: string | null;
  /** The published value when the draft last changed the field. Null if absent; likewise `published` and `draft`. */
  readonly base: unknown;
  readonly published: unknown;
  readonly draft: unknown;
}

/**
 * The conflicts of a draft: fields whose published value is neither their base nor what the draft says, and items that
 * were removed though the draft keeps them.
 */
export async function conflictsOf(
  { base, changes: own }: Pick<Draft, "base" | "changes">,
  { changes }: Plan,
  published: StateReader,
): Promise<readonly Conflict[]> {
  const bySubject = new Map(changes.map((change) => [subjectOf(change), change]));
  const last = new Map(own.map((change) => [subjectOf(change), change.op]));
  const gone = await missing(
    Object.keys(base).filter((subject) => base[subject]?.existed),
    published,
  );
  return Object.entries(base).flatMap(([subject, { values }]): Conflict[] => {
    const change = bySubject.get(subject);
    if (gone.has(subject)) {
      const isKept = last.has(subject) && !last.get(subject)?.startsWith("remove");
      return isKept ? [{ subject, field: null, base: null, published: null, draft: null }] : [];
    }
    return change ? fieldConflicts(subject, values, change) : [];
  });
}

function fieldConflicts(subject: string, base: Draft["base"][string]["values"], change: AppliedChange): Conflict[] {
  const [before, after] = [valuesOf(change.before), valuesOf(change.after)];
  return Object.entries(base).flatMap(([field, was]): Conflict[] => {
    const [published, draft] = [before[field] ?? null, after[field] ?? null];
    const differs = (a: unknown, b: unknown) => canonicalJson(a) !== canonicalJson(b);
    return differs(published, was) && differs(published, draft)
      ? [{ subject, field, base: was, published, draft }]
      : [];
  });
}

async function missing(subjects: readonly string[], state: StateReader): Promise<ReadonlySet<string>> {
  const nodes = subjects.filter((subject) => !subject.includes(" ")) as NodeId[];
  const edges = subjects.filter((subject) => subject.includes(" ")).map(keyOf);
  const found = new Set<string>([...(await state.nodes(nodes)).keys(), ...(await state.edges(edges)).keys()]);
  return new Set(subjects.filter((subject) => !found.has(subject)));
}

function keyOf(subject: string): EdgeKey {
  const [edge, from, to] = subject.split(" ");
  return { edge: edge as EdgeKind, from: from as NodeId, to: to as NodeId };
}

/** Turns a conflict into a fault that prevents the draft's publication. */
export function conflictFinding({ subject, field, base, published, draft }: Conflict): Finding {
  const say = (value: unknown) => (value === null ? "nothing" : JSON.stringify(value).slice(0, 80));
  const message =
    field === null
      ? `${subject} was removed since the change set changed it.`
      : `${subject}: ${field} was ${say(base)} when the change set changed it to ${say(draft)}, but has been published as ${say(published)} since. Save the field again to settle it.`;
  return { code: "STALE_REVISION", subject, message, ...(field !== null && { field }) };
}

/**
 * Plans what publishing the draft would change in the graph that the reader shows, and finds the faults that prevent
 * it. The changes make a whole graph even then: parts at fault, and links to what does not exist, are left out.
 */
export const previewOf = async (draft: Pick<Draft, "title" | "changes">, reader: StateReader): Promise<Plan> =>
  planChanges({ title: draft.title, changes: await outstanding(draft.changes, reader) }, reader);

/**
 * The changes, without removals of items that do not exist any more. Somebody else has removed these, which is no fault
 * of the draft.
 */
async function outstanding(changes: readonly Change[], reader: StateReader): Promise<readonly Change[]> {
  const nodes = await reader.nodes(changes.flatMap((change) => (change.op === "removeNode" ? [change.id] : [])));
  const edges = await reader.edges(changes.flatMap((change) => (change.op === "removeEdge" ? [change] : [])));
  const there = new Set<string>([...nodes.keys(), ...edges.keys()]);
  return changes.filter((change) => {
    const subject = subjectOf(change);
    if (change.op === "putNode" || change.op === "putEdge") there.add(subject);
    return !change.op.startsWith("remove") || there.has(subject);
  });
}
