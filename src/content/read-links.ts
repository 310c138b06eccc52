import { isMap, isSeq } from "yaml";
import type { EdgeState } from "../domain/changes/change-set";
import { compareText } from "../domain/graph/order";
import type { NodeId } from "../domain/ids";
import type { EdgeRelation } from "../domain/ontology/relations";
import type { PlaceNotes } from "./places";
import type { LinksEntry } from "./layout";
import { readField, readText, type Scope } from "./read-value";
import { knownEntries, type MapEntry, offsetOf, typeName, type YamlValue } from "./yaml-map";

interface LinkSite {
  readonly id: NodeId;
  readonly scope: Scope;
  readonly places: PlaceNotes;
  /** Adds a link. Returns false if it was there before. */
  add(edge: EdgeState): boolean;
}

interface Item {
  readonly value: YamlValue | null;
  readonly at: number;
  readonly index: number;
}

/** Reads the links under one key of a node. Faults are reported. */
export function readLinks(site: LinkSite, entry: LinksEntry, { value, at }: MapEntry): void {
  const { report } = site.scope;
  if (entry.relation.end.one) return readLink(site, entry, { value, at: offsetOf(value, at), index: 0 });
  if (!isSeq(value))
    return report("wrong-type", at, `${entry.key} must be a list, but is ${typeName(value)}.`, formOf(entry));
  const items = value.items as YamlValue[];
  if (items.length === 0) report("invalid-value", at, `${entry.key} must not be empty; leave it out instead.`);
  items.forEach((item, index) => readLink(site, entry, { value: item, at: offsetOf(item, at), index }));
}

/** Returns advice on how links under this key are written. */
function formOf({ key, relation, targetKey, kind }: LinksEntry): string {
  const link = targetKey === undefined ? `the ${kind}'s slug` : `${targetKey}: and the ${kind}'s slug`;
  return relation.end.one ? `Write ${key}: and then ${link}.` : `Write a list of items, each - ${link}.`;
}

function readLink(site: LinkSite, entry: LinksEntry, item: Item): void {
  const { id, scope, places } = site;
  const link = entry.targetKey === undefined ? bareLink(site, entry, item) : fullLink(site, entry, item);
  if (!link) return;
  places.thing(id, [entry.key, link.other], item.at);
  for (const { key, value, at } of link.entries) places.value(id, [entry.key, link.other, key], value, at);
  const isNew = site.add({
    edge: entry.relation.edge,
    ...endsOf(entry.relation, id, link.other),
    ...(entry.relation.ordered ? { order: item.index } : {}),
    properties: link.properties,
  });
  if (isNew) return;
  const mutual = "It is read both ways: write it once, in the file whose slug sorts first.";
  const other = JSON.stringify(link.other.slice(link.other.indexOf(":") + 1));
  scope.report(
    "duplicate-link",
    item.at,
    `${entry.key} already holds ${other}.`,
    entry.relation.direction === "both" ? mutual : undefined,
  );
}

interface Link {
  readonly other: NodeId;
  readonly properties: Record<string, unknown>;
  readonly entries: readonly MapEntry[];
}

function bareLink({ scope }: LinkSite, entry: LinksEntry, { value, at }: Item): Link | null {
  const hint = isMap(value) ? formOf(entry) : undefined;
  const slug = readText(value, `A link of ${entry.key}`, at, {
    ...scope,
    report: (rule, offset, message, own) => scope.report(rule, offset, message, hint ?? own),
  });
  const other = slug === undefined ? null : scope.resolve(entry.kind, slug, at);
  return other && { other, properties: {}, entries: [] };
}

function fullLink({ scope }: LinkSite, entry: LinksEntry, { value, at }: Item): Link | null {
  const targetKey = entry.targetKey as string;
  const label = `A link of ${entry.key}`;
  if (!isMap(value)) {
    scope.report("wrong-type", at, `${label} must be a map, but is ${typeName(value)}.`, formOf(entry));
    return null;
  }
  const entries = knownEntries(value, [targetKey, ...Object.keys(entry.properties)], label, scope.report);
  const target = entries.get(targetKey);
  if (!target) scope.report("required", at, `${label} must have its ${targetKey}.`);
  const slug = target && readText(target.value, targetKey, offsetOf(target.value, target.at), scope);
  const other = slug === undefined ? null : scope.resolve(entry.kind, slug, offsetOf(target?.value, at));
  const properties: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(entry.properties)) {
    const property = entries.get(name);
    if (property) {
      const read = readField(property.value, field, name, property.at, scope);
      if (read !== undefined) properties[name] = read;
    } else if (!field.optional) {
      scope.report("required", at, `${label} must have its ${name}.`, field.description);
    }
  }
  return other && { other, properties, entries: [...entries.values()] };
}

function endsOf(relation: EdgeRelation, id: NodeId, other: NodeId): { readonly from: NodeId; readonly to: NodeId } {
  const outward = relation.direction === "out" || (relation.direction === "both" && compareText(id, other) <= 0);
  return outward ? { from: id, to: other } : { from: other, to: id };
}
