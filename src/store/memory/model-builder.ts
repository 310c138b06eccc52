import type { EdgeState, NodeState } from "../../domain/changes/change-set";
import type { Adjacent } from "../../domain/graph/graph-view";
import type { GraphNode, Properties, Revision } from "../../domain/graph/node";
import type { NodeId } from "../../domain/ids";
import { type NodeKind, nodeKindNames } from "../../domain/ontology/node-kinds";
import { type EdgeRelation, relationsOf } from "../../domain/ontology/relations";
import { Pacer } from "../../domain/pacer";
import { compareAdjacent, placeOf, viewsOf } from "./adjacency";
import { graphNode } from "./graph-node";
import { ReadModel, slugKey } from "./read-model";
import { GrowingMap } from "./versioned-map";

interface GrowingRecord {
  readonly node: GraphNode;
  links: (Adjacent[] | undefined)[];
}

/**
 * Makes a model of all nodes and then all edges of a graph. There are millions of edges in a large one, so what they have
 * in common is kept once: ids are the very strings of their nodes, and lists have no room to spare.
 */
export class ModelBuilder {
  private readonly records = new GrowingMap<NodeId, GrowingRecord>();
  private start: GrowingRecord | undefined;
  private readonly slugs = new GrowingMap<string, NodeId>();
  private readonly byKind = new Map<NodeKind, GraphNode[]>();

  /** Each node once. */
  node(state: NodeState, revision: Revision): void {
    const node = graphNode(state, revision);
    this.records.set(state.id, { node, links: [] });
    const ofKind = this.byKind.get(node.kind);
    if (ofKind) ofKind.push(node);
    else this.byKind.set(node.kind, [node]);
    for (const slug of [...state.formerSlugs, state.slug]) {
      const key = slugKey(state.kind, slug);
      this.slugs.set(key === state.id ? state.id : key, state.id);
    }
  }

  /** Both ends must have been given. */
  edge(given: EdgeState, revision: Revision): void {
    // A scan gives the edges of a node one after another.
    if (this.start?.node.id !== given.from) this.start = this.records.get(given.from);
    const [start, end] = [this.start, this.records.get(given.to)];
    if (!start || !end) return;
    const [out, back] = viewsOf(sharing(given, start.node.id, end.node.id), revision);
    add(start.links, out);
    add(end.links, back);
  }

  /** The model, when nothing more comes. */
  build(revision: Revision): ReadModel {
    for (const record of this.records.values()) sortLinks(record);
    return this.sorted(revision);
  }

  /** As `build`, but it gives others their turn. */
  async buildPaced(revision: Revision): Promise<ReadModel> {
    const pacer = new Pacer();
    for (const record of this.records.values()) {
      if (pacer.isDue) await pacer.breathe();
      sortLinks(record);
    }
    return this.sorted(revision);
  }

  private sorted(revision: Revision): ReadModel {
    return ReadModel.of(revision, this.records, this.slugs, this.byKind);
  }
}

function sortLinks(record: GrowingRecord): void {
  const ofKind = relationsByKind[record.node.kind];
  record.links = record.links.map((list, place) =>
    list && list.length > 1 ? list.slice().sort(compareAdjacent(ofKind[place] as EdgeRelation)) : list,
  );
}

/** Written out twice: an object made by spreading another keeps room for more. */
function sharing({ edge, order, properties }: EdgeState, from: NodeId, to: NodeId): EdgeState {
  const own = isEmpty(properties) ? noProperties : properties;
  return Object.freeze(
    order === undefined ? { edge, from, to, properties: own } : { edge, from, to, order, properties: own },
  );
}

function add(links: (Adjacent[] | undefined)[], { relation, link }: ReturnType<typeof viewsOf>[number]): void {
  const place = placeOf(relation.name);
  while (links.length <= place) links.push(undefined);
  const list = links[place];
  if (list) list.push(link);
  else links[place] = [link];
}

const relationsByKind = Object.fromEntries(nodeKindNames.map((kind) => [kind, relationsOf(kind)])) as Readonly<
  Record<NodeKind, ReturnType<typeof relationsOf>>
>;

const noProperties: Properties = Object.freeze({});

function isEmpty(properties: Properties): boolean {
  for (const _ in properties) return false;
  return true;
}
