import { edgeKindNames } from "../../../domain/ontology/edge-kinds";
import { nodeKindNames } from "../../../domain/ontology/node-kinds";
import { isEdgeRelation, type EdgeRelation, relationsOf } from "../../../domain/ontology/relations";
import { orderKeys } from "../order-keys";
import { endsOf, isHub } from "./pattern";
import { labels } from "./statement";

/** A constraint or an index, with its name in Neo4j and the statement that creates it. */
export interface SchemaRule {
  readonly name: string;
  readonly text: string;
}

const unique = (label: string, ...properties: readonly string[]): SchemaRule => {
  const name = `${label}_unique`;
  const columns = properties.map((property) => `n.${property}`).join(", ");
  return { name, text: `CREATE CONSTRAINT ${name} IF NOT EXISTS FOR (n:${label}) REQUIRE (${columns}) IS UNIQUE` };
};

const nodeIndex = (label: string, property: string, ...others: readonly string[]): SchemaRule => {
  const name = `${label}_by_${property.replace(/^_/, "")}`;
  const columns = [property, ...others].map((each) => `n.${each}`).join(", ");
  return { name, text: `CREATE INDEX ${name} IF NOT EXISTS FOR (n:${label}) ON (${columns})` };
};

const edgeIndex = (edge: string, name: string, properties: readonly string[]): SchemaRule => {
  const columns = properties.map((each) => `r.${each}`).join(", ");
  return { name, text: `CREATE INDEX ${name} IF NOT EXISTS FOR ()-[r:${edge}]-() ON (${columns})` };
};

/**
 * All constraints and indexes of the store. They serve the identity of nodes, edges and everything beside the graph,
 * the orders of root lists, and the orders of links that grow with the bank.
 */
export const schemaRules: readonly SchemaRule[] = [
  unique(labels.node, "_id"),
  unique(labels.slug, "key"),
  unique(labels.head, "name"),
  // See `keepOldWritersOutStatement`.
  {
    name: `${labels.head}_lock_unique`,
    text: `CREATE CONSTRAINT ${labels.head}_lock_unique IF NOT EXISTS FOR (n:${labels.head}) REQUIRE (n._lock) IS UNIQUE`,
  },
  unique(labels.commit, "revision"),
  unique(labels.commitPart, "revision", "part"),
  unique(labels.commitNodes, "revision", "part"),
  nodeIndex(labels.commit, "actorName", "revision"),
  unique(labels.findable, "subject", "revision"),
  unique(labels.tombstone, "subject"),
  unique(labels.idempotency, "actor", "key"),
  nodeIndex(labels.idempotency, "at"),
  unique(labels.apiKey, "id"),
  unique(labels.draft, "id"),
  nodeIndex(labels.draft, "status", "createdAt", "id"),
  nodeIndex(labels.draft, "author", "status", "createdAt", "id"),
  unique(labels.draftPart, "draft", "part"),
  unique(labels.repeatKey, "principal", "key"),
  nodeIndex(labels.repeatKey, "at"),
  ...nodeKindNames.flatMap((kind) =>
    orderKeys(kind).flatMap(({ property, absent }) => [
      nodeIndex(kind, property, "_id"),
      ...(absent ? [nodeIndex(kind, absent, "_id")] : []),
    ]),
  ),
  ...edgeKindNames.map((edge): SchemaRule => {
    const name = `${edge}_unique`;
    return {
      name,
      text: `CREATE CONSTRAINT ${name} IF NOT EXISTS FOR ()-[r:${edge}]-() REQUIRE (r._from, r._to) IS UNIQUE`,
    };
  }),
  ...hubIndexes(),
];

/**
 * Returns the indexes for links that grow with the bank. Links by id from their `from` end need none: the constraint on
 * (_from, _to) serves them.
 */
function hubIndexes(): SchemaRule[] {
  const rules = new Map<string, SchemaRule>();
  const hubs = nodeKindNames.flatMap((kind) => relationsOf(kind).filter(isEdgeRelation).filter(isHub));
  for (const relation of hubs) {
    for (const rule of indexesOf(relation)) rules.set(rule.name, rule);
  }
  return [...rules.values()];
}

function indexesOf(relation: EdgeRelation): SchemaRule[] {
  const { edge, ordered, direction } = relation;
  const { own, other } = endsOf(relation);
  return [
    ...(direction === "in" ? [edgeIndex(edge, `${edge}_to_from`, [own, other])] : []),
    ...(ordered ? [edgeIndex(edge, `${edge}${own}_order`, [own, "order", other])] : []),
  ];
}

/** Returns the text of `schema/graph.cypher`: one statement per line. */
export const schemaScript = (): string => schemaRules.map(({ text }) => `${text};\n`).join("");
