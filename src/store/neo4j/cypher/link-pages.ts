import type { Direction, Order, Position } from "../../../domain/graph/order";
import type { NodeKind } from "../../../domain/ontology/node-kinds";
import type { EdgeRelation } from "../../../domain/ontology/relations";
import { comparedWith, type OrderKey, orderKey, valueBeforeAll } from "../order-keys";
import { endsOf, pattern, targetOf } from "./pattern";
import { idRange, sign } from "./keyset";

interface Sorting {
  /**
   * The condition for nodes behind the position. A first page starts behind a position before all others, so it needs
   * no statement of its own.
   */
  readonly where: string;
  readonly orderBy: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

interface LinkPage extends Sorting {
  readonly match: string;
}

/** Reads all links of each parent and sorts them, for links that are few or that no index has in this order. */
export const pageBySorting = (relation: EdgeRelation, order: Order, after: Position | undefined): LinkPage => ({
  match: pattern(relation, "p", "r", targetOf(relation, "n")),
  ...sorting(relation.targets, order, after),
});

/** Sorts nodes `n` by an order. The order by position uses the relationship `r` of each node. */
export function sorting(kinds: readonly NodeKind[], { by, direction }: Order, after: Position | undefined): Sorting {
  const beyond = sign(direction);
  const parameters = { afterId: after?.id ?? valueBeforeAll(ids, direction) };
  if (by === "id") return { where: `n._id ${beyond} $afterId`, orderBy: `n._id ${direction}`, parameters };

  const key = by === "position" ? positions : orderKey(kinds[0]!, by);
  const value = by === "position" ? "r.order" : `n.${key.property}`;
  const orderBy = `${value} IS NULL, ${value} ${direction}, n._id ${direction}`;
  if (after?.value === null) return { where: `${value} IS NULL AND n._id ${beyond} $afterId`, orderBy, parameters };
  return {
    where: `(${value} ${beyond} $afterValue OR (${value} = $afterValue AND n._id ${beyond} $afterId) OR ${value} IS NULL)`,
    orderBy,
    parameters: { ...parameters, afterValue: valueAfter(key, direction, after) },
  };
}

const ids = { compares: "texts" } as const;
const positions = { compares: "numbers", property: "order" } as const;

const valueAfter = (key: Pick<OrderKey, "compares">, direction: Direction, after: Position | undefined): unknown =>
  after ? comparedWith(key, after.value!) : valueBeforeAll(key, direction);

/**
 * Reads only as many links of each parent as the page needs, in the order of an index on the links. ORDER BY also names
 * the parent's column, and the condition for equal positions is a CASE instead of an OR. Otherwise Neo4j would read all
 * links and sort them.
 */
export function pageByIndex(relation: EdgeRelation, { by, direction }: Order, after: Position | undefined): LinkPage {
  const { own, other } = endsOf(relation);
  const columns = [own, ...(by === "position" ? ["order"] : []), other];
  const match = `${pattern(relation, "", "r", "n")} USING INDEX SEEK r:${relation.edge}(${columns.join(", ")})`;
  const orderBy = columns.map((each) => `r.${each} ${direction}`).join(", ");
  if (by === "id") {
    const [low, high] = rangeOf(relation.targets, direction, after);
    const where = `r.${own} = id AND r.${other} > $low AND r.${other} < $high`;
    return { match, where, orderBy, parameters: { low, high } };
  }
  const beyond = sign(direction);
  return {
    match,
    where:
      `r.${own} = id AND r.order ${beyond}= $afterValue AND r.${other} IS NOT NULL ` +
      `AND CASE r.order WHEN $afterValue THEN r.${other} ${beyond} $afterId ELSE true END`,
    orderBy,
    parameters: {
      afterId: after?.id ?? valueBeforeAll(ids, direction),
      afterValue: valueAfter(positions, direction, after),
    },
  };
}

/** Returns the ids strictly between which the page lies. */
function rangeOf(targets: readonly NodeKind[], direction: Direction, after: Position | undefined): [string, string] {
  const ranges = targets.map(idRange).sort(([a], [b]) => (a < b ? -1 : 1));
  const [low, high] = [ranges[0]![0], ranges.at(-1)![1]];
  if (!after) return [low, high];
  if (direction === "ASC") return [after.id > low ? after.id : low, high];
  return [low, after.id < high ? after.id : high];
}
