import type { NodeState } from "../../domain/changes/change-set";
import type { GraphNode, Properties, Revision } from "../../domain/graph/node";
import { kindOf, type NodeId } from "../../domain/ids";
import type { Field, Fields, FieldType } from "../../domain/ontology/field";
import { type LongTexts, type NodeKind, nodeKindNames, nodeKinds } from "../../domain/ontology/node-kinds";
import { deepFreeze } from "../../domain/deep-freeze";
import { orderProperties } from "./order-keys";

/** All properties of a node: identity, fields and texts by their own names, bookkeeping behind an underscore. */
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
 * The light node once more, as readers get it. One text is found, sent and decoded with less work than ten properties,
 * the absent ones of which Neo4j looks for longest: it takes a tenth off the cost of a small page, a quarter off a large.
 */
function lightJson({ id, kind, slug, formerSlugs, fields }: NodeState, revision: Revision): string {
  const former = formerSlugs.length > 0 && { formerSlugs };
  return JSON.stringify({ id, kind, slug, ...former, changedIn: revision, ...fields });
}

/** The node in full, from its properties. */
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

/** The light node that was stored as JSON. */
export const lightNode = (json: unknown): GraphNode => deepFreeze(JSON.parse(json as string) as GraphNode);

/** The names of all long texts. */
export const textNames: readonly string[] = [...new Set(nodeKindNames.flatMap(textNamesOf))];

/** The texts of a node whose values stand in the row in the order of `textNames`; some of those are light for its kind. */
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

/** A value as Neo4j stores it: integers as such, what is no list of plain values as JSON. */
export function storedValue(type: FieldType, value: unknown): unknown {
  if (isJson(type)) return JSON.stringify(value);
  if (type.is === "list") return (value as readonly unknown[]).map((item) => storedValue(type.of, item));
  return type.is === "int" ? BigInt(value as number) : value;
}

/** The value that was stored, frozen. */
export function valueOf(type: FieldType, stored: unknown): unknown {
  if (isJson(type)) return deepFreeze(JSON.parse(stored as string) as unknown);
  return type.is === "list" ? Object.freeze(stored) : stored;
}

const isJson = (type: FieldType): boolean =>
  type.is === "object" || type.is === "params" || (type.is === "list" && (type.of.is === "list" || isJson(type.of)));
