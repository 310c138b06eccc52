import type { EdgeState, HeadId, NodeState } from "../../domain/changes/change-set";
import type { Adjacent } from "../../domain/graph/graph-view";
import type { GraphNode, Properties, Revision } from "../../domain/graph/node";
import type { NodeId } from "../../domain/ids";
import type { EdgeKind } from "../../domain/ontology/edge-kinds";
import { type NodeKind, nodeKindNames } from "../../domain/ontology/node-kinds";
import { type EdgeRelation, relationsOf } from "../../domain/ontology/relations";
import { Pacer } from "../../domain/pacer";
import { compareAdjacent, linkTo, placeOf, type StoredLink, waysOf } from "./adjacency";
import { graphNode, ReadModel, slugKey } from "./read-model";
import { GrowingColumn, Slots, VersionedMap } from "./versioned-map";

type GrowingLinks = (StoredLink[] | undefined)[];

interface End {
  readonly slot: number;
  readonly node: GraphNode;
  readonly links: GrowingLinks;
}

/**
 * Makes a model of all nodes and then all edges of a graph. There are millions of edges in a large one, so what they have
 * in common is kept once: ids are the very strings of their nodes, and lists have no room to spare.
 */
export class ModelBuilder {
  private readonly slots = new Slots<NodeId>();
  private readonly nodes = new GrowingColumn<GraphNode>();
  private readonly links = new GrowingColumn<GrowingLinks>();
  private start: End | undefined;
  private places: ReturnType<typeof placesOf> | undefined;
  private readonly slugs: [string, NodeId][] = [];
  private readonly byKind = new Map<NodeKind, GraphNode[]>();

  /** Each node once. */
  node(state: NodeState, revision: Revision): void {
    const node = graphNode(state, revision);
    const slot = this.slots.give(state.id);
    this.nodes.set(slot, node);
    this.links.set(slot, noLists[node.kind].slice());
    const ofKind = this.byKind.get(node.kind);
    if (ofKind) ofKind.push(node);
    else this.byKind.set(node.kind, [node]);
    for (const slug of [...state.formerSlugs, state.slug]) {
      const key = slugKey(state.kind, slug);
      if (key !== state.id) this.slugs.push([key, state.id]);
    }
  }

  /** Both ends must have been given. */
  edge(given: EdgeState, revision: Revision): void {
    // A scan gives the edges of a node one after another, and of a kind those between the same kinds.
    if (this.start?.node.id !== given.from) this.start = this.endAt(given.from);
    const [start, end] = [this.start, this.endAt(given.to)];
    if (!start || !end) return;
    const [from, to] = [start.node, end.node];
    if (this.places?.edge !== given.edge || this.places.from !== from.kind || this.places.to !== to.kind)
      this.places = placesOf(given.edge, from.kind, to.kind);
    const edge = sharing(given, from.id, to.id);
    add(start.links, this.places.out, linkTo(to.id, end.slot, edge, revision));
    add(end.links, this.places.back, linkTo(from.id, start.slot, edge, revision));
  }

  private endAt(id: NodeId): End | undefined {
    const slot = this.slots.of(id);
    const node = slot === undefined ? undefined : this.nodes.at(slot);
    return slot !== undefined && node ? { slot, node, links: this.links.at(slot) as GrowingLinks } : undefined;
  }

  /** The model, when nothing more comes. */
  build(at: HeadId): ReadModel {
    for (const ofKind of this.byKind.values()) for (const node of ofKind) this.sortLinks(node);
    return this.sorted(at);
  }

  /** As `build`, but it gives others their turn. */
  async buildPaced(at: HeadId): Promise<ReadModel> {
    const pacer = new Pacer();
    for (const ofKind of this.byKind.values()) {
      for (const node of ofKind) {
        if (pacer.isDue) await pacer.yieldToEventLoop();
        this.sortLinks(node);
      }
    }
    return this.sorted(at);
  }

  private sortLinks({ id, kind }: GraphNode): void {
    sortLists(this.links.at(this.slots.of(id) as number) as GrowingLinks, comparesByKind[kind]);
  }

  private sorted(at: HeadId): ReadModel {
    const { slots, nodes, links, byKind } = this;
    return ReadModel.of(
      at,
      { slots, nodes, links, slugs: new VersionedMap<string, NodeId>().with(this.slugs) },
      byKind,
    );
  }
}

/** Most lists come in order: a scan goes by the ends' ids. */
function sortLists(links: GrowingLinks, compares: readonly Compare[]): void {
  for (let place = 0; place < links.length; place++) {
    const [list, compare] = [links[place], compares[place] as Compare];
    if (!list || list.length < 2) continue;
    const exact = list.length <= exactly ? list : list.slice();
    links[place] = isInOrder(exact, compare) ? exact : exact.sort(compare);
  }
}

type Compare = (a: Adjacent, b: Adjacent) => number;

function isInOrder(list: readonly Adjacent[], compare: Compare): boolean {
  for (let at = 1; at < list.length; at++)
    if (compare(list[at - 1] as Adjacent, list[at] as Adjacent) > 0) return false;
  return true;
}

/** Written out twice: an object made by spreading another keeps room for more. */
function sharing({ edge, order, properties }: EdgeState, from: NodeId, to: NodeId): EdgeState {
  const own = isEmpty(properties) ? noProperties : properties;
  return Object.freeze(
    order === undefined ? { edge, from, to, properties: own } : { edge, from, to, order, properties: own },
  );
}

/** The places of the links that an edge between nodes of these kinds makes. */
function placesOf(edge: EdgeKind, from: NodeKind, to: NodeKind) {
  const { out, back } = waysOf(edge, from, to);
  return { edge, from, to, out: placeOf(out.name), back: placeOf(back.name) };
}

/** Lists up to this length are made anew with each link, since one that grows by itself makes room for seventeen. */
const exactly = 4;

function add(links: GrowingLinks, place: number, link: StoredLink): void {
  const list = links[place];
  if (!list) links[place] = [link];
  else if (list.length < exactly) links[place] = [...list, link];
  else list.push(link);
}

const comparesByKind = Object.fromEntries(
  nodeKindNames.map((kind): [NodeKind, readonly Compare[]] => [
    kind,
    relationsOf(kind).map((each) => compareAdjacent(each as EdgeRelation)),
  ]),
) as Readonly<Record<NodeKind, readonly Compare[]>>;

const noLists = Object.fromEntries(
  nodeKindNames.map((kind): [NodeKind, readonly undefined[]] => [kind, relationsOf(kind).map(() => undefined)]),
) as Readonly<Record<NodeKind, readonly undefined[]>>;

const noProperties: Properties = Object.freeze({});

function isEmpty(properties: Properties): boolean {
  for (const _ in properties) return false;
  return true;
}
