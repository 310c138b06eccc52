import type { Direction, Order, Position } from "../../../domain/graph/order";
import { compareText } from "../../../domain/graph/order";
import type { NodeKind } from "../../../domain/ontology/node-kinds";
import { comparedWith, orderKey, valueBeforeAll } from "../order-keys";
import { labels } from "./statement";

/** A part of an order that one index returns without sorting. Parts follow each other in the order of the walk. */
export interface KeysetRange {
  /** A MATCH of the node `n`, with a hint for the index to read. */
  readonly match: string;
  readonly where: string;
  readonly orderBy: string;
}

/** The start of a walk along an order: at the position if inclusive, else right behind it. */
export interface Start {
  readonly position: Position;
  readonly inclusive: boolean;
}

export interface KeysetWalk {
  readonly stretches: readonly KeysetRange[];
  readonly parameters: Readonly<Record<string, unknown>>;
}

/**
 * Returns the walk over the nodes of a kind along an order or against it, in up to three ranges. Comparing (value, id)
 * as a pair would read all equal values before the start, and no index holds absent values. So equal, further and
 * absent values each have their own range. Each ORDER BY names every column of the index, even those with equal values:
 * only then does Neo4j see that it need not sort. `name` is a prefix that separates the parameters from those of other
 * walks.
 */
export function keysetWalk(
  kind: NodeKind,
  order: Order,
  way: "along" | "against",
  name: string,
  start?: Start,
): KeysetWalk {
  const direction = way === "along" ? order.direction : opposite(order.direction);
  if (order.by === "id") return walkById(kind, direction, name, start);

  const key = orderKey(kind, order.by);
  const { property, absent } = key;
  const present = (where: string): KeysetRange => ({
    match: byIndex(kind, property, "_id"),
    where: `n.${property} ${where}`,
    orderBy: `n.${property} ${direction}, n._id ${direction}`,
  });
  const absentOnes = (where: string): readonly KeysetRange[] =>
    absent === undefined
      ? []
      : [
          {
            match: byIndex(kind, absent, "_id"),
            where: `n.${absent} = true AND n._id ${where}`,
            orderBy: `n.${absent} ${direction}, n._id ${direction}`,
          },
        ];

  const beyond = sign(direction);
  const allPresent = present(`${beyond} $${name}Value AND n._id IS NOT NULL`);
  const allAbsent = absentOnes("IS NOT NULL");
  if (!start) {
    const parameters = { [`${name}Value`]: valueBeforeAll(key, direction) };
    return { stretches: way === "along" ? [allPresent, ...allAbsent] : [...allAbsent, allPresent], parameters };
  }
  const { value, id } = start.position;
  const beyondId = `${beyond}${start.inclusive ? "=" : ""} $${name}Id`;
  if (value === null) {
    return {
      stretches: [...absentOnes(beyondId), ...(way === "along" ? [] : [allPresent])],
      parameters: { [`${name}Id`]: id, [`${name}Value`]: valueBeforeAll(key, direction) },
    };
  }
  return {
    stretches: [present(`= $${name}Value AND n._id ${beyondId}`), allPresent, ...(way === "along" ? allAbsent : [])],
    parameters: { [`${name}Id`]: id, [`${name}Value`]: comparedWith(key, value) },
  };
}

/** Walks by id. Ids begin with their kind (`Kind:slug`), so one index over all ids returns those of a kind in order. */
function walkById(kind: NodeKind, direction: Direction, name: string, start?: Start): KeysetWalk {
  const [first, last] = idRange(kind);
  const at = start?.position.id;
  const ascending = direction === "ASC";
  const inclusive = start?.inclusive ? "=" : "";
  return {
    stretches: [
      {
        match: byIndex(labels.node, "_id"),
        where: `n._id >${ascending ? inclusive : ""} $${name}Low AND n._id <${ascending ? "" : inclusive} $${name}High`,
        orderBy: `n._id ${direction}`,
      },
    ],
    parameters: {
      [`${name}Low`]: ascending && at !== undefined && compareText(at, first) > 0 ? at : first,
      [`${name}High`]: !ascending && at !== undefined && compareText(at, last) < 0 ? at : last,
    },
  };
}

const byIndex = (label: string, ...properties: readonly string[]): string =>
  `MATCH (n:${label}) USING INDEX SEEK n:${label}(${properties.join(", ")})`;

/** Returns bounds with all ids of a kind strictly between them, such as `Concept:` and `Concept;`. */
export const idRange = (kind: NodeKind): readonly [string, string] => [`${kind}:`, `${kind};`];

const opposite = (direction: Direction): Direction => (direction === "ASC" ? "DESC" : "ASC");
export const sign = (direction: Direction): ">" | "<" => (direction === "ASC" ? ">" : "<");
