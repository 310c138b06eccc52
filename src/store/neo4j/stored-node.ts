import type { NodeState } from "../../domain/changes/change-set";
import type { GraphNode, Properties, Revision } from "../../domain/graph/node";
import { kindOf, type NodeId } from "../../domain/ids";
import type { Field } from "../../domain/ontology/field";
import { type LongTexts, type NodeKind, nodeKindNames, nodeKinds } from "../../domain/ontology/node-kinds";
import { orderProperties } from "./order-keys";
import { readingOf, storedValue, valueOf } from "./stored-value";

/** All properties of a node: identity, fields and texts by their own names, bookkeeping behind an underscore. */
export function nodeProperties(state: NodeState, revision: Revision): Properties {
  const values: Properties = { ...state.fields, ...state.texts };
  const stored = fieldsOf(state.kind).flatMap(([name, { type }]): [string, unknown][] =>
    values[name] === undefined ? [] : [[name, storedValue(type, values[name])]],
  );
  return {
    _id: state.id,
    _revision: BigInt(revision),
    slug: state.slug,
    ...(state.formerSlugs.length > 0 && { formerSlugs: state.formerSlugs }),
    ...Object.fromEntries(stored),
    ...orderProperties(state.kind, state.fields),
  };
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

const identity = ["_id", "slug", "formerSlugs", "_revision"] as const;

/**
 * How light nodes of some kinds are read: one list of values a node, without names, which is what costs least to send
 * and to decode. Kinds that are read together share the list; a value that another kind has is null.
 */
class LightNodes {
  private readonly columns: readonly string[];
  private readonly fields: ReadonlyMap<NodeKind, readonly LightField[]>;
  private readonly only: NodeKind | null;

  constructor(kinds: readonly NodeKind[]) {
    const light = (kind: NodeKind) => fieldsOf(kind).filter(([, field]) => !field.long);
    const names = new Set(kinds.flatMap((kind) => light(kind).map(([name]) => name)));
    this.columns = [...identity, ...names];
    this.fields = new Map(
      kinds.map((kind) => [
        kind,
        light(kind).map(([name, { type }]) => ({ name, at: this.columns.lastIndexOf(name), reading: readingOf(type) })),
      ]),
    );
    this.only = kinds.length === 1 ? kinds[0]! : null;
  }

  /** The values to return for a node, comma-separated. */
  of(node: string): string {
    return this.columns.map((column) => `${node}.${column}`).join(", ");
  }

  /** The node whose values stand in the row from the given place. Done for everything that is read, so without detours. */
  read(row: readonly unknown[], start = 0): GraphNode {
    const id = row[start] as NodeId;
    const kind = this.only ?? kindOf(id);
    const node: Record<string, unknown> = { id, kind, slug: row[start + 1] };
    if (row[start + 2] !== null) node.formerSlugs = Object.freeze(row[start + 2]);
    node.changedIn = row[start + 3];
    for (const { name, at, reading } of this.fields.get(kind)!) {
      const value = row[start + at];
      if (value !== null) node[name] = reading ? reading(value) : value;
    }
    return Object.freeze(node) as unknown as GraphNode;
  }
}

interface LightField {
  readonly name: string;
  readonly at: number;
  readonly reading: ((stored: unknown) => unknown) | null;
}

const byKinds = new Map<string, LightNodes>();

export function lightNodes(kinds: readonly NodeKind[]): LightNodes {
  const key = kinds.join();
  const known = byKinds.get(key) ?? new LightNodes(kinds);
  byKinds.set(key, known);
  return known;
}

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
