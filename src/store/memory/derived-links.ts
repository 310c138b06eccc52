import type { Because, GraphNode, Link } from "../../domain/graph/node";
import { compareText } from "../../domain/graph/order";
import type { NodeId } from "../../domain/ids";
import { becauseLimit } from "../../domain/ontology/derived";
import type { DerivedRelation, RelationName } from "../../domain/ontology/relations";
import type { GraphView } from "../../domain/graph/graph-view";

/** A way along a chain of relations: the nodes reached and the reasons of the links, step by step. */
interface Walk {
  readonly nodes: readonly NodeId[];
  readonly reasons: readonly (string | undefined)[];
}

/** The links of a derived relation by the target's id: one a target, whichever and however many chains lead there. */
export function derivedLinks(model: GraphView, owner: NodeId, relation: DerivedRelation): readonly Link[] {
  const becauses = new Map<NodeId, Map<string, Because>>();
  for (const { steps, because } of relation.derived.alternatives) {
    for (const { nodes, reasons } of walks(model, owner, steps as readonly RelationName[])) {
      const target = nodes.at(-1) as NodeId;
      const node = model.node(nodes[because.node - 1] as NodeId) as GraphNode;
      const reason = because.reason === undefined ? undefined : reasons[because.reason - 1];
      const ofTarget = becauses.get(target) ?? new Map<string, Because>();
      becauses.set(
        target,
        ofTarget.set(`${node.id} ${reason ?? ""}`, Object.freeze(reason === undefined ? { node } : { node, reason })),
      );
    }
  }
  return [...becauses]
    .sort(([a], [b]) => compareText(a, b))
    .map(([target, because]) =>
      Object.freeze({
        node: model.node(target) as GraphNode,
        properties: noProperties,
        because: Object.freeze([...because.values()].sort(compareBecause).slice(0, becauseLimit)),
      }),
    );
}

const noProperties = Object.freeze({});

function walks(model: GraphView, owner: NodeId, steps: readonly RelationName[]): readonly Walk[] {
  let level: readonly Walk[] = [{ nodes: [], reasons: [] }];
  for (const step of steps) {
    level = level.flatMap(({ nodes, reasons }) =>
      model.links(nodes.at(-1) ?? owner, step).map((link) => ({
        nodes: [...nodes, link.other],
        reasons: [...reasons, link.edge.properties["reason"] as string | undefined],
      })),
    );
  }
  return level;
}

const compareBecause = (a: Because, b: Because): number =>
  compareText(a.node.id, b.node.id) || compareText(a.reason ?? "", b.reason ?? "");
