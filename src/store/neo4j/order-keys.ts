import { indexedFields } from "../../domain/graph/order";
import type { Properties } from "../../domain/graph/node";
import type { Field } from "../../domain/ontology/field";
import { type NodeKind, nodeKindNames, nodeKinds } from "../../domain/ontology/node-kinds";

/** What a node keeps so that an index gives it in the order of a field. */
export interface OrderKey {
  readonly field: string;
  /** The property that is compared: the field itself, or the rank of an enum's value. */
  readonly property: string;
  /** The values of an enum by rank. */
  readonly ranked?: readonly string[];
  /** The property that is true where the field is absent, for optional fields: no index holds what is absent. */
  readonly absent?: string;
  /** Not above any value of the property. */
  readonly floor: string | number;
}

export function orderKey(kind: NodeKind, field: string): OrderKey {
  const { type, optional } = (nodeKinds[kind].fields as Readonly<Record<string, Field>>)[field] as Field;
  const isNumber = type.is === "enum" || type.is === "int" || type.is === "float";
  return {
    field,
    property: type.is === "enum" ? `_${field}Rank` : field,
    ...(type.is === "enum" && { ranked: Object.keys(type.values) }),
    ...(optional && { absent: `_${field}Absent` }),
    floor: isNumber ? -Infinity : "",
  };
}

export const orderKeys = (kind: NodeKind): readonly OrderKey[] =>
  indexedFields(kind).map((field) => orderKey(kind, field));

/** A value to compare with stored ones: whole numbers as such, so that they are found among integers. */
export const comparable = <T>(value: T): T | bigint =>
  typeof value === "number" && Number.isSafeInteger(value) ? BigInt(value) : value;

/** The properties beyond its fields that a node of the kind keeps for its orders. */
export function orderProperties(kind: NodeKind, fields: Properties): Properties {
  return Object.fromEntries(
    orderKeys(kind).flatMap(({ field, property, ranked, absent }): [string, unknown][] => {
      const value = fields[field];
      if (value === undefined) return absent ? [[absent, true]] : [];
      return ranked ? [[property, BigInt(ranked.indexOf(value as string))]] : [];
    }),
  );
}

/** What `orderProperties` depends on: nodes written under another ontology must be given theirs anew. */
export const orderRules: string = JSON.stringify(nodeKindNames.map((kind) => [kind, orderKeys(kind)]));
