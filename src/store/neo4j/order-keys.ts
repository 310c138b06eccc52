import type { Properties } from "../../domain/graph/node";
import { type Direction, indexedFields } from "../../domain/graph/order";
import type { Field } from "../../domain/ontology/field";
import { type NodeKind, nodeKinds } from "../../domain/ontology/node-kinds";

/** What a node keeps so that an index gives it in the order of a field. */
export interface OrderKey {
  readonly field: string;
  /** The property that is compared: a rank for enums, a sortable text for texts, else the field itself. */
  readonly property: string;
  readonly compares: "ranks" | "texts" | "numbers";
  /** The values of an enum by rank. */
  readonly ranked: readonly string[];
  /** The property that is true where the field is absent, for optional fields: no index holds what is absent. */
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

/** The value of a position as it compares with a key's property. */
export const comparedWith = ({ compares }: Pick<OrderKey, "compares">, value: string | number): unknown =>
  compares === "texts" ? sortableText(String(value)) : comparable(value);

/** A value that comes before every other in the direction; for ids too. */
export function valueBeforeAll({ compares }: Pick<OrderKey, "compares">, direction: Direction): unknown {
  if (compares !== "texts") return direction === "ASC" ? -Infinity : Infinity;
  return direction === "ASC" ? "" : "\ue000";
}

/** A value to compare with stored ones: whole numbers as such, so that they are found among integers. */
export const comparable = <T>(value: T): T | bigint =>
  typeof value === "number" && Number.isSafeInteger(value) ? BigInt(value) : value;

/** The properties beyond its fields that a node of the kind keeps for its orders. */
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
 * A text that compares as the given one does by code point, by whichever unit it is compared. Neo4j compares texts that
 * it has stored by code point but a parameter by UTF-16 unit, where U+E000 to U+FFFF come after what is beyond them.
 * So what is from there on is written with units below the surrogates; almost all texts stay as they are.
 */
export const sortableText = (text: string): string =>
  text.replace(escaped, (character) => escape(character.codePointAt(0)!));
const escaped = /[\u{d7fd}-\u{10ffff}]/gu;
// Unassigned characters, the last ones below the surrogates; they are escaped too, so that nothing else begins with them.
const [below, beyondSurrogates, beyondUnits] = ["\ud7fd", "\ud7fe", "\ud7ff"];
const digit = (value: number): string => String.fromCharCode(0x20 + value);
function escape(codePoint: number): string {
  if (codePoint < 0xd800) return below + digit(codePoint - 0xd7fd);
  if (codePoint < 0x10000) return beyondSurrogates + digit(codePoint - 0xe000);
  const offset = codePoint - 0x10000;
  return beyondUnits + digit(offset >> 10) + digit(offset & 0x3ff);
}
