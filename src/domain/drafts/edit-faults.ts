import type { Composed } from "../changes/compose/composition";
import { placeFinding } from "../changes/compose/place-finding";
import type { Plan } from "../changes/plan-commit";
import { subjectOf } from "../changes/subject";
import type { Finding, FindingCode } from "../errors";
import type { Revision } from "../graph/node";
import type { LastChanges } from "../graph/port";
import { edgeKinds } from "../ontology/edge-kinds";
import type { Fault } from "./fault";

/** Faults of a whole graph, which a draft may have while it is being written. */
const toleratedInDrafts: ReadonlySet<FindingCode> = new Set(["CYCLE", "NODE_IN_USE"]);

/** All that is wrong with an edit, in the places of its input. In a draft, what can be mended later is no fault yet. */
export function editFaults(
  composed: Composed,
  findings: readonly Finding[],
  where: "graph" | "draft",
): readonly Fault[] {
  const own = composed.findings;
  const planned = findings
    .filter(({ code }) => where === "graph" || !toleratedInDrafts.has(code))
    .map((finding) => placeFinding(finding, composed))
    // A link that names nothing is missing from the plan, which says so once more.
    .filter(({ code, path }) => code !== "REQUIRED_LINK" || !own.some((each) => isWithin(each.path, path)));
  return [...own, ...planned];
}

const isWithin = (inner: Fault["path"], outer: Fault["path"]): boolean =>
  outer.every((part, index) => inner[index] === part);

/** Of what the edit would change, what has changed after the revision at which its author saw it; removals count. */
export async function staleFindings(
  { changes }: Plan,
  seenAt: Revision,
  log: LastChanges,
): Promise<readonly Finding[]> {
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
