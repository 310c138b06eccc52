import { isMap, isScalar, isSeq, type Pair, type Scalar, type YAMLMap, type YAMLSeq } from "yaml";
import { nearNames, didYouMean } from "../domain/near-names";
import type { ShapeRule } from "./file-finding";

/** A value in a content file. Aliases were refused before. */
export type YamlValue = YAMLMap | YAMLSeq | Scalar;

export interface MapEntry {
  readonly key: string;
  /** The offset of the key in the file. */
  readonly at: number;
  readonly value: YamlValue | null;
}

export type ReportOffset = (rule: ShapeRule, offset: number, message: string, hint?: string) => void;

/** Returns the entries of a map in their order. Repeated keys are reported and left out. */
export function entriesIn(map: YAMLMap, report: ReportOffset): MapEntry[] {
  const seen = new Set<string>();
  const entries: MapEntry[] = [];
  for (const { key, value } of map.items as Pair<Scalar<string>, YamlValue | null>[]) {
    const at = key.range?.[0] ?? 0;
    if (seen.has(key.value)) report("duplicate-key", at, `The key ${JSON.stringify(key.value)} stands here twice.`);
    else entries.push({ key: key.value, at, value });
    seen.add(key.value);
  }
  return entries;
}

/** Returns the entries of a map by key. Keys that are not in `known` are reported and left out. */
export function knownEntries(
  map: YAMLMap,
  known: readonly string[],
  owner: string,
  report: ReportOffset,
): ReadonlyMap<string, MapEntry> {
  const entries = new Map<string, MapEntry>();
  for (const entry of entriesIn(map, report)) {
    if (known.includes(entry.key)) entries.set(entry.key, entry);
    else {
      const near = didYouMean(nearNames(entry.key, known)).trim() || `Known here: ${known.join(", ")}.`;
      report("unknown-key", entry.at, `${owner} has no ${JSON.stringify(entry.key)}.`, near);
    }
  }
  return entries;
}

export const offsetOf = (value: YamlValue | null | undefined, otherwise: number): number =>
  value?.range?.[0] ?? otherwise;

export function typeName(value: YamlValue | null): string {
  if (isMap(value)) return "a map";
  if (isSeq(value)) return "a list";
  if (!isScalar(value) || value.value === null) return "nothing";
  const names: Record<string, string> = { string: "text", number: "a number", boolean: "true or false" };
  return names[typeof value.value] ?? "something else";
}
