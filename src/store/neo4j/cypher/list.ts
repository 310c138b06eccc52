import { assertOrder, byId, type Order } from "../../../domain/graph/order";
import type { ListQuery, NodePage } from "../../../domain/graph/port";
import type { GraphNode } from "../../../domain/graph/node";
import type { NodeKind } from "../../../domain/ontology/node-kinds";
import { type Prefetch, nodeValues } from "./prefetch";
import { type CypherCondition, filter } from "./filter";
import type { Row, Statement } from "./statement";
import { type Start, keysetWalk } from "./keyset";

/**
 * A page of a root list: one `page` row per node, with its prefetched lists. There is one node more than asked for if
 * the list goes on. A `behind` row follows if the list has a node on the other side of the start of the page.
 */
export function listStatement(query: ListQuery, prefetch: readonly Prefetch[] = []): Statement {
  const { kind, order = byId, first, after, last, before } = query;
  assertOrder(order, [kind]);
  const condition = filter([kind], query.where);
  const [size, place, way] =
    last === undefined ? [first ?? 0, after, "along" as const] : [last, before, "against" as const];
  const page = stretchOf(kind, order, way, "p", place && { position: place, inclusive: false }, condition, "$limit");
  const parts = [`${page.text} RETURN "page" AS key, ${nodeValues("n", prefetch)} AS value`];
  let parameters = { ...condition?.parameters, ...page.parameters, limit: BigInt(size + 1) };
  if (place) {
    const back = way === "along" ? "against" : "along";
    const behind = stretchOf(kind, order, back, "b", { position: place, inclusive: true }, condition, "1");
    parts.push(`${behind.text} RETURN "behind" AS key, null AS value`);
    parameters = { ...parameters, ...behind.parameters };
  }
  return { text: parts.join(" UNION ALL "), parameters };
}

function stretchOf(
  kind: NodeKind,
  order: Order,
  way: "along" | "against",
  name: string,
  start: Start | undefined,
  condition: CypherCondition | null,
  limit: string,
): Statement {
  const { stretches, parameters } = keysetWalk(kind, order, way, name, start);
  const parts = stretches.map(
    ({ match, where, orderBy }) =>
      `${match} WHERE ${where}${condition ? ` AND ${condition.text}` : ""} WITH n ORDER BY ${orderBy} LIMIT ${limit}`,
  );
  const text =
    parts.length === 1
      ? parts[0]!
      : `CALL () { ${parts.map((part) => `${part} RETURN n`).join(" UNION ALL ")} } WITH n LIMIT ${limit}`;
  return { text, parameters };
}

export function nodePage(
  { first, last }: ListQuery,
  rows: readonly Row[],
  nodeIn: (values: readonly unknown[]) => GraphNode,
): NodePage {
  const found = rows.flatMap(([key, value]) => (key === "page" ? [nodeIn(value as readonly unknown[])] : []));
  const behind = rows.length > found.length;
  const page = (nodes: readonly GraphNode[], hasNext: boolean, hasPrevious: boolean): NodePage =>
    Object.freeze({ nodes: Object.freeze(nodes), hasNext, hasPrevious });
  return last === undefined
    ? page(found.slice(0, first), found.length > (first ?? 0), behind)
    : page(found.slice(0, last).reverse(), behind, found.length > last);
}
