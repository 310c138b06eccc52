import { decodeCursor } from "../../domain/graph/cursor";
import { defaultOrder, type Order } from "../../domain/graph/order";
import type { Where } from "../../domain/graph/where";
import type { NodeKind } from "../../domain/ontology/node-kinds";
import type { Relation } from "../../domain/ontology/relations";
import type { GraphQLContext } from "../context";
import { type ArgumentSpec, Int } from "../declare";
import type { LinkQuery } from "../links";
import { type PromiseOrValue, whenReady } from "../promise-or-value";
import { isGiven } from "./is-given";
import { type OrderInput, orderType, readOrder } from "./order-argument";
import { defaultPageSize, readPageSize } from "./page-size";
import { readWhere, whereType, type WhereInput } from "./where-argument";

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
