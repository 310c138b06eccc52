import { indexedFields } from "../../domain/graph/order";
import type { Facet } from "../../domain/graph/port";
import { globalId, isOwned, parseNodeId } from "../../domain/ids";
import type { Fields } from "../../domain/ontology/field";
import { type NodeKind, nodeKinds } from "../../domain/ontology/node-kinds";
import { isEdgeRelation, relationsOf } from "../../domain/ontology/relations";
import { defaultPageSize, readPageSize, requestedPageSize } from "../arguments/page-size";
import type { Connection } from "../connection";
import { type ClassType, declareField, declareObject, Int } from "../declare";
import { whenReady } from "../promise-or-value";
import { constantCase, namedEnum } from "./enum-types";
import { Node } from "./node-types";
import { NonNegativeInt } from "./scalars";

export const facet = declareObject(
  "Facet",
  "A value that nodes of a list have in common, with how many of them have it.",
);
declareField<Facet>(facet, "value", {
  type: () => String,
  description: "The enum value, or the global ID of the linked node.",
  resolve: ({ value }) => {
    const linked = parseNodeId(value);
    return linked ? globalId(linked.id) : value;
  },
});
declareField<Facet>(facet, "count", {
  type: () => NonNegativeInt,
  description: "How many nodes of the whole filtered list have the value.",
});
declareField<Facet>(facet, "node", {
  type: () => Node,
  nullable: true,
  description: "The linked node, for facets by a relation; null for enum values.",
  resolve: ({ value }, _args, { links }) => {
    const linked = parseNodeId(value);
    return linked ? links.node(linked.id) : null;
  },
});

const enumFieldsOf = (kind: NodeKind): string[] => {
  const fields: Fields = nodeKinds[kind].fields;
  return indexedFields(kind).filter((name) => fields[name]?.type.is === "enum");
};

/** Lists have facets where an author sorts the kind into classes: where it has an indexed enum. */
export const hasFacets = (kind: NodeKind): boolean => enumFieldsOf(kind).length > 0;

/** Declares `facets` on a root list's connection: by indexed enums, and by relations to other kinds that stand alone. */
export function declareFacets(type: ClassType, kind: NodeKind): void {
  const relations = relationsOf(kind).filter(
    (relation) =>
      isEdgeRelation(relation) &&
      relation.targets.length === 1 &&
      relation.targets[0] !== kind &&
      !isOwned(relation.targets[0] as NodeKind),
  );
  const by = Object.fromEntries([
    ...enumFieldsOf(kind).map((name) => [constantCase(name), name]),
    ...relations.map(({ field, name }) => [constantCase(field), name]),
  ]) as Record<string, string>;
  const descriptions = Object.fromEntries([
    ...enumFieldsOf(kind).map((name) => [
      constantCase(name),
      `Count by the values of ${name}, which nodes without it add nothing to.`,
    ]),
    ...relations.map(({ field }) => [
      constantCase(field),
      `Count by the nodes that ${field} leads to; a node counts for each of them.`,
    ]),
  ]) as Record<string, string>;
  const facetBy = namedEnum(`${kind}Facet`, by, descriptions, `What the nodes of a ${kind} list can be counted by.`);
  declareField<Connection>(type, "facets", {
    type: () => [facet],
    description: "Values with the number of nodes that have them, over the whole filtered list; most frequent first.",
    args: {
      by: { type: () => facetBy, required: true, description: "The field or relation whose values are counted." },
      first: {
        type: () => Int,
        defaultValue: defaultPageSize,
        description: "How many of the most frequent values; from 1 to 100.",
      },
    },
    resolve: (connection, args: { by: string; first: number }) =>
      whenReady(connection.options.facets?.(args.by) ?? [], (facets) =>
        facets.slice(0, readPageSize("first", args.first)),
      ),
    cost: { times: requestedPageSize },
  });
}
