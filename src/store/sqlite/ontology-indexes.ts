import { indexedFields } from "../../domain/graph/order";
import type { EdgeKindSpec } from "../../domain/ontology/edge-kind";
import { type EdgeKind, edgeKindNames, edgeKinds } from "../../domain/ontology/edge-kinds";
import { type NodeKind, nodeKindNames } from "../../domain/ontology/node-kinds";
import type { SqliteConnection } from "./connection";
import { fieldValue } from "./field-value";
import { sql } from "./sql";

/**
 * The indexes that follow from the ontology, by name. A field's index gives its order with absent values apart; a position
 * index gives an author's order of links from the end that orders them.
 */
export function ontologyIndexes(): ReadonlyMap<string, string> {
  const ofFields = nodeKindNames.flatMap((kind) =>
    indexedFields(kind).map((field): [string, string] => {
      const { text } = fieldValue(kind, field);
      return [fieldIndex(kind, field), `node (kind, ${text} IS NULL, ${text}, id) WHERE kind = '${kind}'`];
    }),
  );
  const ofPositions = edgeKindNames.flatMap((edge): [string, string][] => {
    const { orderedBy }: EdgeKindSpec = edgeKinds[edge];
    if (!orderedBy) return [];
    const ends = orderedBy === "from" ? ["from_id", "to_id"] : ["to_id", "from_id"];
    return [[positionIndex(edge), `edge (kind, ${ends[0]}, position, ${ends[1]}) WHERE kind = '${edge}'`]];
  });
  return new Map([...ofFields, ...ofPositions].map(([name, on]) => [name, `CREATE INDEX ${name} ON ${on}`]));
}

/** The name of the index in a field's order, for indexed fields. */
export const fieldIndex = (kind: NodeKind, field: string): string => `field_${kind}_${field}`;

/** The name of the index in an author's order, for ordered edge kinds. */
export const positionIndex = (edge: EdgeKind): string => `position_${edge}`;

/** Drops the indexes that the ontology no longer asks for, or asks for otherwise, and makes those that are missing. */
export function updateOntologyIndexes(connection: SqliteConnection): void {
  const wanted = ontologyIndexes();
  const present = new Map(
    connection.rows<[string, string]>(
      sql`SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND (name GLOB 'field_*' OR name GLOB 'position_*')`,
    ),
  );
  for (const [name, text] of present) if (wanted.get(name) !== text) connection.execute(`DROP INDEX ${name}`);
  for (const [name, text] of wanted) if (present.get(name) !== text) connection.execute(text);
}
