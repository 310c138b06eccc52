import type { GraphNode, Link } from "../../domain/graph/node";
import type { NodeId } from "../../domain/ids";
import { type EdgeRelation, isEdgeRelation, type Relation } from "../../domain/ontology/relations";
import {
  linkArguments,
  type LinkArguments,
  linkListKey,
  orderOf,
  readLinkArguments,
} from "../arguments/link-arguments";
import { pageCost } from "../arguments/page-size";
import { Connection } from "../connection";
import type { GraphQLContext } from "../context";
import type { FieldSpec } from "../declare";
import { base } from "../limits/meter";
import { type LinkQuery, linkSource } from "../links";
import { type PromiseOrValue, whenReady } from "../promise-or-value";
import { connectionType } from "./connection-types";
import { ontologyField } from "./field-types";
import { linkShapeOf, pascalCase } from "./link-shapes";
import { linkType } from "./link-types";
import { nodeTypeOf } from "./node-types";

type Specs = Readonly<Record<string, FieldSpec<GraphNode>>>;

/** The fields that a relation gives its owner: to one node, to a complete list, or to a connection. */
export function relationFields(relation: Relation): Specs {
  if (!isEdgeRelation(relation)) return { [relation.field]: growing(relation, relation.derived.description) };
  if (relation.end.one) return toOne(relation);
  if (relation.end.max === undefined) return { [relation.field]: growing(relation, relation.end.description) };
  return { [relation.field]: bounded(relation, relation.end.max) };
}

/** The node, and beside it what the link carries: `source` and `sourceLocator`. */
function toOne(relation: EdgeRelation): Specs {
  const { field, targets, end } = relation;
  const query: LinkQuery = Object.freeze({ relation: relation.name, first: 1 });
  const linkOf = (node: GraphNode, { links }: GraphQLContext): PromiseOrValue<Link | undefined> =>
    whenReady(links.page(query, node.id), (page) => page.links[0]);
  const beside = Object.entries(linkShapeOf(relation).properties).map(([name, property]) => {
    const spec = ontologyField(name, property);
    const read = spec.resolve ?? ((properties) => properties[name]);
    const resolve: FieldSpec<GraphNode>["resolve"] = (node, args, context, info) =>
      whenReady(linkOf(node, context), (link) => (link ? read(link.properties, args, context, info) : null));
    return [`${field}${pascalCase(name)}`, { ...spec, nullable: property.optional || !end.required, resolve }] as const;
  });
  return {
    [field]: {
      type: () => nodeTypeOf(targets),
      description: end.description,
      nullable: !end.required,
      resolve: (node, _args, context) => whenReady(linkOf(node, context), (link) => link?.node ?? null),
    },
    ...Object.fromEntries(beside),
  };
}

/** A complete list without arguments: of links where they carry something, else of nodes. */
function bounded(relation: EdgeRelation, max: number): FieldSpec<GraphNode> {
  const { targets, end } = relation;
  const query: LinkQuery = Object.freeze({ relation: relation.name, first: max });
  const shape = linkShapeOf(relation);
  const plain = shape.name === "";
  const type = plain ? nodeTypeOf(targets) : linkType(targets, shape);
  return {
    type: () => [type],
    description: end.description,
    cost: { times: end.typical },
    resolve: (node, _args, { links }) =>
      whenReady(links.page(query, node.id), (page) =>
        plain ? page.links.map(({ node }) => node) : page.links.map(linkSource),
      ),
  };
}

/** A connection, for what grows with the bank. */
function growing(relation: Relation, description: string): FieldSpec<GraphNode> {
  const type = connectionType(relation.targets, linkShapeOf(relation));
  return {
    type: () => type,
    description,
    args: linkArguments(relation),
    cost: pageCost,
    resolve: (node, args: LinkArguments, context) =>
      whenReady(readLinkArguments(relation, args, context), (query) => connectionOf(relation, query, node.id, context)),
  };
}

function connectionOf(
  relation: Relation,
  query: LinkQuery,
  of: NodeId,
  { links, report }: GraphQLContext,
): PromiseOrValue<Connection> {
  report.meter.objects(base.connection);
  return whenReady(
    links.page(query, of),
    (page) =>
      new Connection({
        ...page,
        hasPrevious: query.after !== undefined,
        order: orderOf(relation, query),
        list: linkListKey(query),
        count: () => links.count(query, of),
      }),
  );
}
