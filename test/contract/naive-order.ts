import type { Order } from "../../src/domain/graph/order";
import type { GraphNode, Link } from "../../src/domain/graph/node";
import type { Field } from "../../src/domain/ontology/field";
import { nodeKinds } from "../../src/domain/ontology/node-kinds";

type Value = readonly number[] | undefined;

/** What an order means, told in another way than the domain does: arrays of code points, absent values last. */
export function sortedLinks(links: readonly Link[], order: Order): Link[] {
  return sorted(
    links,
    order,
    (link) => (order.by === "position" ? [link.position as number] : valueOf(link.node, order.by)),
    (link) => link.node.id,
  );
}

export function sortedNodes(nodes: readonly GraphNode[], order: Order): GraphNode[] {
  return sorted(
    nodes,
    order,
    (node) => valueOf(node, order.by),
    (node) => node.id,
  );
}

function sorted<T>(
  items: readonly T[],
  { direction }: Order,
  valueOfItem: (item: T) => Value,
  idOf: (item: T) => string,
): T[] {
  const turn = direction === "ASC" ? 1 : -1;
  return [...items].sort((a, b) => {
    const [x, y] = [valueOfItem(a), valueOfItem(b)];
    if (x === undefined && y !== undefined) return 1;
    if (x !== undefined && y === undefined) return -1;
    return turn * (compare(x ?? [], y ?? []) || compare(codePoints(idOf(a)), codePoints(idOf(b))));
  });
}

function valueOf(node: GraphNode, by: string): Value {
  const value = (node as unknown as Record<string, string | number | undefined>)[by];
  if (by === "id" || value === undefined) return undefined;
  if (typeof value === "number") return [value];
  const { type } = (nodeKinds[node.kind].fields as Readonly<Record<string, Field>>)[by] as Field;
  return type.is === "enum" ? [Object.keys(type.values).indexOf(value)] : codePoints(value);
}

export const codePoints = (text: string): number[] =>
  Array.from(text, (character) => character.codePointAt(0) as number);

export function compare(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((value, place) => value !== b[place]);
  if (index === -1) return a.length - b.length;
  return index >= b.length ? 1 : (a[index] as number) - (b[index] as number);
}
