import { decodeCursor } from "../../domain/graph/cursor";
import { defaultOrder, type Direction, indexedFields, type Order } from "../../domain/graph/order";
import type { Where } from "../../domain/graph/where";
import type { Fields, FieldType } from "../../domain/ontology/field";
import { type NodeKind, nodeKinds } from "../../domain/ontology/node-kinds";
import type { Relation } from "../../domain/ontology/relations";
import type { GraphQLContext } from "../context";
import { type ArgumentSpec, type ClassType, declareInput, declareInputField, Int } from "../declare";
import type { LinkQuery } from "../links";
import { type PromiseOrValue, whenReady } from "../promise-or-value";
import { constantCase, enumType, namedEnum } from "../types/enum-types";
import { defaultPageSize, isGiven, readPageSize } from "./page-size";
import { readWhere, type WhereInput, whereType } from "./where-argument";

export interface LinkArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly where?: WhereInput | null;
  readonly orderBy?: OrderInput | null;
}

const first: ArgumentSpec = {
  type: () => Int,
  defaultValue: defaultPageSize,
  description: "How many links to give for each node, from 1 to 100.",
};

const after: ArgumentSpec = {
  type: () => String,
  description: "Go on after this cursor; the order and the filter must be those that it came with.",
};

/** The arguments of a connection that hangs on a node: forward only, filtered and ordered where it leads to one kind. */
export function linkArguments({ targets }: Relation): Readonly<Record<string, ArgumentSpec>> {
  const paging = { first, after };
  return targets.length === 1 ? { ...paging, ...listArguments(targets[0]) } : paging;
}

/** The filter and the order of a list of one kind. */
export function listArguments(kind: NodeKind): Readonly<Record<string, ArgumentSpec>> {
  const where = whereType(kind);
  const order = orderType(kind);
  return {
    where: { type: () => where, description: "Which of the nodes to keep; all of them unless said." },
    ...(order && {
      orderBy: {
        type: () => order,
        description: "The order of the list; unless said, the author's where there is one, else by id.",
      },
    }),
  };
}

/** What a cursor of such a list is good for. */
export const linkListKey = ({ relation, where }: Pick<LinkQuery, "relation" | "where">): unknown => [
  relation,
  where ?? null,
];

export const orderOf = (relation: Relation, query: LinkQuery): Order => query.order ?? defaultOrder(relation);

/** Reads the arguments, once a request for equal ones. Throws INVALID_ARGUMENT for what has no meaning. */
export function readLinkArguments(
  relation: Relation,
  args: LinkArguments,
  context: GraphQLContext,
): PromiseOrValue<LinkQuery> {
  const key = `${relation.name} ${JSON.stringify(args)}`;
  const known = context.linkQueries.get(key);
  if (known) return known;
  const query = readQuery(relation, args, context);
  context.linkQueries.set(key, query);
  return query;
}

function readQuery(relation: Relation, args: LinkArguments, { links }: GraphQLContext): PromiseOrValue<LinkQuery> {
  const size = readPageSize("first", args.first);
  const order = readOrder(args.orderBy);
  const where = readWhere(relation.targets[0], args.where, links);
  return whenReady(where, (found: Where | undefined): LinkQuery => {
    const query: LinkQuery = {
      relation: relation.name,
      first: size,
      ...(order && { order }),
      ...(found && { where: found }),
    };
    if (!isGiven(args.after)) return query;
    return { ...query, after: decodeCursor(args.after, orderOf(relation, query), linkListKey(query)) };
  });
}

const direction = enumType(
  "OrderDirection",
  {
    ASC: "From the smallest value to the largest; nodes without the value come last.",
    DESC: "From the largest value to the smallest; nodes without the value come last here too.",
  },
  "Which way a list runs; nodes with equal values are ordered by id, the same way.",
);

const declared = new Map<string, ClassType>();

/** The input type of `orderBy` for lists of the kind, if it has fields to order by. Kinds with a title alone share one. */
function orderType(kind: NodeKind): ClassType | undefined {
  const fields = indexedFields(kind);
  if (fields.length === 0) return undefined;
  const onlyTitle = fields.length === 1 && fields[0] === "title";
  const name = onlyTitle ? "TitleOrder" : `${kind}Order`;
  let type = declared.get(name);
  if (!type) declared.set(name, (type = declareOrder(name, onlyTitle ? "such" : kind, kind, fields)));
  return type;
}

function declareOrder(name: string, listed: string, kind: NodeKind, fields: readonly string[]): ClassType {
  const specs: Fields = nodeKinds[kind].fields;
  const field = namedEnum(
    `${name}Field`,
    Object.fromEntries(fields.map((each) => [constantCase(each), each])),
    Object.fromEntries(fields.map((each) => [constantCase(each), describeOrder(each, specs[each]?.type)])),
    `What a list of ${listed} nodes can be ordered by.`,
  );
  const type = declareInput(name, `How to order a list of ${listed} nodes; the default order is by id.`);
  declareInputField(type, "field", {
    type: () => field,
    required: true,
    description: "The field whose values give the order.",
  });
  declareInputField(type, "direction", {
    type: () => direction,
    required: true,
    defaultValue: "ASC",
    description: "Which way the order runs; ascending unless said.",
  });
  return type;
}

function describeOrder(field: string, type: FieldType | undefined): string {
  if (type?.is !== "enum") return `By ${field}, smallest first when ascending; texts are compared by code point.`;
  const values = Object.keys(type.values);
  return `By ${field}, in the rank of its values: from ${values.at(0)} to ${values.at(-1)} when ascending.`;
}

interface OrderInput {
  readonly field: string;
  readonly direction: Direction;
}

export const readOrder = (input: OrderInput | null | undefined): Order | undefined =>
  input ? { by: input.field, direction: input.direction } : undefined;
