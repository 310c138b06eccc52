import { Pair, Scalar, YAMLMap, YAMLSeq } from "yaml";
import type { YamlValue } from "../yaml-map";

/** An object of JSON as readers of files know it. What is inside is made when it is looked at. */
export const mapOf = (object: object): YAMLMap => lazily(aMap, object);

type Json = Readonly<Record<string, unknown>>;
interface Lazy<Item> {
  readonly json: Json & readonly unknown[];
  made?: Item[];
}

// The constructors mark each object's type by a property of its own, which takes longer than all else that is done to
// read a record. These inherit it.
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
