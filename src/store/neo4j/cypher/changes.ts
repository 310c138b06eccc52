import { type AppliedChange, type EdgeState, type NodeState, subjectOf } from "../../../domain/changes/change-set";
import type { EdgeKey, Revision } from "../../../domain/graph/node";
import type { ScanItem } from "../../../domain/graph/port";
import type { NodeId } from "../../../domain/ids";
import { edgeProperties } from "../stored-edge";
import { nodeProperties } from "../stored-node";
import { edgeByEnds, labels, nodeById, type Statement } from "./statement";

/** A statement that must come to one row, keyed by how many of the things it is about it found. */
interface Write extends Statement {
  readonly expected: number;
}

/** The most things that one statement is about, so that each is done soon enough to be told from silence. */
const max = 500;

/**
 * What writes the changes of a commit, in an order that works: edges go before their nodes and come after them. Nodes
 * are written as a whole, whatever of them has changed. Where there are no tombstones, none is looked for.
 */
export function changesStatements(
  changes: readonly AppliedChange[],
  revision: Revision,
  { hasTombstones }: { readonly hasTombstones: boolean },
): readonly Write[] {
  const nodes = changes.flatMap((change) => ("node" in change ? [change] : []));
  const edges = changes.flatMap((change) => ("edge" in change ? [change] : []));
  const { created: newNodes, changed: changedNodes } = apart(nodes);
  const { created: newEdges, changed: changedEdges } = apart(edges);
  const removed = changes.filter(({ after }) => !after).map(subjectOf);
  return [
    ...writes(removeEdges, edges.filter(({ after }) => !after).map(endsOf)),
    ...writes(
      removeNodes,
      nodes.flatMap(({ node, after }) => (after ? [] : [node])),
    ),
    ...writes(
      createNodes,
      newNodes.map((state) => ({ kind: state.kind, properties: nodeProperties(state, revision) })),
    ),
    ...writes(
      changeNodes,
      changedNodes.map((state) => nodeProperties(state, revision)),
    ),
    ...writes(
      createEdges,
      newEdges.map((state) => edgeRow(state, revision)),
    ),
    ...writes(
      changeEdges,
      changedEdges.map((state) => edgeRow(state, revision)),
    ),
    ...writes(recordSlugs, nodes.flatMap(slugRecords)),
    ...writes(
      entomb,
      removed.map((subject) => ({ subject, revision: BigInt(revision) })),
    ),
    ...(hasTombstones ? writes(exhume, changes.filter(({ before }) => !before).map(subjectOf)) : []),
  ];
}

/**
 * One row, keyed by how many things were removed and have not come back, which Neo4j knows without counting: as long as
 * nothing stands beside the count, which would be something to group by.
 */
export const tombstoneCountStatement: Statement = {
  text: `MATCH (t:${labels.tombstone}) WITH count(*) AS key RETURN key, null AS value`,
  parameters: {},
};

/** What writes nodes, or edges between nodes that are there, none of which is there yet. Slugs are another matter. */
export const creatingStatements = (items: readonly ScanItem[]): readonly Write[] => [
  ...writes(
    createNodes,
    items.flatMap((item) =>
      "node" in item ? [{ kind: item.node.kind, properties: nodeProperties(item.node, item.revision) }] : [],
    ),
  ),
  ...writes(
    createEdges,
    items.flatMap((item) => ("edge" in item ? [edgeRow(item.edge, item.revision)] : [])),
  ),
];

/** What writes nodes and edges again that have not changed, for the sake of their bookkeeping. */
export const rewritingStatements = (items: readonly ScanItem[]): readonly Write[] => [
  ...writes(
    changeNodes,
    items.flatMap((item) => ("node" in item ? [nodeProperties(item.node, item.revision)] : [])),
  ),
  ...writes(
    changeEdges,
    items.flatMap((item) => ("edge" in item ? [edgeRow(item.edge, item.revision)] : [])),
  ),
];

/** What is new, and what was there and is still, as it is now. */
function apart<S>(changes: readonly { readonly before: S | null; readonly after: S | null }[]) {
  const created = changes.flatMap(({ before, after }) => (after && !before ? [after] : []));
  const changed = changes.flatMap(({ before, after }) => (after && before ? [after] : []));
  return { created, changed };
}

const edgeRow = (state: EdgeState, revision: Revision) => ({
  ...endsOf(state),
  properties: edgeProperties(state, revision),
});

const endsOf = ({ edge, from, to }: EdgeKey): EdgeKey => ({ edge, from, to });

function* pieces<T>(items: readonly T[]): Iterable<readonly T[]> {
  for (let start = 0; start < items.length; start += max) yield items.slice(start, start + max);
}

const writes = (text: string, items: readonly unknown[]): Write[] =>
  [...pieces(items)].map((rows) => ({
    text: `UNWIND $rows AS row ${text} AS key, null AS value`,
    parameters: { rows },
    expected: rows.length,
  }));

// Kinds are values here: a statement for each would be planned anew when a kind is first written.
const removeEdges = `${edgeByEnds("row")} DELETE r RETURN count(*)`;
const removeNodes = `${nodeById("n", "row")} DELETE n RETURN count(*)`;
const createNodes = `CREATE (n:${labels.node}:$(row.kind)) SET n = row.properties RETURN count(*)`;
const changeNodes = `${nodeById("n", "row._id")} SET n = row RETURN count(*)`;
const createEdges =
  `${nodeById("a", "row.properties._from")} ${nodeById("b", "row.properties._to")} ` +
  "CREATE (a)-[r:$(row.edge)]->(b) SET r = row.properties RETURN count(*)";
const changeEdges = `${edgeByEnds("row")} SET r = row.properties RETURN count(*)`;
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
