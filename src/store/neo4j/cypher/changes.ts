import type { AppliedChange, EdgeState, NodeState } from "../../../domain/changes/change-set";
import { edgeSubject, type Revision } from "../../../domain/graph/node";
import type { NodeId } from "../../../domain/ids";
import { type EdgeKind, edgeKindNames } from "../../../domain/ontology/edge-kinds";
import { type NodeKind, nodeKindNames } from "../../../domain/ontology/node-kinds";
import { edgeProperties } from "../stored-edge";
import { nodeProperties } from "../stored-node";
import { edgeByEnds, labels, nodeById, type Statement } from "./statement";

/** A statement that must come to one row, keyed by how many of the things it is about it found. */
export interface Write extends Statement {
  readonly expected: number;
}

/** The most things that one statement is about, so that each is done soon enough to be told from silence. */
const most = 500;

/**
 * What writes the changes of a commit, in an order that works: edges go before their nodes and come after them. Nodes
 * are written as a whole, whatever of them has changed.
 */
export function changesStatements(changes: readonly AppliedChange[], revision: Revision): readonly Write[] {
  const nodes = changes.flatMap((change) => ("node" in change ? [change] : []));
  const edges = changes.flatMap((change) => ("edge" in change ? [change] : []));
  const created = nodes.flatMap(({ before, after }) => (after && !before ? [after] : []));
  const changed = nodes.flatMap(({ before, after }) => (after && before ? [after] : []));
  const removed = nodes.flatMap(({ node, after }) => (after ? [] : [node]));
  const edgesAre = (edge: EdgeKind, was: boolean, is: boolean) =>
    edges.filter((each) => each.edge === edge && (each.before !== null) === was && (each.after !== null) === is);
  const states = (found: readonly { readonly after: EdgeState | null }[]) => found.flatMap(({ after }) => after ?? []);
  const properties = (found: readonly EdgeState[]) => found.map((state) => edgeProperties(state, revision));

  return [
    ...edgeKindNames.flatMap((edge) =>
      writes(
        removeEdges(edge),
        edgesAre(edge, true, false).map(({ from, to }) => [from, to]),
      ),
    ),
    ...writes(removeNodes, removed),
    ...nodeKindNames.flatMap((kind) =>
      writes(
        createNodes(kind),
        created.filter((state) => state.kind === kind).map((state) => nodeProperties(state, revision)),
      ),
    ),
    ...writes(
      changeNodes,
      changed.map((state) => nodeProperties(state, revision)),
    ),
    ...edgeKindNames.flatMap((edge) => [
      ...writes(createEdges(edge), properties(states(edgesAre(edge, false, true)))),
      ...writes(changeEdges(edge), properties(states(edgesAre(edge, true, true)))),
    ]),
    ...writes(recordSlugs, nodes.flatMap(slugRecords)),
    ...writes(
      entomb,
      changes
        .filter(({ after }) => !after)
        .map((change) => ({ subject: subjectOf(change), revision: BigInt(revision) })),
    ),
    ...writes(exhume, changes.filter(({ before }) => !before).map(subjectOf)),
  ];
}

const subjectOf = (change: AppliedChange): string => ("node" in change ? change.node : edgeSubject(change));

function* pieces<T>(items: readonly T[]): Iterable<readonly T[]> {
  for (let start = 0; start < items.length; start += most) yield items.slice(start, start + most);
}

const writes = (text: string, items: readonly unknown[]): Write[] =>
  [...pieces(items)].map((rows) => ({
    text: `UNWIND $rows AS row ${text} AS key, null AS value`,
    parameters: { rows },
    expected: rows.length,
  }));

const removeEdges = (edge: EdgeKind) => `${edgeByEnds(edge, "row[0]", "row[1]")} DELETE r RETURN count(*)`;
const removeNodes = `${nodeById("n", "row")} DELETE n RETURN count(*)`;
const createNodes = (kind: NodeKind) => `CREATE (n:${labels.node}:${kind}) SET n = row RETURN count(*)`;
const changeNodes = `${nodeById("n", "row._id")} SET n = row RETURN count(*)`;
const createEdges = (edge: EdgeKind) =>
  `${nodeById("a", "row._from")} ${nodeById("b", "row._to")} ` +
  `CREATE (a)-[r:${edge}]->(b) SET r = row RETURN count(*)`;
const changeEdges = (edge: EdgeKind) => `${edgeByEnds(edge, "row._from", "row._to")} SET r = row RETURN count(*)`;
const recordSlugs = `MERGE (s:${labels.slug} {key: row.key}) SET s.owner = row.owner, s.current = row.current RETURN count(*)`;
const entomb = `MERGE (t:${labels.tombstone} {subject: row.subject}) SET t.revision = row.revision RETURN count(*)`;
const exhume = `OPTIONAL MATCH (t:${labels.tombstone} {subject: row}) DELETE t RETURN count(*)`;

/** The slugs that a node has and had, of which the registry must know. */
function slugRecords({ before, after }: { readonly before: NodeState | null; readonly after: NodeState | null }) {
  const record = (
    { kind, id }: NodeState,
    slug: string,
    current: boolean,
  ): { key: string; owner: NodeId; current: boolean } => ({
    key: `${kind}:${slug}`,
    owner: id,
    current,
  });
  if (!after) return before ? [record(before, before.slug, false)] : [];
  if (before?.slug === after.slug && before.formerSlugs.length === after.formerSlugs.length) return [];
  return [...after.formerSlugs.map((slug) => record(after, slug, false)), record(after, after.slug, true)];
}
