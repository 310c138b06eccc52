import { ChangeSetError, type Finding } from "../errors";
import { kindOf, ownerIdOf, type NodeId } from "../ids";
import { edgeSubject } from "../graph/node";
import type { EdgeKindSpec } from "../ontology/edge-kind";
import { edgeKindNames, edgeKinds } from "../ontology/edge-kinds";
import { applyChange } from "./apply-change";
import {
  type AppliedChange,
  type ChangeSet,
  type CheckedChangeSet,
  commitLimit,
  type PlannedChanges,
  subjectOf,
} from "./change-set";
import { checkChange } from "./check-change";
import { GraphDraft } from "./graph-draft";
import { invariants } from "./invariants/all";
import { type LinkReader, updateMentions } from "./mentions";
import type { StateReader } from "./state-reader";

export interface PlanOptions {
  /** See `CommitOptions.skipDanglingMentions`. */
  readonly skipDanglingMentions?: boolean;
  /** The reader of inline links, for a caller that has already parsed the texts. */
  readonly readLinks?: LinkReader;
}

export interface Plan {
  /** The items that would differ, nodes first. If there are findings, the parts at fault are left out. */
  readonly changes: readonly AppliedChange[];
  /** Every fault of the change set; empty if it can be committed. */
  readonly findings: readonly Finding[];
}

/**
 * Returns the changes that committing the change set makes; changes that are already planned are returned as they are.
 * Throws a ChangeSetError with every fault found.
 */
export async function planCommit(
  changeSet: ChangeSet | CheckedChangeSet | PlannedChanges,
  reader: StateReader,
  options: PlanOptions = {},
): Promise<readonly AppliedChange[]> {
  if ("planned" in changeSet) return changeSet.planned;
  const { changes, findings } = await planChanges(changeSet, reader, options);
  if (findings.length > 0) throw new ChangeSetError(findings);
  return changes;
}

/**
 * Plans a change set: what it would change, and every fault that prevents its commit. Reads in batches. The number of
 * batches is bounded for each kind of check, whatever the length of the change set.
 */
export async function planChanges(
  changeSet: ChangeSet | CheckedChangeSet,
  reader: StateReader,
  options: PlanOptions = {},
): Promise<Plan> {
  const findings: Finding[] = [];
  const checked =
    "isChecked" in changeSet
      ? changeSet.changes
      : changeSet.changes.map((change, index) => checkChange(change, index, findings));
  const sound = checked.filter((change) => change !== null);
  const nodes = sound.filter((change) => "id" in change);
  const edges = sound.filter((change) => "edge" in change);

  const draft = new GraphDraft(reader, new Set(findings.map((finding) => finding.subject)));
  await draft.loadNodes([...nodes.map(({ id }) => id), ...nodes.map(({ id }) => ownerIdOf(id))]);
  await draft.loadPresence([...edges.map(({ from }) => from), ...edges.map(({ to }) => to)]);
  await draft.loadEdges(edges);
  for (const [index, change] of checked.entries()) if (change) await applyChange(draft, change, index, findings);

  await updateMentions(draft, findings, options.skipDanglingMentions ?? false, options.readLinks);
  for (const invariant of invariants) findings.push(...(await invariant(draft)));

  const { length } = draft.changes();
  if (length > commitLimit) {
    findings.push({
      code: "TOO_LARGE",
      subject: "",
      message: `A commit changes at most ${commitLimit} items, but this one would change ${length}.`,
    });
  }
  if (findings.length > 0) await dropBroken(draft, findings);
  return { changes: draft.changes(), findings: withPlaces(findings, changeSet) };
}

/**
 * Adds to each finding the index of its change. A finding of an invariant knows only its subject, so the first change
 * about that subject is taken. Repeated findings are dropped.
 */
function withPlaces(findings: readonly Finding[], changeSet: ChangeSet): Finding[] {
  if (findings.length === 0) return [];
  const places = new Map<string, number>();
  changeSet.changes.forEach((change, index) => {
    const subject = subjectOf(change);
    if (!places.has(subject)) places.set(subject, index);
  });
  const seen = new Set<string>();
  return findings
    .filter((finding) => {
      const key = `${finding.code} ${finding.subject} ${finding.message}`;
      return !seen.has(key) && seen.add(key);
    })
    .map((finding) => {
      const change = finding.change ?? places.get(finding.subject);
      return Object.freeze(change === undefined ? finding : { ...finding, change });
    });
}

/**
 * Removes from the draft what cannot be shown as a graph: new items that lack something required, then every link of a
 * node that does not exist. The rest is a whole graph, so a change set with faults can be looked at.
 */
async function dropBroken(draft: GraphDraft, findings: readonly Finding[]): Promise<void> {
  const lacking = new Set(
    findings.flatMap(({ code, subject }) => (code === "REQUIRED_FIELD" || code === "REQUIRED_LINK" ? [subject] : [])),
  );
  for (const { node, before } of draft.changedNodes()) if (!before && lacking.has(node)) draft.setNode(node, null);
  for (const edge of draft.changedEdges())
    if (!edge.before && lacking.has(edgeSubject(edge))) draft.setEdge(edge, null);

  const absent = [...new Set([...lacking, ...draft.removedNodes()])].filter(
    (subject): subject is NodeId => !subject.includes(" ") && !draft.has(subject as NodeId),
  );
  for (const edge of edgeKindNames) {
    for (const end of ["from", "to"] as const) {
      const of = absent.filter((id) => (edgeKinds[edge] as EdgeKindSpec)[end].includes(kindOf(id)));
      if (of.length === 0) continue;
      const edges = [...(await draft.adjacent(edge, end, of)).values()].flat();
      await draft.loadEdges(edges);
      for (const each of edges) draft.setEdge(each, null);
    }
  }
}
