import { type AppliedChange, type EdgeState, type NodeState, subjectOf } from "../../../domain/changes/change-set";
import type { EdgeKey, Revision } from "../../../domain/graph/node";
import type { ScanItem } from "../../../domain/graph/port";
import type { NodeId } from "../../../domain/ids";
import { edgeProperties } from "../stored-edge";
import { nodeProperties } from "../stored-node";
import { edgeByEnds, labels, nodeById, type Statement } from "./statement";

/** A statement with one row, keyed by the number of things that it found. That number must equal `expected`. */
interface Write extends Statement {
  readonly expected: number;
}

/**
 * The maximum number of things per statement, so that the server answers each one before its silence counts as a
 * failure.
 */
const max = 500;

/**
 * Returns the statements that write the changes of a commit. Their order matters: edges are removed before their nodes
 * and created after them. A changed node is written as a whole. Without `hasTombstones`, no tombstone is looked for.
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
 * One row, keyed by the number of tombstones. Neo4j knows this number without counting, as long as nothing stands
 * beside the count: anything else would be a key to group by.
 */
export const tombstoneCountStatement: Statement = {
  text: `MATCH (t:${labels.tombstone}) WITH count(*) AS key RETURN key, null AS value`,
  parameters: {},
};

/**
 * Returns the statements that create nodes, and edges between existing nodes. None of these items may exist yet. Slugs
 * are not recorded.
 */
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

/** Returns the statements that write unchanged nodes and edges again, to renew their bookkeeping. */
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

/** Separates the new states of created items from those of changed ones. Removed items are in neither. */
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

// Kinds are values here. With one statement per kind, Neo4j would have to plan each when its kind is first written.
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

/** Returns the slugs to record in the registry after a change of a node. Returns none if its slugs have not changed. */
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
