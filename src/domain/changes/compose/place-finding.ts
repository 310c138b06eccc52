import type { Finding } from "../../errors";
import type { EdgeKindSpec } from "../../ontology/edge-kind";
import { edgeKinds } from "../../ontology/edge-kinds";
import { type Change, subjectOf } from "../change-set";
import { type Composed, type InputPath, pathOf, type PlacedFinding } from "./composition";

/** The finding of a plan of what was composed, with the place in the input that it comes from; the whole input if none. */
export function placeFinding(finding: Finding, composed: Composed): PlacedFinding {
  if ("path" in finding) return finding as PlacedFinding;
  const { changes, places } = composed;
  const own =
    finding.code === "CYCLE"
      ? -1
      : (finding.change ?? changes.findIndex((change) => subjectOf(change) === finding.subject));
  const place = places[own];
  if (place) {
    const field = fieldOf(finding, changes[own] as Change);
    return { ...finding, path: field ? [...place.fields, ...field] : place.path };
  }
  const link = changes.findIndex((change) => isBehind(change, finding));
  return { ...finding, path: upTo(finding.field, places[link]?.path ?? []) };
}

/** Whether the change is a link that makes for a fault of one of its ends. */
function isBehind(change: Change, { code, subject, nodes = [] }: Finding): boolean {
  if (!("edge" in change)) return false;
  if (code !== "CYCLE") return change.from === subject || change.to === subject;
  const spec: EdgeKindSpec = edgeKinds[change.edge];
  return spec.acyclic === true && nodes.includes(change.from) && nodes.includes(change.to);
}

/** The list that is at fault, where the path leads through it; else the whole path. */
const upTo = (field: string | undefined, path: InputPath): InputPath =>
  field !== undefined && path.includes(field) ? path.slice(0, path.lastIndexOf(field) + 1) : path;

/** The field's place within the change. That of a new slug, or of a removal, is the change's own. */
function fieldOf({ field }: Finding, { op }: Change): InputPath | undefined {
  if (op !== "putNode" && op !== "putEdge") return undefined;
  return field === undefined ? undefined : pathOf(field);
}
