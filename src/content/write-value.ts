import type { NodeId } from "../domain/ids";
import { compareText } from "../domain/graph/order";
import type { FieldType } from "../domain/ontology/field";

/** The value as YAML holds it: object keys in the ontology's order, free keys by code point, references as slugs. */
export function writeValue(value: unknown, type: FieldType, slugFor: (id: NodeId) => string): unknown {
  switch (type.is) {
    case "list":
      return (value as readonly unknown[]).map((item) => writeValue(item, type.of, slugFor));
    case "object": {
      const object = value as Readonly<Record<string, unknown>>;
      return new Map(
        Object.entries(type.fields).flatMap(([name, field]) =>
          object[name] === undefined ? [] : [[name, writeValue(object[name], field.type, slugFor)]],
        ),
      );
    }
    case "params":
      return new Map(Object.entries(value as object).sort(([a], [b]) => compareText(a, b)));
    case "reference":
      return slugFor(value as NodeId);
    default:
      return value;
  }
}
