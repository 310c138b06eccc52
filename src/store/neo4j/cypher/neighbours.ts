import type { Link } from "../../../domain/graph/node";
import { assertOrder, comparePositions, compareText, type Order, positionOfLink } from "../../../domain/graph/order";
import type { LinkPage, NeighboursQuery } from "../../../domain/graph/port";
import type { NodeId } from "../../../domain/ids";
import type { EdgeRelation } from "../../../domain/ontology/relations";
import { type Prefetch, linkValues } from "./prefetch";
import { filter } from "./filter";
import { pageByIndex, pageBySorting } from "./link-pages";
import { isHub, maxLinks, pattern, targetOf } from "./pattern";
import { type PerNode, perNode } from "./per-node";
import type { Row } from "./statement";

/**
 * A page of links per parent, with the prefetched lists of the linked nodes. It holds one link more than asked for if
 * there are more.
 */
export function neighboursStatement(
  relation: EdgeRelation,
  order: Order,
  query: NeighboursQuery,
  prefetch: readonly Prefetch[] = [],
): PerNode {
  assertOrder(order, relation.targets, relation);
  const condition = filter(relation.targets, query.where);
  const values = linkValues({ relation, further: prefetch });
  if (isWholeList(relation, query)) {
    const match = pattern(relation, "p", "r", targetOf(relation, "n"));
    const links = `COLLECT { MATCH ${match}${whereOf([condition?.text])} RETURN [${values}] }`;
    return perNode(query.of, links, condition?.parameters);
  }
  const readByIndex = isHub(relation) && (order.by === "id" || order.by === "position");
  const page = (readByIndex ? pageByIndex : pageBySorting)(relation, order, query.after);
  return perNode(
    query.of,
    `COLLECT { MATCH ${page.match}${whereOf([page.where, condition?.text])} ` +
      `WITH r, n ORDER BY ${page.orderBy} LIMIT $limit RETURN [${values}] }`,
    { limit: BigInt(query.first + 1), ...page.parameters, ...condition?.parameters },
  );
}

/**
 * Tests whether the page holds all links that a node can have. Neo4j need not sort these, so one statement serves every
 * order.
 */
export const isWholeList = (
  relation: EdgeRelation,
  { first, after }: Pick<NeighboursQuery, "first" | "after">,
): boolean => !after && first >= maxLinks(relation);

export const whereOf = (conditions: readonly (string | undefined)[]): string => {
  const given = conditions.filter((each) => each !== undefined);
  return given.length === 0 ? "" : ` WHERE ${given.join(" AND ")}`;
};

export function linkPages(
  relation: EdgeRelation,
  order: Order,
  query: NeighboursQuery,
  rows: readonly Row[],
  linkIn: (values: readonly unknown[]) => Link,
): ReadonlyMap<NodeId, LinkPage> {
  const sort = isWholeList(relation, query);
  return pagesOf(rows, query.first, (found) => {
    const links = found.map(linkIn);
    return sort ? sorted(links, order) : links;
  });
}

export const sorted = (links: Link[], order: Order): Link[] =>
  links.length > 1 ? links.sort(comparison(order)) : links;

function comparison(order: Order): (a: Link, b: Link) => number {
  if (order.by === "id") {
    const sign = order.direction === "ASC" ? 1 : -1;
    return (a, b) => sign * compareText(a.node.id, b.node.id);
  }
  return (a, b) => comparePositions(positionOfLink(a, order), positionOfLink(b, order), order.direction);
}

/** Returns the pages by parent. A row with more than `first` links is cut to `first`, and its page has `hasNext`. */
export function pagesOf(
  rows: readonly Row[],
  first: number,
  linksIn: (found: readonly (readonly unknown[])[]) => Link[],
): ReadonlyMap<NodeId, LinkPage> {
  return new Map(
    rows.map(([id, found]): [NodeId, LinkPage] => {
      const links = linksIn(found as readonly (readonly unknown[])[]);
      const hasNext = links.length > first;
      if (hasNext) links.length = first;
      return [id as NodeId, Object.freeze({ links: Object.freeze(links), hasNext })];
    }),
  );
}
