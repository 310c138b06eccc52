/**
 * A statement of the store's catalogue. Its text is put together from closed fragments; values are in its parameters
 * alone, whole numbers as bigint. Each row is a key with a value.
 */
export interface Statement {
  readonly text: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export type Row = readonly [key: unknown, value: unknown];

/**
 * Finds things by what identifies them. The hints are for statements that are planned while Neo4j's picture of its indexes
 * is older than the data, as during an import: it would take an index for empty and scan it for each thing.
 */
export const nodeById = (variable: string, id: string): string => found(variable, labels.node, { _id: id });

export const found = (variable: string, label: string, properties: Readonly<Record<string, string>>): string =>
  `MATCH (${variable}:${label} {${pairs(properties)}}) USING INDEX SEEK ${variable}:${label}(${names(properties)})`;

/** Finds the edge `r` whose kind and ends are those of a map, from whichever end has fewer edges. */
export const edgeByEnds = (key: string): string =>
  `${nodeById("a", `${key}.from`)} ${nodeById("b", `${key}.to`)} MATCH (a)-[r]->(b) WHERE type(r) = ${key}.edge`;

const names = (properties: Readonly<Record<string, string>>): string => Object.keys(properties).join(", ");
const pairs = (properties: Readonly<Record<string, string>>): string =>
  Object.entries(properties)
    .map(([name, value]) => `${name}: ${value}`)
    .join(", ");

/** Labels of what the store keeps beside the graph. */
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
