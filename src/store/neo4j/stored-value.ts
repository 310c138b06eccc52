import type { FieldType } from "../../domain/ontology/field";
import { deepFreeze } from "../../domain/deep-freeze";

/** A value as Neo4j stores it: integers as such, what is no list of plain values as JSON. */
export function storedValue(type: FieldType, value: unknown): unknown {
  if (isJson(type)) return JSON.stringify(value);
  if (type.is === "list") return (value as readonly unknown[]).map((item) => storedValue(type.of, item));
  return type.is === "int" ? BigInt(value as number) : value;
}

/** The value that was stored, frozen. */
export function valueOf(type: FieldType, stored: unknown): unknown {
  if (isJson(type)) return deepFreeze(JSON.parse(stored as string) as unknown);
  return type.is === "list" ? Object.freeze(stored) : stored;
}

const isJson = (type: FieldType): boolean =>
  type.is === "object" || type.is === "params" || (type.is === "list" && (type.of.is === "list" || isJson(type.of)));
