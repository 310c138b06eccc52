import type { EdgeState } from "../../domain/changes/change-set";
import type { Properties, Revision } from "../../domain/graph/node";
import type { NodeId } from "../../domain/ids";
import type { EdgeKindSpec } from "../../domain/ontology/edge-kind";
import { type EdgeKind, edgeKindNames, edgeKinds } from "../../domain/ontology/edge-kinds";
import type { Field } from "../../domain/ontology/field";
import { storedValue, valueOf } from "./stored-value";

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

/** How the properties of links are read: one list of values, the position first where the kind is ordered. */
class LinkProperties {
  readonly width: number;
  private readonly names: readonly string[];
  private readonly ordered: boolean;

  constructor(private readonly edge: EdgeKind) {
    const spec: EdgeKindSpec = edgeKinds[edge];
    this.names = Object.keys(spec.properties);
    this.ordered = spec.orderedBy !== undefined;
    this.width = this.names.length + (this.ordered ? 1 : 0);
  }

  /** The values to return for a relationship. */
  of(relationship: string): readonly string[] {
    return [...(this.ordered ? ["order"] : []), ...this.names].map((name) => `${relationship}.${name}`);
  }

  /** The properties, and the position for ordered kinds, that stand at the start of the row. */
  read(row: readonly unknown[]): { readonly properties: Properties; readonly position?: number } {
    const offset = this.ordered ? 1 : 0;
    const properties: Record<string, unknown> = {};
    propertiesOf(this.edge).forEach(([name, { type }], at) => {
      const value = row[at + offset];
      if (value !== null) properties[name] = valueOf(type, value);
    });
    Object.freeze(properties);
    return this.ordered ? { properties, position: row[0] as number } : { properties };
  }
}

const byEdge = Object.fromEntries(edgeKindNames.map((edge) => [edge, new LinkProperties(edge)]));
export const linkProperties = (edge: EdgeKind): LinkProperties => byEdge[edge]!;

function propertiesOf(edge: EdgeKind): [string, Field][] {
  return Object.entries((edgeKinds[edge] as EdgeKindSpec).properties);
}
