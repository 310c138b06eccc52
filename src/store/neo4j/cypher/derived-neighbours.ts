import type { Because, Link } from "../../../domain/graph/node";
import { assertOrder, type Order } from "../../../domain/graph/order";
import type { LinkPage, NeighboursQuery } from "../../../domain/graph/port";
import type { NodeId } from "../../../domain/ids";
import { becauseLimit } from "../../../domain/ontology/derived";
import {
  type DerivedRelation,
  type EdgeRelation,
  type RelationName,
  relations,
} from "../../../domain/ontology/relations";
import { lightNode } from "../stored-node";
import { filter } from "./filter";
import { sorting } from "./link-pages";
import { pagesOf, whereOf } from "./neighbours";
import { pattern, targetOf } from "./pattern";
import { perNode } from "./per-node";
import type { Row, Statement } from "./statement";

type Alternative = DerivedRelation["derived"]["alternatives"][number];

/**
 * Returns `neighboursStatement` for a relation that is derived from chains of others. Each cause of a link appears
 * once, at most `becauseLimit` per link.
 */
export function derivedNeighboursStatement(relation: DerivedRelation, order: Order, query: NeighboursQuery): Statement {
  assertOrder(order, relation.targets, relation);
  const condition = filter(relation.targets, query.where);
  const { where, orderBy, parameters } = sorting(relation.targets, order, query.after);
  return perNode(
    query.of,
    `COLLECT { CALL (p) { ${relation.derived.alternatives.map(chain).join(" UNION ")} } ` +
      `WITH n, b, reason${whereOf([where, condition?.text])} ` +
      `WITH n, b, reason ORDER BY b._id, reason WITH n, collect([b, reason])[..${becauseLimit}] AS because ` +
      `ORDER BY ${orderBy} LIMIT $limit RETURN [n._light, [x IN because | [x[0]._light, x[1]]]] }`,
    { limit: BigInt(query.first + 1), ...parameters, ...condition?.parameters },
  );
}

/** Matches the steps from the parent `p` to the target `n`, with the node `b` and the reason that cause the link. */
function chain({ steps, because }: Alternative): string {
  return `${stepsOf({ steps, because })} RETURN n, b, ${because.reason === undefined ? "null" : "r.reason"} AS reason`;
}

export function stepsOf({ steps, because }: Alternative): string {
  let text = "";
  steps.forEach((name, index) => {
    const step = relations[name as RelationName] as EdgeRelation;
    const target = index + 1 === steps.length ? "n" : index + 1 === because.node ? "b" : "";
    text += pattern(step, "", index + 1 === because.reason ? "r" : "", targetOf(step, target)).slice("()".length);
  });
  return `MATCH (p)${text}`;
}

export function derivedLinkPages(query: NeighboursQuery, rows: readonly Row[]): ReadonlyMap<NodeId, LinkPage> {
  const link = ([light, causes]: readonly unknown[]): Link => {
    const because = (causes as readonly (readonly [unknown, string | null])[]).map(([cause, reason]): Because => {
      const node = lightNode(cause);
      return Object.freeze(reason === null ? { node } : { node, reason });
    });
    return Object.freeze({ node: lightNode(light), properties: noProperties, because: Object.freeze(because) });
  };
  return pagesOf(rows, query.first, (found) => found.map(link));
}

const noProperties = Object.freeze({});
