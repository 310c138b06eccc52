import type { GraphNode } from "../../src/domain/graph/node";
import { kindOf, type NodeId } from "../../src/domain/ids";
import type { EdgeKind } from "../../src/domain/ontology/edge-kinds";
import type { NodeKind } from "../../src/domain/ontology/node-kinds";
import { isEdgeRelation, relationsOf } from "../../src/domain/ontology/relations";
import { loadModel } from "../../src/store/memory/load-model";
import { openStore } from "../../src/store/open-store";
import { type Context, loaders, type Row } from "./plain-source";

/** Over the model that Fulcrum serves from: nodes and links as they lie there, so that only the serving differs. */
export async function memorySource(url: string): Promise<() => Context> {
  const store = await openStore({ url, user: "", password: "", database: "" });
  const model = await loadModel(store);
  await store.close();
  const rowOf = (node: GraphNode): Row => ({ _id: node.id as string, ...node }) as unknown as Row;
  const relationOf = (kind: NodeKind, type: string, direction: "out" | "in") =>
    relationsOf(kind).find(
      (relation) =>
        isEdgeRelation(relation) && relation.edge === (type as EdgeKind) && relation.direction === direction,
    );
  return () => ({
    related: loaders(async (ids, type, direction) =>
      ids.map((id) => {
        const relation = relationOf(kindOf(id as NodeId), type, direction);
        return (
          relation &&
          model
            .links(id as NodeId, relation.name)
            .map(({ other, edge }) => ({ ...rowOf(model.node(other) as GraphNode), edge: edge.properties }))
        );
      }),
    ),
    bySlug: async (kind, slug) => {
      const owner = model.slugOwner(kind as NodeKind, slug);
      return owner ? [rowOf(model.node(owner) as GraphNode)] : [];
    },
    byTitle: async (kind, skip, first) => {
      const nodes = model.nodesInOrder(kind as NodeKind, { by: "title", direction: "ASC" });
      return Array.from({ length: Math.max(0, Math.min(first, nodes.length - skip)) }, (_, at) =>
        rowOf(nodes.at(skip + at)),
      );
    },
  });
}
