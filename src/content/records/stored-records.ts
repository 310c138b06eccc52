import type { EdgeState, NodeState } from "../../domain/changes/change-set";
import { edgeSubject, type GraphNode, type Link, type Revision } from "../../domain/graph/node";
import { type Position, positionOfLink, defaultOrder } from "../../domain/graph/order";
import type { GraphReader } from "../../domain/graph/port";
import { kindOf, type NodeId } from "../../domain/ids";
import type { EdgeKindSpec } from "../../domain/ontology/edge-kind";
import { edgeKinds } from "../../domain/ontology/edge-kinds";
import { nodeKindNames } from "../../domain/ontology/node-kinds";
import { type EdgeRelation, isEdgeRelation, relationsOf } from "../../domain/ontology/relations";
import type { StoredBank } from "../import/stored-bank";

const pageSize = 500;

/** Nodes that stand alone, with everything that their files would hold, as a store has them. */
export interface StoredRecords extends StoredBank {
  /** The nodes that links lead to. They are in `nodes` without their links and texts. */
  readonly others: ReadonlySet<NodeId>;
}

/** Reads those of the nodes that exist. Links that other nodes' files hold are left out. */
export async function readStoredRecords(reader: GraphReader, ids: readonly NodeId[]): Promise<StoredRecords> {
  const found = new Map<NodeId, GraphNode>(await reader.nodes(ids));
  const edgesBySubject = new Map<string, EdgeState>();
  const mentions = new Map<NodeId, Set<NodeId>>();
  const ends = new Map<NodeId, GraphNode>();
  for (let level = [...found.keys()]; level.length > 0;) {
    const below: NodeId[] = [];
    for (const relation of relationsHeld(level)) {
      const spec: EdgeKindSpec = edgeKinds[relation.edge];
      const of = level.filter((id) => kindOf(id) === relation.owner);
      for (const [id, links] of await allLinks(reader, relation, of)) {
        for (const link of links) {
          const { node } = link;
          if (spec.file === "computed") {
            mentions.set(id, (mentions.get(id) ?? new Set()).add(node.id));
            continue;
          }
          const edge = edgeOf(relation, id, link);
          edgesBySubject.set(edgeSubject(edge), edge);
          if (spec.nests) {
            found.set(node.id, node);
            below.push(node.id);
          } else ends.set(node.id, node);
        }
      }
    }
    level = below;
  }
  const texts = await reader.texts([...found.keys()]);
  const others = new Map([...ends].filter(([id]) => !found.has(id)));
  const states = [...found.values(), ...others.values()].map((node) => stateOf(node, texts.get(node.id) ?? {}));
  return {
    nodes: new Map(states.map((state) => [state.id, state])),
    others: new Set(others.keys()),
    edges: [...edgesBySubject.values()],
    edgesBySubject,
    mentions,
    revisions: new Map<string, Revision>([...found.values()].map(({ id, changedIn }) => [id, changedIn])),
  };
}

/** Returns the relations of the nodes' kinds whose links stand in their own files, and the computed ones. */
function relationsHeld(ids: readonly NodeId[]): EdgeRelation[] {
  const kinds = new Set(ids.map(kindOf));
  return nodeKindNames
    .filter((kind) => kinds.has(kind))
    .flatMap((kind) =>
      relationsOf(kind)
        .filter(isEdgeRelation)
        .filter(({ edge, direction }) => {
          const { file } = edgeKinds[edge];
          return file === "computed" ? direction === "out" : file === (direction === "in" ? "to" : "from");
        }),
    );
}

async function allLinks(
  reader: GraphReader,
  relation: EdgeRelation,
  of: readonly NodeId[],
): Promise<ReadonlyMap<NodeId, readonly Link[]>> {
  const all = new Map<NodeId, Link[]>();
  const order = defaultOrder(relation);
  const read = async (ids: readonly NodeId[], after?: Position) => {
    const pages = await reader.neighbours({
      relation: relation.name,
      of: ids,
      first: pageSize,
      ...(after && { after }),
    });
    for (const [id, { links, hasNext }] of pages) {
      all.set(id, [...(all.get(id) ?? []), ...links]);
      const last = links.at(-1);
      if (hasNext && last) await read([id], positionOfLink(last, order));
    }
  };
  if (of.length > 0) await read(of);
  return all;
}

function edgeOf({ edge, direction }: EdgeRelation, id: NodeId, { node, position, properties }: Link): EdgeState {
  const isFrom = direction === "out" || (direction === "both" && id < node.id);
  const [from, to] = isFrom ? [id, node.id] : [node.id, id];
  return { edge, from, to, ...(position === undefined ? {} : { order: position }), properties };
}

function stateOf(node: GraphNode, texts: NodeState["texts"]): NodeState {
  const { id, kind, slug, formerSlugs = [], changedIn: _, ...fields } = node;
  return { id, kind, slug, formerSlugs, fields, texts };
}
