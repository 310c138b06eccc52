import type { EdgeKey } from "../graph/node";
import { compareText } from "../graph/order";
import type { NodeId } from "../ids";
import { edgeKinds } from "../ontology/edge-kinds";
import type { EdgeKindSpec } from "../ontology/edge-kind";
import type { AppliedChange } from "./change-set";
import { type ChangeType, changeTypeOf } from "./field-changes";
import { type LogPart, itemsOfPart, PartWriter } from "./log-part";

/** A node that a commit is about: itself, or by a link that it got, lost or has otherwise now. */
export interface TouchedNode {
  readonly id: NodeId;
  readonly changeType: ChangeType | "LINKED";
  /** Links changed that its file holds, or that are undirected: they belong to its history. */
  readonly holdsLinks: boolean;
}

/** Each node that the changes are about, once, by id. */
export function touchedNodes(changes: readonly AppliedChange[]): readonly TouchedNode[] {
  const changeTypes = new Map<NodeId, ChangeType | "LINKED">();
  const holders = new Set<NodeId>();
  for (const change of changes) {
    if ("node" in change) {
      changeTypes.set(change.node, changeTypeOf(change));
      continue;
    }
    for (const id of [change.from, change.to]) if (!changeTypes.has(id)) changeTypes.set(id, "LINKED");
    for (const id of holdersOf(change)) holders.add(id);
  }
  return [...changeTypes]
    .map(([id, changeType]) => ({ id, changeType, holdsLinks: holders.has(id) }))
    .sort((a, b) => compareText(a.id, b.id));
}

/** A part of touched nodes is short: mostly one page, or one look whether a node is among them, is wanted. */
const partCharacters = 16_000;

type StoredNode = readonly [id: NodeId, changeType: TouchedNode["changeType"], holdsLinks: 0 | 1];

/** The nodes as an entry of the log keeps them. */
export function touchedParts(nodes: readonly TouchedNode[]): readonly LogPart[] {
  const writer = new PartWriter(partCharacters);
  for (const { id, changeType, holdsLinks } of nodes)
    writer.add(JSON.stringify([id, changeType, holdsLinks ? 1 : 0] satisfies StoredNode), 1);
  return writer.end();
}

export const touchedIn = (part: Pick<LogPart, "text">): readonly TouchedNode[] =>
  itemsOfPart<StoredNode>(part).map(([id, changeType, holdsLinks]) =>
    Object.freeze({ id, changeType, holdsLinks: holdsLinks === 1 }),
  );
/** The nodes in whose hands a link lies: the one whose file holds it, both for an undirected one. */
export function holdersOf({ edge, from, to }: EdgeKey): readonly NodeId[] {
  const { file, undirected }: EdgeKindSpec = edgeKinds[edge];
  return undirected ? [from, to] : [file === "to" ? to : from];
}
