import type { EdgeKey } from "../graph/node";
import { compareText } from "../graph/order";
import type { NodeId } from "../ids";
import { edgeKinds } from "../ontology/edge-kinds";
import type { EdgeKindSpec } from "../ontology/edge-kind";
import type { AppliedChange } from "./change-set";
import { type ChangeType, changeTypeOf } from "./field-changes";
import { type LogPart, itemsOfPart, PartWriter } from "./log-part";

/**
 * A node that a commit is about: the commit changed the node itself, or added, removed or changed a link of the node.
 */
export interface TouchedNode {
  readonly id: NodeId;
  readonly changeType: ChangeType | "LINKED";
  /** True if links changed that its file holds or that are undirected; such links belong to the history of the node. */
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

/**
 * The length at which a part ends, in characters. Parts are short because readers mostly want one page, or only if a
 * node is among them.
 */
const partCharacters = 16_000;

type StoredNode = readonly [id: NodeId, changeType: TouchedNode["changeType"], holdsLinks: 0 | 1];

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
/** The holders of a link: the node whose file holds it, or both nodes of an undirected link. */
export function holdersOf({ edge, from, to }: EdgeKey): readonly NodeId[] {
  const { file, undirected }: EdgeKindSpec = edgeKinds[edge];
  return undirected ? [from, to] : [file === "to" ? to : from];
}
