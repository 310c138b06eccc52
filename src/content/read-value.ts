import { isMap, isScalar, isSeq, type Scalar, YAMLMap, YAMLSeq } from "yaml";
import type { NodeId } from "../domain/ids";
import { nearNames, didYouMean } from "../domain/near-names";
import type { Field, FieldType } from "../domain/ontology/field";
import type { NodeKind } from "../domain/ontology/node-kinds";
import { entriesIn, knownEntries, offsetOf, type ReportOffset, typeName, type YamlValue } from "./yaml-map";

export interface Scope {
  readonly report: ReportOffset;
  /** Returns the id that a slug in this file refers to. Returns null, and reports the slug, if it is malformed. */
  resolve(kind: NodeKind, slug: string, at: number): NodeId | null;
}

type Of<I extends FieldType["is"]> = Extract<FieldType, { readonly is: I }>;

/** Reads a field's value. Returns undefined, and reports every fault, if the value is not valid. */
export function readField(value: YamlValue | null, field: Field, name: string, at: number, scope: Scope): unknown {
  const read = readValue(value, field.type, name, offsetOf(value, at), scope);
  if (read === undefined) return undefined;
  const result = field.schema.safeParse(read);
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    const place = [name, ...issue.path.map(String)].join(".");
    const known = issue.code === "invalid_value" && typeof read === "string" ? issue.values.map(String) : [];
    const hint = didYouMean(nearNames(read as string, known)).trim() || undefined;
    scope.report("invalid-value", offsetOf(within(value, issue.path), at), `${place} ${issue.message}.`, hint);
  }
  return undefined;
}

function readValue(value: YamlValue | null, type: FieldType, name: string, at: number, scope: Scope): unknown {
  switch (type.is) {
    case "list":
      return readList(value, type, name, at, scope);
    case "object":
      return readObject(value, type, name, at, scope);
    case "params":
      return readParams(value, name, at, scope);
    case "boolean":
      return readScalar(value, "boolean", "true or false", name, at, scope);
    case "int":
    case "float": {
      const number = readScalar(value, "number", "a number", name, at, scope) as number | undefined;
      return Object.is(number, -0) ? 0 : number;
    }
    case "enum":
      return readEnum(readText(value, name, at, scope), type, name, at, scope);
    case "reference": {
      const slug = readText(value, name, at, scope);
      return slug === undefined ? undefined : (scope.resolve(type.kind as NodeKind, slug, at) ?? undefined);
    }
    default:
      return readText(value, name, at, scope);
  }
}

/** Reads the text of a scalar. Returns undefined, and reports the value, if it is anything else. */
export function readText(value: YamlValue | null, name: string, at: number, scope: Scope): string | undefined {
  return readScalar(value, "string", "text", name, at, scope) as string | undefined;
}

function readScalar(
  value: YamlValue | null,
  type: "string" | "number" | "boolean",
  wanted: string,
  name: string,
  at: number,
  scope: Scope,
): unknown {
  if (isScalar(value) && typeof value.value === type) return value.value;
  scope.report("wrong-type", at, `${name} must be ${wanted}, but is ${typeName(value)}.`, hintFor(value, type));
  return undefined;
}

function hintFor(value: YamlValue | null, wanted: string): string | undefined {
  if (isScalar(value) && value.value === null) return "Leave out the key of what is not known.";
  if (!isScalar(value)) return undefined;
  const source = (value as Scalar & { source?: string }).source ?? String(value.value);
  if (wanted === "string") return `Put it in quotes: ${JSON.stringify(source)}.`;
  return typeof value.value === "string" ? "Write it without quotes." : undefined;
}

function readEnum(text: string | undefined, type: Of<"enum">, name: string, at: number, scope: Scope): unknown {
  if (text === undefined || Object.hasOwn(type.values, text)) return text;
  const values = Object.keys(type.values);
  const near = nearNames(text.toUpperCase().replaceAll(/[\s-]/g, "_"), values);
  const exact = values.filter((each) => each === text.toUpperCase());
  const hint = didYouMean(exact.length > 0 ? exact : near).trim() || undefined;
  scope.report(
    "invalid-value",
    at,
    `${name} must be one of ${values.join(", ")}, but got: ${JSON.stringify(text)}.`,
    hint,
  );
  return undefined;
}

function readList(value: YamlValue | null, type: Of<"list">, name: string, at: number, scope: Scope): unknown {
  if (!isSeq(value)) {
    scope.report("wrong-type", at, `${name} must be a list, but is ${typeName(value)}.`);
    return undefined;
  }
  const items = (value.items as YamlValue[]).map((item, index) =>
    readValue(item, type.of, `${name}.${index}`, offsetOf(item, at), scope),
  );
  return items.includes(undefined) ? undefined : items;
}

function readObject(value: YamlValue | null, type: Of<"object">, name: string, at: number, scope: Scope): unknown {
  if (!isMap(value)) {
    scope.report("wrong-type", at, `${name} must be a map, but is ${typeName(value)}.`);
    return undefined;
  }
  const entries = knownEntries(value, Object.keys(type.fields), name, scope.report);
  const object: Record<string, unknown> = {};
  let sound = true;
  for (const [key, field] of Object.entries(type.fields)) {
    const entry = entries.get(key);
    if (entry) {
      object[key] = readValue(entry.value, field.type, `${name}.${key}`, offsetOf(entry.value, entry.at), scope);
      sound &&= object[key] !== undefined;
    } else if (!field.optional) {
      scope.report("required", at, `${name} must have its ${key}.`);
      sound = false;
    }
  }
  return sound ? object : undefined;
}

function readParams(value: YamlValue | null, name: string, at: number, scope: Scope): unknown {
  if (!isMap(value)) {
    scope.report("wrong-type", at, `${name} must be a map, but is ${typeName(value)}.`);
    return undefined;
  }
  const params = entriesIn(value, scope.report).map(({ key, at: place, value: item }): [string, unknown] => {
    if (isScalar(item) && item.value !== null) return [key, item.value];
    const what = `${name}.${key} must be text, a number, true or false, but is ${typeName(item)}.`;
    scope.report("wrong-type", offsetOf(item, place), what);
    return [key, undefined];
  });
  return params.some(([, item]) => item === undefined) ? undefined : Object.fromEntries(params);
}

/** Returns the value at a path inside another value, or the innermost one that exists on the way. */
function within(value: YamlValue | null, path: readonly PropertyKey[]): YamlValue | null {
  let place = value;
  for (const step of path) {
    const next: unknown = place instanceof YAMLMap || place instanceof YAMLSeq ? place.get(step, true) : undefined;
    if (next === undefined) break;
    place = next as YamlValue;
  }
  return place;
}
