import type { EdgeKindSpec } from "../domain/ontology/edge-kind";
import { edgeKinds } from "../domain/ontology/edge-kinds";
import { type EdgeRelation, heldRelations } from "../domain/ontology/relations";
import type { Field } from "../domain/ontology/field";
import { type NodeKind, nodeKindNames, nodeKinds } from "../domain/ontology/node-kinds";
import { sectionsOf } from "./sections";

export type Entry =
  | { readonly is: "formerSlugs"; readonly key: string }
  | { readonly is: "field"; readonly key: string; readonly field: Field }
  /** A map from own slug to the owned node. */
  | { readonly is: "nested"; readonly key: string; readonly relation: EdgeRelation; readonly kind: NodeKind }
  | LinksEntry;

/**
 * A key that holds links: slugs of the other ends or, if the edge kind has properties, maps that start with
 * `targetKey`.
 */
export interface LinksEntry {
  readonly is: "links";
  readonly key: string;
  readonly relation: EdgeRelation;
  readonly kind: NodeKind;
  readonly properties: Readonly<Record<string, Field>>;
  /** Undefined if a link is the bare slug. */
  readonly targetKey?: string;
}

const camel = (kind: NodeKind): string => kind.charAt(0).toLowerCase() + kind.slice(1);
const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The kinds that have files of their own, in the ontology's order. */
export const fileKinds: readonly NodeKind[] = nodeKindNames.filter((kind) => !("ownedBy" in nodeKinds[kind]));

export const folderOf = (kind: NodeKind): string => kebab(nodeKinds[kind].plural);
export const extensionOf = (kind: NodeKind): string => (sectionsOf(kind).length > 0 ? ".md" : ".yaml");

function linkEntry(relation: EdgeRelation): Entry {
  const spec: EdgeKindSpec = edgeKinds[relation.edge];
  const kind = relation.targets[0] as NodeKind;
  if (spec.nests) return { is: "nested", key: relation.field, relation, kind };
  const bare = Object.keys(spec.properties).length === 0;
  return {
    is: "links",
    key: relation.field,
    relation,
    kind,
    properties: spec.properties,
    ...(bare ? {} : { targetKey: camel(kind) }),
  };
}

const entries = new Map(
  nodeKindNames.map((kind): [NodeKind, readonly Entry[]] => [
    kind,
    [
      { is: "formerSlugs", key: "formerSlugs" },
      ...Object.entries(nodeKinds[kind].fields as Readonly<Record<string, Field>>).map(([key, field]): Entry => ({
        is: "field",
        key,
        field,
      })),
      ...heldRelations(kind).map(linkEntry),
    ],
  ]),
);

/**
 * Returns the keys of a node of this kind in canonical order: former slugs, fields, links, as the ontology orders them.
 */
export const entriesOf = (kind: NodeKind): readonly Entry[] => entries.get(kind) as readonly Entry[];
