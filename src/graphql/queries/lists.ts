import { nodeKinds } from "../../domain/ontology/node-kinds";
import {
  readRootArguments,
  type RootArguments,
  rootArguments,
  rootListKey,
  type RootQuery,
} from "../arguments/root-arguments";
import { pageCost } from "../arguments/page-size";
import { Connection } from "../connection";
import type { GraphQLContext } from "../context";
import { declareQuery } from "../declare";
import { base } from "../limits/meter";
import { type PromiseOrValue, whenReady } from "../promise-or-value";
import { connectionType, facetedConnectionType } from "../types/connection-types";
import { hasFacets } from "../types/facet-types";
import { plainLink } from "../types/link-shapes";
import { listName, rootKinds } from "./root-kinds";

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
