import type { Finding, FindingCode } from "../errors";
import { compareText } from "../graph/order";
import type { Properties } from "../graph/node";
import { isSlugOf, kindOf, type NodeId, parseNodeId } from "../ids";
import { nearNames, didYouMean } from "../near-names";
import type { EdgeKindSpec } from "../ontology/edge-kind";
import { type EdgeKind, edgeKinds } from "../ontology/edge-kinds";
import type { Field, Fields } from "../ontology/field";
import { type NodeKind, nodeKinds } from "../ontology/node-kinds";
import { type Change, type ChangeSet, type CheckedChangeSet, subjectOf } from "./change-set";

/** Returns the change set with its sound changes only. The faults of the others are added to `findings`. */
export function checkForm({ title, changes }: ChangeSet, findings: Finding[]): CheckedChangeSet {
  const sound = changes.flatMap((change, index) => checkChange(change, index, findings) ?? []);
  return { title, changes: sound, isChecked: true };
}

/**
 * The change, with the ends of an undirected edge in stored order. Returns null and adds findings if its form is wrong,
 * whatever the graph holds. `index` is its place in the change set.
 */
export function checkChange(change: Change, index: number, findings: Finding[]): Change | null {
  const before = findings.length;
  const subject = () => subjectOf(change);
  const report: Report = (code, message, extra = {}) =>
    findings.push({ code, subject: subject(), message, change: index, ...extra });

  if ("id" in change) {
    if (!parseNodeId(change.id))
      report(
        "INVALID_SLUG",
        `${JSON.stringify(change.id)} is not the id of a node: it must be Kind:slug with a kebab-case slug.`,
      );
    else if (change.op === "putNode") checkValues(nodeKinds[kindOf(change.id)].fields, change.fields, subject, report);
    else if (change.op === "rename") checkSlug(kindOf(change.id), change.slug, change.id, report);
    return findings.length === before ? change : null;
  }

  const spec = Object.hasOwn(edgeKinds, change.edge) ? (edgeKinds[change.edge] as EdgeKindSpec) : undefined;
  if (!spec) {
    const near = nearNames(String(change.edge), Object.keys(edgeKinds));
    report("WRONG_ENDS", `There is no edge kind ${JSON.stringify(change.edge)}.${didYouMean(near)}`, {
      didYouMean: near,
    });
    return null;
  }
  const ends = inStoredOrder(spec, change.from, change.to);
  checkEnds(change.edge, spec, ends, report);
  if (change.op === "putEdge") {
    checkValues(spec.properties, change.properties, subject, report);
    if (change.order !== undefined && (!spec.orderedBy || !Number.isSafeInteger(change.order) || change.order < 0)) {
      report(
        "INVALID_FIELD",
        `${subject()}: order must be a whole number from 0, and only where the edge kind is ordered, but got: ${change.order}.`,
        { field: "order" },
      );
    }
  }
  if (findings.length > before) return null;
  return ends.from === change.from ? change : { ...change, ...ends };
}

type Report = (code: FindingCode, message: string, extra?: Partial<Finding>) => void;

function inStoredOrder(spec: EdgeKindSpec, from: NodeId, to: NodeId): { readonly from: NodeId; readonly to: NodeId } {
  return spec.undirected && compareText(from, to) > 0 ? { from: to, to: from } : { from, to };
}

function checkEnds(
  edge: EdgeKind,
  spec: EdgeKindSpec,
  { from, to }: { from: NodeId; to: NodeId },
  report: Report,
): void {
  const [a, b] = [parseNodeId(from), parseNodeId(to)];
  if (!a || !b)
    return report("WRONG_ENDS", `${edge} links nodes, but got ${JSON.stringify(from)} and ${JSON.stringify(to)}.`);
  if (!spec.from.includes(a.kind) || !spec.to.includes(b.kind) || (spec.undirected && a.kind !== b.kind)) {
    return report(
      "WRONG_ENDS",
      `${edge} links ${spec.from.join(" or ")} to ${spec.to.join(" or ")}, but got ${a.kind} to ${b.kind}.`,
    );
  }
  if (from === to) report("WRONG_ENDS", `${edge} must link two different nodes, but got ${from} twice.`);
  if (spec.file === "computed")
    report("WRONG_ENDS", `${edge} links are computed from texts; write the link in the text.`);
}

function checkSlug(kind: NodeKind, slug: string, subject: string, report: Report): void {
  const whole = "ownedBy" in nodeKinds[kind] ? `owner/${slug}` : slug;
  if (!isSlugOf(kind, whole))
    report("INVALID_SLUG", `${subject}: the new slug must be kebab-case, but got: ${JSON.stringify(slug)}.`);
}

/**
 * Reports each value that its field does not accept, unknown fields, and required fields set to null. `subject` names
 * the item in messages.
 */
export function checkValues(fields: Fields, values: Properties, subject: () => string, report: Report): void {
  for (const name of Object.keys(values)) {
    const value = values[name];
    const field: Field | undefined = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field) {
      const near = nearNames(name, Object.keys(fields));
      report("UNKNOWN_FIELD", `${subject()} has no field ${JSON.stringify(name)}.${didYouMean(near)}`, {
        field: name,
        didYouMean: near,
      });
    } else if (value === null) {
      if (!field.optional)
        report("REQUIRED_FIELD", `${subject()}: ${name} is required and cannot be cleared.`, { field: name });
    } else if (value !== undefined) {
      const result = field.schema.safeParse(value);
      for (const issue of result.error?.issues ?? []) {
        const place = [name, ...issue.path].join(".");
        report("INVALID_FIELD", `${subject()}: ${place} ${issue.message}.`, { field: place });
      }
    }
  }
}
