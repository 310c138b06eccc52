import { assertMay, may } from "../access/permissions";
import { type AppliedChange, subjectOf } from "../changes/change-set";
import type { Composed, Edit } from "../changes/compose/composition";
import { placeFinding } from "../changes/compose/save-node";
import { type Plan, planChanges } from "../changes/plan-commit";
import type { StateReader } from "../changes/state-reader";
import type { Finding, FindingCode } from "../errors";
import type { Revision } from "../graph/node";
import type { GraphStore, LastChanges } from "../graph/port";
import { edgeKinds } from "../ontology/edge-kinds";
import { type Call, commitOptionsOf, type Fault, orRefused, type Outcome, Refusal, refused, succeeded } from "./call";

export interface EditRequest {
  readonly edit: Edit;
  /** The title of the commit, if the edit is published at once. */
  readonly title: string;
  /** The revision at which the author saw what the edit changes; null skips the check for changes made since. */
  readonly expectedRevision: Revision | null;
}

/**
 * Publishes an edit at once. The edit is composed at the moment of the commit, over the graph as it is then. Returns
 * the outcome with faults instead if the edit is faulty, or if the principal may only write into a change set. Throws
 * as `assertMay` and the store do.
 */
export async function editGraph(call: Call, request: EditRequest, store: GraphStore): Promise<Outcome> {
  assertMay(call.principal, "edit");
  if (!may(call.principal, "editGraph")) return refused([changeSetRequired]);
  const committed = store.commit(
    async (state, log) => ({ title: request.title, planned: await publishable(request, state, log) }),
    commitOptionsOf(call),
  );
  return orRefused(
    committed.then(({ revision, changes }) => succeeded({ revision, changes: changes === 0 ? [] : null })),
  );
}

/** Returns what `editGraph` would do to the graph that `state` shows. Nothing is written. */
export async function tryEdit(
  call: Call,
  request: EditRequest,
  state: StateReader,
  log: LastChanges,
): Promise<Outcome> {
  assertMay(call.principal, "edit");
  if (!may(call.principal, "editGraph")) return refused([changeSetRequired]);
  return orRefused(publishable(request, state, log).then((changes) => succeeded({ changes, preview: [changes] })));
}

const changeSetRequired: Fault = {
  code: "CHANGE_SET_REQUIRED",
  path: ["changeSet"],
  message: "Authors write into a change set: open one and name it here; an editor publishes it.",
};

/** The changes of the edit, composed over the state. Throws a Refusal with all faults of the edit. */
async function publishable(
  request: EditRequest,
  state: StateReader,
  log: LastChanges,
): Promise<readonly AppliedChange[]> {
  const composed = await request.edit(state);
  const { plan, stale } = await planned(composed, request, state, log);
  const faults = editFaults(composed, [...stale, ...plan.findings], "graph");
  if (faults.length > 0) throw new Refusal(faults);
  return plan.changes;
}

/**
 * Plans a composed edit. `stale` holds a finding for each item that others changed after `expectedRevision`; empty if
 * that is null.
 */
export async function planned(
  composed: Composed,
  { expectedRevision }: Pick<EditRequest, "expectedRevision">,
  state: StateReader,
  log: LastChanges,
): Promise<{ readonly plan: Plan; readonly stale: readonly Finding[] }> {
  const plan = await planChanges({ title: "", changes: composed.changes }, state);
  return { plan, stale: expectedRevision === null ? [] : await staleFindings(plan, expectedRevision, log) };
}

/** Faults of a whole graph, which a draft may have while it is being written. */
const toleratedInDrafts: ReadonlySet<FindingCode> = new Set(["CYCLE", "NODE_IN_USE"]);

/** All faults of an edit, with their places in its input. In a draft, faults that can be mended later are left out. */
export function editFaults(
  composed: Composed,
  findings: readonly Finding[],
  where: "graph" | "draft",
): readonly Fault[] {
  const own = composed.findings;
  const planned = findings
    .filter(({ code }) => where === "graph" || !toleratedInDrafts.has(code))
    .map((finding) => placeFinding(finding, composed))
    // A link that names nothing is already reported, and is missing from the plan: leave out the plan's second report.
    .filter(({ code, path }) => code !== "REQUIRED_LINK" || !own.some((each) => isWithin(each.path, path)));
  return [...own, ...planned];
}

const isWithin = (inner: Fault["path"], outer: Fault["path"]): boolean =>
  outer.every((part, index) => inner[index] === part);

/** A finding for each item that the edit would change and that was changed or removed after revision `seenAt`. */
async function staleFindings({ changes }: Plan, seenAt: Revision, log: LastChanges): Promise<readonly Finding[]> {
  const own = changes.filter((change) => "node" in change || edgeKinds[change.edge].file !== "computed");
  const last = await log.lastChanges(own.map(subjectOf));
  return own.flatMap((change): Finding[] => {
    const subject = subjectOf(change);
    const found = last.get(subject);
    if (!found || found.revision <= seenAt) return [];
    const happened = found.removed ? "removed" : "changed";
    const message = `${subject} was ${happened} by ${found.actor.name} in revision ${found.revision}, after revision ${seenAt} at which you saw it.`;
    return [{ code: "STALE_REVISION", subject, message }];
  });
}
