import type { NodeState } from "../../domain/changes/change-set";
import type { GraphNode, Properties, Revision } from "../../domain/graph/node";
import { kindOf, type NodeId } from "../../domain/ids";
import type { Field, Fields, FieldType } from "../../domain/ontology/field";
import { type LongTexts, type NodeKind, nodeKindNames, nodeKinds } from "../../domain/ontology/node-kinds";
import { deepFreeze } from "../../domain/deep-freeze";
import { orderProperties } from "./order-keys";

/**
 * Returns all properties of a node. Slugs, fields and texts have their own names; id and bookkeeping begin with an
 * underscore (`_id`, `_revision`).
 */
export function nodeProperties(state: NodeState, revision: Revision): Properties {
  const properties: Record<string, unknown> = { _id: state.id, _revision: BigInt(revision), slug: state.slug };
  if (state.formerSlugs.length > 0) properties.formerSlugs = state.formerSlugs;
  const fields: Fields = nodeKinds[state.kind].fields;
  for (const name in fields) {
    const value = state.fields[name] ?? state.texts[name];
    if (value !== undefined) properties[name] = storedValue(fields[name]!.type, value);
  }
  Object.assign(properties, orderProperties(state.kind, state.fields));
  properties._light = lightJson(state, revision);
  return properties;
}

/**
 * Returns the light node as JSON, as readers get it. Neo4j finds, sends and decodes one text with less work than ten
 * properties, and absent properties take it longest. This saves a tenth of the cost of a small page, a quarter of a
 * large.
 */
function lightJson({ id, kind, slug, formerSlugs, fields }: NodeState, revision: Revision): string {
  const former = formerSlugs.length > 0 && { formerSlugs };
  return JSON.stringify({ id, kind, slug, ...former, changedIn: revision, ...fields });
}

export function nodeState(properties: Properties): { readonly state: NodeState; readonly revision: Revision } {
  const id = properties._id as NodeId;
  const kind = kindOf(id);
  const values = (long: boolean) =>
    Object.fromEntries(
      fieldsOf(kind).flatMap(([name, field]) =>
        field.long !== long || properties[name] === undefined ? [] : [[name, valueOf(field.type, properties[name])]],
      ),
    );
  const state: NodeState = Object.freeze({
    id,
    kind,
    slug: properties.slug as string,
    formerSlugs: Object.freeze((properties.formerSlugs as string[] | undefined) ?? []),
    fields: Object.freeze(values(false)),
    texts: Object.freeze(values(true)) as NodeState["texts"],
  });
  return { state, revision: properties._revision as Revision };
}

export const lightNode = (json: unknown): GraphNode => deepFreeze(JSON.parse(json as string) as GraphNode);

/** The names of the long texts of all kinds, each once. */
export const textNames: readonly string[] = [...new Set(nodeKindNames.flatMap(textNamesOf))];

/**
 * Returns the long texts of a node from a row with the values of `textNames`, null for absent ones. Values that are
 * light fields of the kind are left out.
 */
export function textsOf(kind: NodeKind, row: readonly unknown[]): LongTexts<NodeKind> {
  const values = textNamesOf(kind).map((name) => [name, row[textNames.indexOf(name)]]);
  return Object.freeze(Object.fromEntries(values.filter(([, value]) => value !== null))) as LongTexts<NodeKind>;
}

function textNamesOf(kind: NodeKind): string[] {
  return fieldsOf(kind).flatMap(([name, field]) => (field.long ? [name] : []));
}

function fieldsOf(kind: NodeKind): [string, Field][] {
  return Object.entries(nodeKinds[kind].fields as Readonly<Record<string, Field>>);
}

/** Returns a value as Neo4j stores it: integers as bigint; objects, params and lists of these or of lists as JSON. */
export function storedValue(type: FieldType, value: unknown): unknown {
  if (isJson(type)) return JSON.stringify(value);
  if (type.is === "list") return (value as readonly unknown[]).map((item) => storedValue(type.of, item));
  return type.is === "int" ? BigInt(value as number) : value;
}

/** Returns the value that `storedValue` has converted, frozen. */
export function valueOf(type: FieldType, stored: unknown): unknown {
  if (isJson(type)) return deepFreeze(JSON.parse(stored as string) as unknown);
  return type.is === "list" ? Object.freeze(stored) : stored;
}

const isJson = (type: FieldType): boolean =>
  type.is === "object" || type.is === "params" || (type.is === "list" && (type.of.is === "list" || isJson(type.of)));
