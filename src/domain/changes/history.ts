import { edgeSubject, type EdgeKey, type Revision } from "../graph/node";
import { isOwned, kindOf, type NodeId, ownerIdOf, parseNodeId } from "../ids";
import type { EdgeKindSpec } from "../ontology/edge-kind";
import { type EdgeKind, edgeKinds } from "../ontology/edge-kinds";
import type { NodeKind } from "../ontology/node-kinds";
import type { AppliedChange, Commit } from "./change-set";

/** The nodes in whose hands a link lies: the one whose file holds it, both for an undirected one. */
function holdersOf({ edge, from, to }: EdgeKey): readonly NodeId[] {
  const { file, undirected }: EdgeKindSpec = edgeKinds[edge];
  return undirected ? [from, to] : [file === "to" ? to : from];
}

const nodesOf = (change: AppliedChange): readonly NodeId[] => ("node" in change ? [change.node] : holdersOf(change));

const kindOfChange = (change: AppliedChange): NodeKind | EdgeKind =>
  "node" in change ? kindOf(change.node) : change.edge;

/**
 * What a store finds a commit by: the kinds of the items that it changed, and the nodes whose files it would change,
 * which are far fewer than the items.
 */
export function findableBy(changes: readonly AppliedChange[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const change of changes) {
    found.add(kindOfChange(change));
    for (const node of nodesOf(change)) found.add(ownerIdOf(node));
  }
  return found;
}

/**
 * Tells which changes belong to the history of a subject. For a link, those of the link itself. For a node, those of the
 * node, of the links that its file holds or that are undirected, and of what it owns.
 */
export function concerns(subject: string): (change: AppliedChange) => boolean {
  const node = parseNodeId(subject);
  if (!node) return (change) => !("node" in change) && edgeSubject(change) === subject;
  return isOwned(node.kind)
    ? (change) => nodesOf(change).includes(node.id)
    : (change) => nodesOf(change).some((each) => ownerIdOf(each) === node.id);
}

/** The node by which a store finds the history of a subject; null for a text that is no subject. */
function fileOf(subject: string): NodeId | null {
  const [edge, from, to, ...more] = subject.split(" ") as [string, ...NodeId[]];
  const node =
    from === undefined ? subject : to && !more.length && isEdgeKind(edge) ? holdersOf({ edge, from, to })[0] : null;
  const parsed = node ? parseNodeId(node) : null;
  return parsed && ownerIdOf(parsed.id);
}

const isEdgeKind = (text: string): text is EdgeKind => Object.hasOwn(edgeKinds, text);

export interface HistoryPage {
  /** Commits before this revision; all if it is left out. */
  readonly before?: Revision;
  readonly first: number;
}

/** See `GraphStore.history`; `commitsOn` gives the commits that are findable by a node, newest first. */
export async function historyOf(
  subject: string,
  { before, first }: HistoryPage,
  commitsOn: (node: NodeId, page: HistoryPage) => Promise<readonly Commit[]>,
): Promise<readonly Commit[]> {
  const file = fileOf(subject);
  const found: Commit[] = [];
  const isConcerned = concerns(subject);
  let page: HistoryPage = { first, ...(before !== undefined && { before }) };
  for (let more = file !== null; more;) {
    const commits = await commitsOn(file!, page);
    found.push(...commits.filter(({ changes }) => changes.some(isConcerned)));
    more = commits.length === first && found.length < first;
    if (more) page = { first, before: commits.at(-1)!.revision };
  }
  return Object.freeze(found.slice(0, first));
}
