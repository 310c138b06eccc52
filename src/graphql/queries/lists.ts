import { DomainError } from "../../domain/errors";
import { decodeCursor } from "../../domain/graph/cursor";
import { byId, type Order } from "../../domain/graph/order";
import type { ListQuery } from "../../domain/graph/port";
import type { Where } from "../../domain/graph/where";
import { type NodeKind, nodeKinds } from "../../domain/ontology/node-kinds";
import { type LinkArguments, listArguments, readOrder } from "../arguments/link-arguments";
import { isGiven, pageCost, readPageSize } from "../arguments/page-size";
import { readWhere } from "../arguments/where-argument";
import { Connection } from "../connection";
import type { GraphQLContext } from "../context";
import { type ArgumentSpec, declareQuery, Int } from "../declare";
import { base } from "../limits/meter";
import type { Links } from "../links";
import { type PromiseOrValue, whenReady } from "../promise-or-value";
import { connectionType, facetedConnectionType } from "../types/connection-types";
import { hasFacets } from "../types/facet-types";
import { plainLink } from "../types/link-shapes";
import { listName, rootKinds } from "../types/node-types";

interface RootArguments extends LinkArguments {
  readonly last?: number | null;
  readonly before?: string | null;
}

const paging: Readonly<Record<string, ArgumentSpec>> = {
  first: {
    type: () => Int,
    description: "How many from the start or after a cursor, from 1 to 100; 20 unless last is given.",
  },
  after: {
    type: () => String,
    description: "Go on after this cursor, with first; order and filter must be those that it came with.",
  },
  last: {
    type: () => Int,
    description: "How many from the end or before a cursor, from 1 to 100; in the list's order all the same.",
  },
  before: {
    type: () => String,
    description: "Go back from this cursor, with last; order and filter must be those that it came with.",
  },
};

/** The arguments of a root list. */
const rootArguments = (kind: NodeKind): Readonly<Record<string, ArgumentSpec>> => ({
  ...paging,
  ...listArguments(kind),
});

/** A root list's query, with the order that applies. */
type RootQuery = ListQuery & { readonly order: Order };

/** What a cursor of such a list is good for. */
const rootListKey = ({ kind, where }: Pick<ListQuery, "kind" | "where">): unknown => [kind, where ?? null];

/** Reads the arguments. Throws INVALID_ARGUMENT for what has no meaning. */
function readRootArguments(kind: NodeKind, args: RootArguments, links: Links): PromiseOrValue<RootQuery> {
  const { first, last, after, before } = args;
  const backward = isGiven(last);
  if (isGiven(first) && backward) throw new DomainError("INVALID_ARGUMENT", "first and last cannot be given together.");
  if (isGiven(after) && backward) throw new DomainError("INVALID_ARGUMENT", "after goes with first, not with last.");
  if (isGiven(before) && !backward) throw new DomainError("INVALID_ARGUMENT", "before goes with last.");
  const size = backward ? { last: readPageSize("last", last) } : { first: readPageSize("first", first) };
  const order = readOrder(args.orderBy) ?? byId;
  return whenReady(readWhere(kind, args.where, links), (where: Where | undefined): RootQuery => {
    const query: RootQuery = { kind, order, ...size, ...(where && { where }) };
    const cursor = backward ? before : after;
    if (!isGiven(cursor)) return query;
    const position = decodeCursor(cursor, order, rootListKey(query));
    return backward ? { ...query, before: position } : { ...query, after: position };
  });
}

/** The root lists: `questions`, `tradeOffs` and so on. */
export class ListQueries {}

for (const kind of rootKinds) {
  const type = hasFacets(kind) ? facetedConnectionType(kind, plainLink) : connectionType([kind], plainLink);
  declareQuery(ListQueries, listName(kind), {
    type: () => type,
    description: `A page of all ${kind} nodes. ${nodeKinds[kind].description}`,
    args: rootArguments(kind),
    cost: pageCost,
    resolve: (_root, args: RootArguments, context) =>
      whenReady(readRootArguments(kind, args, context.links), (query) => connectionOf(query, context)),
  });
}

function connectionOf(query: RootQuery, { links, report }: GraphQLContext): PromiseOrValue<Connection> {
  report.meter.objects(base.connection);
  return whenReady(
    links.list(query),
    ({ nodes, hasNext, hasPrevious }) =>
      new Connection({
        links: nodes.map((node) => ({ node, properties: {} })),
        hasNext,
        hasPrevious,
        order: query.order,
        list: rootListKey(query),
        count: () => links.total(query),
        facets: (by) => links.facets(query, by),
      }),
  );
}
