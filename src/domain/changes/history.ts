import { edgeSubject, type Revision } from "../graph/node";
import { isOwned, kindOf, type NodeId, ownerIdOf, parseNodeId } from "../ids";
import { type EdgeKind, edgeKinds } from "../ontology/edge-kinds";
import type { NodeKind } from "../ontology/node-kinds";
import type { AppliedChange, CommitHead } from "./change-set";
import type { History, HistoryPage } from "./log-part";
import { changesOf, type Log, touchOf } from "./read-log";
import { holdersOf } from "./touched-nodes";

const nodesOf = (change: AppliedChange): readonly NodeId[] => ("node" in change ? [change.node] : holdersOf(change));

const kindOfChange = (change: AppliedChange): NodeKind | EdgeKind =>
  "node" in change ? kindOf(change.node) : change.edge;

/**
 * The texts that a store finds a commit by: the kinds of the items that it changed, and the nodes whose files it would
 * change. Those nodes are far fewer than the items.
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
 * Tells which changes belong to the history of a subject. The history of a link holds the changes of that link. The
 * history of a node holds the changes of the node, of the nodes that it owns, and of the links that its file holds or
 * that are undirected.
 */
export function concerns(subject: string): (change: AppliedChange) => boolean {
  const node = parseNodeId(subject);
  if (!node) return (change) => !("node" in change) && edgeSubject(change) === subject;
  return isOwned(node.kind)
    ? (change) => nodesOf(change).includes(node.id)
    : (change) => nodesOf(change).some((each) => ownerIdOf(each) === node.id);
}

/** The node by which a store finds the history of a subject. Null if the text is no subject. */
function fileOf(subject: string): NodeId | null {
  const [edge, from, to, ...more] = subject.split(" ") as [string, ...NodeId[]];
  const node =
    from === undefined ? subject : to && !more.length && isEdgeKind(edge) ? holdersOf({ edge, from, to })[0] : null;
  const parsed = node ? parseNodeId(node) : null;
  return parsed && ownerIdOf(parsed.id);
}

const isEdgeKind = (text: string): text is EdgeKind => Object.hasOwn(edgeKinds, text);

/** The maximum number of commits that are looked into for one page. */
const maxLooks = 200;
const headsAtOnce = 50;

/**
 * Implements `GraphStore.history`. `headsOn` returns the commits that are findable by a node, newest first. These
 * commits are the whole history of a node with a file of its own. For an owned node, each commit is searched for what
 * it did to that node. For a link, each commit that may hold it is searched for changes of that link.
 * A text that is no subject has an empty history.
 */
export async function historyOf(
  subject: string,
  { before, first }: HistoryPage,
  log: Log,
  headsOn: (node: NodeId, page: HistoryPage) => Promise<readonly CommitHead[]>,
): Promise<History> {
  const file = fileOf(subject);
  if (!file) return Object.freeze({ commits: Object.freeze([]), before: null });
  const found: CommitHead[] = [];
  const history = (next: Revision | null): History => Object.freeze({ commits: Object.freeze(found), before: next });
  const atOnce = file === subject ? first + 1 : headsAtOnce;
  for (let looks = 0, last = before; ;) {
    const heads = await headsOn(file, { first: atOnce, ...(last !== undefined && { before: last }) });
    for (const head of heads) {
      if (file !== subject && looks++ === maxLooks) return history(last!);
      if (file === subject || (await isConcerned(subject, head, log))) {
        if (found.length === first) return history(found.at(-1)!.revision);
        found.push(head);
      }
      last = head.revision;
    }
    if (heads.length < atOnce) return history(null);
  }
}

async function isConcerned(subject: string, { revision }: CommitHead, log: Log): Promise<boolean> {
  const [edge, from, to] = subject.split(" ") as [EdgeKind, NodeId, NodeId?];
  if (to === undefined) {
    const touch = await touchOf(log, revision, subject as NodeId);
    return touch !== null && (touch.changeType !== "LINKED" || touch.holdsLinks);
  }
  const holder = holdersOf({ edge, from, to })[0]!;
  if ((await touchOf(log, revision, holder))?.holdsLinks !== true) return false;
  for await (const changes of changesOf(log, revision)) if (changes.some(concerns(subject))) return true;
  return false;
}
