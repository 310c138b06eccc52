import type { Properties } from "../../../src/domain/graph/node";
import type { Field, Fields, FieldType } from "../../../src/domain/ontology/field";
import type { Draw } from "./draw";

/** Texts that locales, UTF-16 units and case-blind orders would sort otherwise, units, and texts with inline links. */
const texts = [
  "zoo",
  "Äpfel",
  "apple",
  "Apple",
  "𝒜",
  "ﬀ",
  "～",
  "日本",
  "ß",
  "10",
  "9",
  "ms",
  "s",
  "By",
  "a\n\nb",
  "' OR 1=1 --",
  "{$x}",
  "See [a](concept:a).",
  "[b](tool:b) and [a](concept:a)",
  "[m](measurement:a/b)",
  "[d](derived:1*2 By)",
];
const candidates: Readonly<Record<string, readonly unknown[]>> = {
  string: texts,
  boolean: [true, false],
  int: [0, 1, 2, 3, 5, -1, -2, 30, 240, 1_000],
  float: [0, 1.3, -2.5, 1e-9, 1e300, 0.1 + 0.2],
  url: ["https://example.org/a?b=%20#c", "http://example.org/"],
  date: ["2024", "2024-07", "2023-12-31"],
  duration: ["P2Y", "P18M"],
  params: [{ a: 1 }, { b: "x", a: true }, { "ef search": 0.5 }],
  slug: ["small", "batch-1"],
};
const nonsense = ["", " x", 0.5, -7, true, null, [], {}, "2024-13", "x".repeat(20_001), "# Top"];

const fitting = new Map<Field["schema"], readonly unknown[]>();

/** A value of the field that its schema accepts; undefined if none is known. */
export function valueOf(draw: Draw, field: Pick<Field, "type" | "schema">): unknown {
  const accepted = (values: readonly unknown[]) => values.filter((value) => field.schema.safeParse(value).success);
  if (field.type.is === "list" || field.type.is === "object") return accepted([composed(draw, field.type)])[0];
  const known = fitting.get(field.schema) ?? accepted(candidatesOf(field.type));
  fitting.set(field.schema, known);
  return draw.maybeOf(known);
}

const candidatesOf = (type: FieldType): readonly unknown[] =>
  type.is === "enum" ? Object.keys(type.values) : (candidates[type.is] ?? []);

function composed(draw: Draw, type: FieldType): unknown {
  if (type.is === "list") {
    if (type.of.is === "object") return [composed(draw, type.of)];
    return draw.some(candidatesOf(type.of), 1, 3);
  }
  if (type.is !== "object") return draw.maybeOf(candidatesOf(type));
  return Object.fromEntries(Object.entries(type.fields).map(([name, field]) => [name, valueOf(draw, field)]));
}

/** Values for all required fields and some optional ones. */
export function validValues(draw: Draw, fields: Fields): Properties {
  const chosen = Object.entries(fields).filter(([, field]) => !field.optional || draw.chance(50));
  return Object.fromEntries(
    chosen
      .map(([name, field]): [string, unknown] => [name, valueOf(draw, field)])
      .filter(([, value]) => value !== undefined),
  );
}

/** Values for one or two fields: mostly valid, sometimes null, nonsense, or for a field that there is not. */
export function patchValues(draw: Draw, fields: Fields): Properties {
  return Object.fromEntries(
    draw.some(Object.entries(fields), 1, 2).map(([name, field]) => {
      if (draw.chance(4)) return [`${name}X`, 1];
      if (draw.chance(6)) return [name, draw.of(nonsense)];
      return [name, field.optional && draw.chance(25) ? null : (valueOf(draw, field) ?? null)];
    }),
  );
}
