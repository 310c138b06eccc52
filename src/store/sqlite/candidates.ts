import type { Where } from "../../domain/graph/where";
import type { NodeKind } from "../../domain/ontology/node-kinds";
import { type EdgeRelation, relations } from "../../domain/ontology/relations";
import { endsOf, ofKind } from "./edge-ends";
import type { SqliteSnapshot } from "./snapshot";
import { closed, joined, quoted, rowsOf, type Sql, sql } from "./sql";

const fewLimit = 1_000;

/** The rows `node` among which those are that match a filter, as a condition. */
export interface Candidates {
  readonly condition: Sql;
  /** They are few enough to be read and sorted at once. */
  readonly few: boolean;
}

/**
 * What is linked to something that the filter names, if that is little, else every node of the kind. SQLite could not tell
 * by itself, as a statement is planned before its values are known.
 */
export function candidates(snapshot: SqliteSnapshot, kind: NodeKind, where: Where | undefined): Candidates {
  for (const clause of where?.and ?? []) {
    if (!("relation" in clause)) continue;
    const relation = relations[clause.relation] as EdgeRelation;
    const ids = rowsOf("in" in clause ? clause.in : clause.all.slice(0, 1));
    const linked = joined(
      endsOf(relation).map(
        ({ owner, other }) => sql`SELECT ${owner} AS id FROM edge
          WHERE kind = ${quoted(relation.edge)} AND ${other} IN (SELECT value FROM ${ids}) AND ${ofKind(kind, owner)}`,
      ),
      " UNION ALL ",
    );
    const [count] = snapshot.connection.row<[number]>(
      sql`SELECT count(*) FROM (SELECT id FROM (${linked}) LIMIT ${fewLimit + 1})`,
    ) as [number];
    if (count <= fewLimit) return { condition: sql`node.id IN (${linked})`, few: true };
  }
  return { condition: ofKind(kind, closed("node.id")), few: false };
}
