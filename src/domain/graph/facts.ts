import type { EdgeState } from "../changes/change-set";
import type { NodeId } from "../ids";
import type { RelationName } from "../ontology/relations";
import type { GraphView } from "./graph-view";
import type { Properties } from "./node";

/** The little that judging single nodes and links takes, so that it can be done on a bank of files and on a graph alike. */
export interface GraphFacts {
  /** The light fields that are present; undefined if there is no such node. */
  fields(id: NodeId): Properties | undefined;
  /** The links of a node by an edge relation. */
  links(id: NodeId, relation: RelationName): readonly { readonly other: NodeId; readonly edge: EdgeState }[];
}

export const factsOf = (view: GraphView): GraphFacts => ({
  fields: (id) => view.node(id) as Properties | undefined,
  links: (id, relation) => view.links(id, relation),
});
