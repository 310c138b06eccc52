import { isUtf8 } from "node:buffer";
import { YAMLMap, Scalar, Pair, YAMLSeq } from "yaml";
import { isSlugOf } from "../../domain/ids";
import { nearNames, didYouMean } from "../../domain/near-names";
import type { NodeKind } from "../../domain/ontology/node-kinds";
import type { Spot } from "../file-finding";
import { fileKinds } from "../layout";
import type { ParsedFile, ReportAt } from "../parse-file";
import type { YamlValue } from "../yaml-map";

/** The deepest nesting of a record. Valid values are few levels deep; more would only fill the stack. */
const maxDepth = 20;

/**
 * Parses a line as if it were a file, such as `{"kind": "Tool", "slug": "redis", …}`. `kind` and `slug` name the node;
 * the other keys are those of the kind's files. Returns null, and reports why, if that is impossible.
 */
export function parseRecord(bytes: Buffer, name: string, line: number, report: ReportAt): ParsedFile | null {
  const spot: Spot = { line, column: 1 };
  const refuse = (message: string, hint?: string): null => {
    report("json-record", spot, message, hint);
    return null;
  };
  if (!isUtf8(bytes)) return refuse("The line is not UTF-8 text.");
  const text = bytes.toString("utf8").replace(/^\ufeff/, "");
  const value = parsed(text);
  if (value === undefined) return refuse("The line is not JSON, or is cut off.");
  if (value === null || typeof value !== "object" || Array.isArray(value))
    return refuse("The line must be a JSON object with kind, slug and the node's fields.");

  const { kind, slug, ...content } = value as Readonly<Record<string, unknown>>;
  if (!isFileKind(kind)) {
    const near = didYouMean(nearNames(String(kind), fileKinds)).trim() || `Kinds: ${fileKinds.join(", ")}.`;
    return refuse(`kind must be that of a node that stands alone, but got: ${shown(kind)}.`, near);
  }
  if (typeof slug !== "string" || !isSlugOf(kind, slug))
    return refuse(`slug must be a kebab-case slug, but got: ${shown(slug)}.`);
  if (isDeeper(content, maxDepth)) return refuse(`The record is nested more than ${maxDepth} levels deep.`);
  return { file: { path: name, kind, slug, text: "" }, root: mapOf(content), sections: [], spot: () => spot };
}

const isFileKind = (kind: unknown): kind is NodeKind => fileKinds.includes(kind as NodeKind);
const shown = (value: unknown): string => (JSON.stringify(value) ?? "nothing").slice(0, 100);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isDeeper(value: unknown, levels: number): boolean {
  if (value === null || typeof value !== "object") return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

/** Wraps a JSON object as a map that readers of files understand. Inner values are wrapped when they are first read. */
const mapOf = (object: object): YAMLMap => lazily(aMap, object);
type Json = Readonly<Record<string, unknown>>;
interface Lazy<Item> {
  readonly json: Json & readonly unknown[];
  made?: Item[];
}
// The constructors set a property on each object to mark its type, which takes longer than everything else in reading a
// record. The objects made here inherit that property.
const aScalar = new Scalar(null);
const aPair = new Pair<Scalar, YamlValue>(aScalar);
const aMap = Object.create(new YAMLMap(), {
  items: {
    get(this: Lazy<Pair>) {
      return (this.made ??= Object.keys(this.json).map((key) => pairOf(key, this.json[key])));
    },
  },
}) as YAMLMap;
const aList = Object.create(new YAMLSeq(), {
  items: {
    get(this: Lazy<YamlValue>) {
      return (this.made ??= this.json.map(valueOf));
    },
  },
}) as YAMLSeq;
function valueOf(value: unknown): YamlValue {
  if (value === null || typeof value !== "object") return scalarOf(value);
  return lazily<YAMLSeq | YAMLMap>(Array.isArray(value) ? aList : aMap, value);
}

function lazily<T extends YAMLMap | YAMLSeq>(kind: T, json: object): T {
  const made = Object.create(kind) as T & { json: object };
  made.json = json;
  return made;
}

function scalarOf(value: unknown): Scalar {
  const scalar = Object.create(aScalar) as Scalar;
  scalar.value = value;
  return scalar;
}

function pairOf(key: string, value: unknown): Pair<Scalar, YamlValue> {
  const pair = Object.create(aPair) as Pair<Scalar, YamlValue>;
  pair.key = scalarOf(key);
  pair.value = valueOf(value);
  return pair;
}
