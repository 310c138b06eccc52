import type { NodeId } from "../../ids";
import { type EdgeKind, edgeKinds } from "../../ontology/edge-kinds";
import type { FieldType, Fields } from "../../ontology/field";
import { type EdgeRelation, heldRelations } from "../../ontology/relations";
import type { NodeKind } from "../../ontology/node-kinds";
import type { Properties } from "../../graph/node";
import type { StateReader } from "../state-reader";
import type { Composition, InputPath } from "./composition";
import { isNesting, type NodeInput, statedItems, statedValues } from "./node-input";
import { type Reference, References } from "./references";
import type { Site } from "./sites";

export interface StatedList {
  readonly of: NodeId;
  readonly relation: EdgeRelation;
  readonly path: InputPath;
  readonly links: readonly StatedLink[];
  /** True if an entry names no node; that has been reported. */
  readonly isPartial: boolean;
}

export interface StatedLink {
  readonly other: NodeId;
  readonly properties: Properties;
  readonly path: InputPath;
}

/** The lists that the input states, with the nodes that their entries name. Reports entries that name no node. */
export async function statedLists(
  root: Site,
  sites: readonly Site[],
  state: StateReader,
  out: Composition,
): Promise<StatedList[]> {
  const references = new References();
  const nested = new Map(sites.map((site) => [site.path.join("."), site.id]));

  const lists = sites.flatMap((site) =>
    heldRelations(site.kind).flatMap((relation) => {
      const items = statedItems(site.input, relation);
      const path = [...site.path, relation.field];
      const at = (index: number): InputPath => (relation.end.one ? path : [...path, index]);
      return items
        ? [{ of: site.id, relation, path, items: items.map((item, index) => entry(relation, item, at(index))) }]
        : [];
    }),
  );

  function entry(relation: EdgeRelation, item: unknown, path: InputPath) {
    if (isNesting(relation)) return { path, other: () => nested.get(path.join(".")) ?? null, properties: () => ({}) };
    const kinds = relation.targets;
    if (typeof item === "string")
      return { path, other: references.ask({ text: item, kinds, path, owner: root.slug }), properties: () => ({}) };
    const input = item as NodeInput;
    const text = input["node"] as string;
    return {
      path,
      other: references.ask({ text, kinds, path: [...path, "node"], owner: root.slug }),
      properties: askProperties(relation.edge, input, { path, owner: root.slug }, references),
    };
  }

  await references.resolve(state, out, new Map(sites.map((site) => [`${site.kind}:${site.slug}`, site.id])));
  return lists.map(({ items, ...list }) => {
    const links = items.flatMap(({ path, other, properties }): StatedLink[] => {
      const [id, carried] = [other(), properties()];
      if (id) return [{ other: id, path, properties: carried }];
      out.checkCarried(list.relation.edge, carried, list.relation.field, path);
      return [];
    });
    return { ...list, links, isPartial: links.length < items.length };
  });
}

/**
 * Registers the references in the properties of a link. The returned function gives the stated properties, after
 * `references` has been resolved.
 */
export function askProperties(
  edge: EdgeKind,
  input: NodeInput,
  { path, ...owner }: Pick<Reference, "path" | "owner">,
  references: References,
): () => Properties {
  const specs: Fields = edgeKinds[edge].properties;
  const properties = statedValues(
    Object.keys(input).filter((name) => name !== "node"),
    input,
  );
  const named = Object.entries(properties).flatMap(([name, value]) => {
    const kind = referredKind(specs[name]?.type);
    if (!kind || value === null) return [];
    const texts = value as readonly string[];
    return [
      [
        name,
        texts.map((text, index) => references.ask({ text, kinds: [kind], path: [...path, name, index], ...owner })),
      ] as const,
    ];
  });
  return () => {
    const ids = named.map(([name, asked]) => [name, asked.map((id) => id())] as const);
    // A property with an entry that names nothing is left out: that has been reported, and the rest would say something
    // else.
    const whole = ids.filter(([, each]) => !each.includes(null));
    return {
      ...without(
        properties,
        named.map(([name]) => name),
      ),
      ...Object.fromEntries(whole),
    };
  };
}

const without = (values: Properties, names: readonly string[]): Properties =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));

const referredKind = (type: FieldType | undefined): NodeKind | null =>
  type?.is === "list" && type.of.is === "reference" ? (type.of.kind as NodeKind) : null;
