import { type Direction, indexedFields, type Order } from "../../domain/graph/order";
import type { Fields, FieldType } from "../../domain/ontology/field";
import { type NodeKind, nodeKinds } from "../../domain/ontology/node-kinds";
import { type ClassType, declareInput, declareInputField } from "../declare";
import { constantCase, enumType, namedEnum } from "../types/enum-types";

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
export function orderType(kind: NodeKind): ClassType | undefined {
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

export interface OrderInput {
  readonly field: string;
  readonly direction: Direction;
}

export const readOrder = (input: OrderInput | null | undefined): Order | undefined =>
  input ? { by: input.field, direction: input.direction } : undefined;
