import type { NodeKind } from "../../domain/ontology/node-kinds";
import type { Connection, Edge } from "../connection";
import { type ClassType, declareField, declareObject } from "../declare";
import { base } from "../limits/meter";
import { declareFacets } from "./facet-types";
import { declareLinkFields } from "./link-types";
import type { LinkShape } from "./link-shapes";
import { nodeTypeName, nodeTypeOf } from "./node-types";
import { NonNegativeInt } from "./scalars";

export const pageInfo = declareObject(
  "PageInfo",
  "Where a page lies in its list, as the Relay specification defines it.",
);
declareField(pageInfo, "hasNextPage", {
  type: () => Boolean,
  description: "Whether more follow after this page, in the order of the list.",
});
declareField(pageInfo, "hasPreviousPage", {
  type: () => Boolean,
  description: "Whether something comes before this page, in the order of the list.",
});
declareField(pageInfo, "startCursor", {
  type: () => String,
  nullable: true,
  description: "The first edge's cursor, to give as before; null for an empty page.",
});
declareField(pageInfo, "endCursor", {
  type: () => String,
  nullable: true,
  description: "The last edge's cursor, to give as after; null for an empty page.",
});

const declared = new Map<string, ClassType>();

/** The connection type for links of this shape to nodes of these kinds; shared by relations and root lists. */
export function connectionType(targets: readonly NodeKind[], shape: LinkShape): ClassType {
  const target = nodeTypeName(targets);
  return once(`${target}${shape.name}Connection`, (name) => {
    const edge = edgeType(targets, shape);
    const type = declareObject(
      name,
      `A page of a list of ${target} nodes, with the list's size and what each link carries.`,
    );
    declarePage(type, targets, edge);
    return type;
  });
}

/** The connection type of a root list whose nodes can be counted by `facets`. */
export function facetedConnectionType(kind: NodeKind, shape: LinkShape): ClassType {
  return once(`Faceted${kind}Connection`, (name) => {
    const type = declareObject(
      name,
      `A page of the list of all ${kind} nodes that the filter keeps, with its size and facets.`,
    );
    declarePage(type, [kind], edgeType([kind], shape));
    declareFacets(type, kind);
    return type;
  });
}

function declarePage(type: ClassType, targets: readonly NodeKind[], edge: ClassType): void {
  declareField<Connection>(type, "edges", {
    type: () => [edge],
    description: "The page's links in order, each with its cursor.",
    cost: { own: 0 },
  });
  declareField<Connection>(type, "nodes", {
    type: () => [nodeTypeOf(targets)],
    description: "The page's nodes in order, for when nothing of the links is needed.",
    cost: { own: 0 },
  });
  declareField<Connection>(type, "pageInfo", {
    type: () => pageInfo,
    description: "Where the page begins and ends, and whether more lies beyond.",
    cost: { own: 0 },
  });
  declareField<Connection>(type, "totalCount", {
    type: () => NonNegativeInt,
    description: "How many the whole list holds under its filter; counted only when asked for.",
    resolve: (connection, _args, context) => {
      context.report.meter.objects(base.count);
      return connection.options.count();
    },
  });
}

function edgeType(targets: readonly NodeKind[], shape: LinkShape): ClassType {
  const target = nodeTypeName(targets);
  return once(`${target}${shape.name}Edge`, (name) => {
    const type = declareObject(
      name,
      `A place in a list of ${target} nodes: the node, its cursor and what the link carries.`,
    );
    declareField<Edge>(type, "cursor", {
      type: () => String,
      description: "Marks this place in the list, to go on from with after or before.",
      resolve: (edge) => edge.cursorOf(),
    });
    declareLinkFields(type, targets, shape);
    return type;
  });
}

function once(name: string, declare: (name: string) => ClassType): ClassType {
  let type = declared.get(name);
  if (!type) declared.set(name, (type = declare(name)));
  return type;
}
