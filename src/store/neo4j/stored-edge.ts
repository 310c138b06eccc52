import type { EdgeState } from "../../domain/changes/change-set";
import type { GraphNode, Link, Properties, Revision } from "../../domain/graph/node";
import type { NodeId } from "../../domain/ids";
import type { EdgeKindSpec } from "../../domain/ontology/edge-kind";
import { type EdgeKind, edgeKinds } from "../../domain/ontology/edge-kinds";
import type { Field, Fields } from "../../domain/ontology/field";
import { deepFreeze } from "../../domain/deep-freeze";
import { storedValue, valueOf } from "./stored-node";

/**
 * Returns all properties of a relationship. Those of the edge have their own names; ends and bookkeeping begin with an
 * underscore (`_from`, `_revision`).
 */
export function edgeProperties(state: EdgeState, revision: Revision): Properties {
  const properties: Record<string, unknown> = { _from: state.from, _to: state.to, _revision: BigInt(revision) };
  if (state.order !== undefined) properties.order = BigInt(state.order);
  const fields: Fields = edgeKinds[state.edge].properties;
  for (const name in fields)
    if (state.properties[name] !== undefined)
      properties[name] = storedValue(fields[name]!.type, state.properties[name]);
  if (hasLinkJson(state.edge)) properties._link = linkJson(state);
  return properties;
}

/** Returns the part of the edge that a link shows, as JSON. It is stored twice for the reason given at `lightJson`. */
const linkJson = ({ properties, order }: EdgeState): string =>
  JSON.stringify({ properties, ...(order !== undefined && { position: order }) });

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

/** Tests whether links of the kind have properties or a position, so that `_link` is stored. */
export const hasLinkJson = (edge: EdgeKind): boolean =>
  propertiesOf(edge).length > 0 || (edgeKinds[edge] as EdgeKindSpec).orderedBy !== undefined;

/** Returns the link to a node. `json` is the edge's `_link`, null or undefined if the kind stores none. */
export function linkTo(node: GraphNode, json: unknown): Link {
  if (json === null || json === undefined) return Object.freeze({ node, properties: none });
  return Object.freeze({ node, ...deepFreeze(JSON.parse(json as string) as Pick<Link, "properties" | "position">) });
}

const none: Properties = Object.freeze({});

function propertiesOf(edge: EdgeKind): [string, Field][] {
  return Object.entries((edgeKinds[edge] as EdgeKindSpec).properties);
}
