import type { Properties } from "../../domain/graph/node";
import { type Direction, indexedFields } from "../../domain/graph/order";
import type { Field } from "../../domain/ontology/field";
import { type NodeKind, nodeKinds } from "../../domain/ontology/node-kinds";

/** The properties that a node keeps so that an index returns nodes in the order of a field. */
export interface OrderKey {
  readonly field: string;
  /**
   * The property to compare: `_formatRank` with the rank of an enum value, `_titleOrder` with a sortable text, or the
   * numeric field itself.
   */
  readonly property: string;
  readonly compares: "ranks" | "texts" | "numbers";
  /** The values of an enum in the order of their ranks; empty for other types. */
  readonly ranked: readonly string[];
  /**
   * The property that is true if an optional field is absent, as no index holds absent values. Undefined for other
   * fields.
   */
  readonly absent?: string;
}

export function orderKey(kind: NodeKind, field: string): OrderKey {
  const { type, optional } = (nodeKinds[kind].fields as Readonly<Record<string, Field>>)[field] as Field;
  const absent = optional && { absent: `_${field}Absent` };
  if (type.is === "enum") {
    return { field, property: `_${field}Rank`, compares: "ranks", ranked: Object.keys(type.values), ...absent };
  }
  return type.is === "int" || type.is === "float"
    ? { field, property: field, compares: "numbers", ranked: [], ...absent }
    : { field, property: `_${field}Order`, compares: "texts", ranked: [], ...absent };
}

export function orderKeys(kind: NodeKind): readonly OrderKey[] {
  let keys = known.get(kind);
  if (!keys) known.set(kind, (keys = indexedFields(kind).map((field) => orderKey(kind, field))));
  return keys;
}

const known = new Map<NodeKind, readonly OrderKey[]>();

/** Returns the value of a position in the form that compares with the key's property. */
export const comparedWith = ({ compares }: Pick<OrderKey, "compares">, value: string | number): unknown =>
  compares === "texts" ? sortableText(String(value)) : comparable(value);

/** Returns a value that comes before every other one in the direction. Ids count as texts. */
export function valueBeforeAll({ compares }: Pick<OrderKey, "compares">, direction: Direction): unknown {
  if (compares !== "texts") return direction === "ASC" ? -Infinity : Infinity;
  return direction === "ASC" ? "" : "\ue000";
}

/**
 * Returns a value in the form that compares with stored ones: whole numbers as bigint, so that an index on integers
 * finds them.
 */
export const comparable = <T>(value: T): T | bigint =>
  typeof value === "number" && Number.isSafeInteger(value) ? BigInt(value) : value;

/** Returns the properties that a node keeps for its orders in addition to its fields. */
export function orderProperties(kind: NodeKind, fields: Properties): Properties {
  return Object.fromEntries(
    orderKeys(kind).flatMap(({ field, property, compares, ranked, absent }): [string, unknown][] => {
      const value = fields[field];
      if (value === undefined) return absent ? [[absent, true]] : [];
      if (compares === "numbers") return [];
      return [
        [property, compares === "ranks" ? BigInt(ranked.indexOf(value as string)) : sortableText(value as string)],
      ];
    }),
  );
}

/**
 * Returns a text whose order, by code point and by UTF-16 unit, is the order of the given text by code point. Neo4j
 * compares stored texts by code point but a parameter by UTF-16 unit. By unit, U+E000 to U+FFFF come after all higher
 * characters. So characters from U+D7FD on are written with units below the surrogates. Almost all texts stay
 * unchanged.
 */
export const sortableText = (text: string): string =>
  text.replace(escaped, (character) => escape(character.codePointAt(0)!));
const escaped = /[\u{d7fd}-\u{10ffff}]/gu;
// The last three units below the surrogates, all unassigned. They are escaped too, so that only escapes hold them.
const [below, beyondSurrogates, beyondUnits] = ["\ud7fd", "\ud7fe", "\ud7ff"];
const digit = (value: number): string => String.fromCharCode(0x20 + value);
function escape(codePoint: number): string {
  if (codePoint < 0xd800) return below + digit(codePoint - 0xd7fd);
  if (codePoint < 0x10000) return beyondSurrogates + digit(codePoint - 0xe000);
  const offset = codePoint - 0x10000;
  return beyondUnits + digit(offset >> 10) + digit(offset & 0x3ff);
}
