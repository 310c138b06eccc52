import type { EdgeState } from "../../domain/changes/change-set";
import { edgeSubject } from "../../domain/graph/node";
import { type NodeId, ownerIdOf } from "../../domain/ids";
import type { EdgeKindSpec } from "../../domain/ontology/edge-kind";
import { edgeKinds } from "../../domain/ontology/edge-kinds";
import type { BankDifference, EdgeDifference, NodeDifference } from "./diff-banks";
import { dependentOf } from "./required-links";

/** An item that the import leaves as the store has it, although the files differ. */
export interface KeptItem {
  /** A node id or an `edgeSubject`. */
  readonly subject: string;
  readonly why: string;
}

export interface Settled {
  /** Nodes to create or change; `edges` are links to put or remove. */
  readonly nodes: readonly NodeDifference[];
  readonly edges: readonly EdgeDifference[];
  readonly kept: readonly KeptItem[];
}

/**
 * Removes from a difference the items that a person edited last (`edited`, by subject), and those that cannot be put
 * without them. Leaves out nodes that are gone from the files.
 */
export function keepEdits(
  { nodes, edges }: BankDifference,
  storedEdges: readonly EdgeState[],
  edited: ReadonlySet<string>,
): Settled {
  const kept: KeptItem[] = [];
  const absent = new Set<NodeId>();
  const put = nodes.filter(({ after }) => after !== null);
  for (const { id, before } of put) {
    if (!edited.has(id)) continue;
    kept.push({ subject: id, why: before ? "changed by a person" : "removed by a person" });
    if (!before) absent.add(id);
  }
  spreadAbsence(put, edges, absent, kept);

  const leading = new Set(storedEdges.filter((edge) => edited.has(edgeSubject(edge))).flatMap(placesOfOne));
  const isFree = (edge: EdgeDifference): boolean => {
    const why = whyKept(edge, edited, absent, leading);
    if (why) kept.push({ subject: edge.subject, why });
    return why === null;
  };
  return {
    nodes: put.filter(({ id }) => !edited.has(id) && !absent.has(id)),
    edges: edges.filter(isFree),
    kept,
  };
}

function whyKept(
  { subject, before, after }: EdgeDifference,
  edited: ReadonlySet<string>,
  absent: ReadonlySet<string>,
  leading: ReadonlySet<string>,
): string | null {
  if (edited.has(subject)) return `${before ? (after ? "changed" : "added") : "removed"} by a person`;
  const lacking =
    absent.size > 0 && after && [after.from, after.to, ...referencesOf(after)].find((id) => absent.has(id));
  if (lacking) return `${lacking} is not there`;
  const isRival = leading.size > 0 && after && !before && placesOfOne(after).some((place) => leading.has(place));
  return isRival ? "a person chose another" : null;
}

/** Adds to `absent` the new nodes that require an absent one. */
function spreadAbsence(
  nodes: readonly NodeDifference[],
  edges: readonly EdgeDifference[],
  absent: Set<NodeId>,
  kept: KeptItem[],
): void {
  if (absent.size === 0) return;
  const needs = new Map<NodeId, NodeId[]>();
  for (const { id, before } of nodes) if (!before) needs.set(id, ownerIdOf(id) === id ? [] : [ownerIdOf(id)]);
  for (const { after } of edges) {
    const dependent = after && dependentOf(after);
    if (after && dependent) needs.get(dependent)?.push(dependent === after.from ? after.to : after.from);
  }
  for (let size = -1; size !== absent.size;) {
    size = absent.size;
    for (const [id, needed] of needs) {
      const lacking = needed.find((other) => absent.has(other));
      if (lacking === undefined || absent.has(id)) continue;
      absent.add(id);
      kept.push({ subject: id, why: `${lacking} is not there` });
    }
  }
}

/** Returns the places that a link occupies alone: at each end that permits only one link of the kind. */
function placesOfOne({ edge, from, to }: EdgeState): string[] {
  const spec: EdgeKindSpec = edgeKinds[edge];
  return [...(spec.forward.one ? [`${edge} from ${from}`] : []), ...(spec.reverse.one ? [`${edge} to ${to}`] : [])];
}

/** Returns the ids of nodes that the link's properties name. */
function referencesOf({ edge, properties }: EdgeState): string[] {
  return Object.entries((edgeKinds[edge] as EdgeKindSpec).properties).flatMap(([name, { type }]) =>
    type.is === "reference" || (type.is === "list" && type.of.is === "reference")
      ? ([properties[name] ?? []].flat() as string[])
      : [],
  );
}
