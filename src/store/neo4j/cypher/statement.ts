/**
 * A Cypher statement. Its text is composed of fixed fragments only. Values are in the parameters, integers as bigint.
 * Each row of its result has a key and a value.
 */
export interface Statement {
  readonly text: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export type Row = readonly [key: unknown, value: unknown];

/** Matches a node of the graph by its id, which is a Cypher expression. See `found`. */
export const nodeById = (variable: string, id: string): string => found(variable, labels.node, { _id: id });

/**
 * Matches a node by the properties that identify it, whose values are Cypher expressions. The index hint is for
 * statements that are planned while Neo4j's statistics are older than the data, as during an import. Neo4j would then
 * take the index for empty and scan it for each look-up.
 */
export const found = (variable: string, label: string, properties: Readonly<Record<string, string>>): string =>
  `MATCH (${variable}:${label} {${pairs(properties)}}) USING INDEX SEEK ${variable}:${label}(${names(properties)})`;

/** Matches the edge `r` by the `edge`, `from` and `to` of a map. Neo4j starts at the end with fewer edges. */
export const edgeByEnds = (key: string): string =>
  `${nodeById("a", `${key}.from`)} ${nodeById("b", `${key}.to`)} MATCH (a)-[r]->(b) WHERE type(r) = ${key}.edge`;

const names = (properties: Readonly<Record<string, string>>): string => Object.keys(properties).join(", ");
const pairs = (properties: Readonly<Record<string, string>>): string =>
  Object.entries(properties)
    .map(([name, value]) => `${name}: ${value}`)
    .join(", ");

/** Labels of the store's own: one for all nodes of the graph, and those of everything that is kept beside the graph. */
export const labels = {
  node: "_Node",
  slug: "_Slug",
  head: "_Head",
  commit: "_Commit",
  commitPart: "_CommitPart",
  commitNodes: "_CommitNodes",
  findable: "_Findable",
  tombstone: "_Tombstone",
  idempotency: "_Idempotency",
  apiKey: "_ApiKey",
  draft: "_Draft",
  draftPart: "_DraftPart",
  repeatKey: "_RepeatKey",
} as const;
