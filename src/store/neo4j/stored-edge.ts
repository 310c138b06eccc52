import type { EdgeState } from "../../domain/changes/change-set";
import type { GraphNode, Link, Properties, Revision } from "../../domain/graph/node";
import type { NodeId } from "../../domain/ids";
import type { EdgeKindSpec } from "../../domain/ontology/edge-kind";
import { type EdgeKind, edgeKindNames, edgeKinds } from "../../domain/ontology/edge-kinds";
import type { Field } from "../../domain/ontology/field";
import { readingOf, storedValue, valueOf } from "./stored-value";

/** All properties of a relationship: its own by their names, its ends and bookkeeping behind an underscore. */
export function edgeProperties(state: EdgeState, revision: Revision): Properties {
  const own = propertiesOf(state.edge).flatMap(([name, { type }]): [string, unknown][] =>
    state.properties[name] === undefined ? [] : [[name, storedValue(type, state.properties[name])]],
  );
  return {
    _from: state.from,
    _to: state.to,
    _revision: BigInt(revision),
    ...(state.order !== undefined && { order: BigInt(state.order) }),
    ...Object.fromEntries(own),
  };
}

/** The edge in full, from its properties. */
export function edgeState(
  edge: EdgeKind,
  properties: Properties,
): { readonly state: EdgeState; readonly revision: Revision } {
  const own = propertiesOf(edge).flatMap(([name, { type }]): [string, unknown][] =>
    properties[name] === undefined ? [] : [[name, valueOf(type, properties[name])]],
  );
  const state: EdgeState = Object.freeze({
    edge,
    from: properties._from as NodeId,
    to: properties._to as NodeId,
    ...(properties.order !== undefined && { order: properties.order as number }),
    properties: Object.freeze(Object.fromEntries(own)),
  });
  return { state, revision: properties._revision as Revision };
}

/** How links are read: one list of values, the position first where the kind is ordered, then the properties. */
class LinkProperties {
  readonly width: number;
  private readonly ordered: boolean;
  private readonly own: readonly { readonly name: string; readonly reading: ((stored: unknown) => unknown) | null }[];

  constructor(edge: EdgeKind) {
    this.ordered = (edgeKinds[edge] as EdgeKindSpec).orderedBy !== undefined;
    this.own = propertiesOf(edge).map(([name, { type }]) => ({ name, reading: readingOf(type) }));
    this.width = this.own.length + (this.ordered ? 1 : 0);
  }

  /** The values to return for a relationship. */
  of(relationship: string): readonly string[] {
    return [...(this.ordered ? ["order"] : []), ...this.own.map(({ name }) => name)].map(
      (name) => `${relationship}.${name}`,
    );
  }

  /** The link to the node whose values stand at the start of the row. */
  link(node: GraphNode, row: readonly unknown[]): Link {
    const properties = this.own.length === 0 ? none : this.properties(row);
    return Object.freeze(this.ordered ? { node, properties, position: row[0] as number } : { node, properties });
  }

  private properties(row: readonly unknown[]): Properties {
    const properties: Record<string, unknown> = {};
    let at = this.ordered ? 1 : 0;
    for (const { name, reading } of this.own) {
      const value = row[at++];
      if (value !== null) properties[name] = reading ? reading(value) : value;
    }
    return Object.freeze(properties);
  }
}

const none: Properties = Object.freeze({});
const byEdge = Object.fromEntries(edgeKindNames.map((edge) => [edge, new LinkProperties(edge)]));
export const linkProperties = (edge: EdgeKind): LinkProperties => byEdge[edge]!;

function propertiesOf(edge: EdgeKind): [string, Field][] {
  return Object.entries((edgeKinds[edge] as EdgeKindSpec).properties);
}
