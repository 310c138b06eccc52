import type { GraphNode, Link } from "../../domain/graph/node";
import { defaultOrder } from "../../domain/graph/order";
import type { LinkPage, NeighboursQuery } from "../../domain/graph/port";
import { kindOf, type NodeId } from "../../domain/ids";
import type { EdgeRelation } from "../../domain/ontology/relations";
import { type Prefetch, prefetchOf } from "./cypher/prefetch";
import { sorted } from "./cypher/neighbours";
import { type Place, placeOfLinks, type ReadHabits } from "./read-habits";
import { hasLinkJson, linkTo } from "./stored-edge";
import { lightNode } from "./stored-node";

/**
 * Holds the complete lists of links that one reader has prefetched with nodes, and the places where it found the nodes.
 */
export class PrefetchedLists {
  private readonly pages = new Map<EdgeRelation, Map<NodeId, LinkPage>>();
  private readonly places = new Map<NodeId, Place>();
  private readonly noted = new Set<string>();

  constructor(private readonly habits: ReadHabits) {}

  /** Returns the lists that readers usually ask of nodes in the places, and notes that nodes are read there. */
  prefetch(places: readonly Place[]): readonly Prefetch[] {
    for (const place of places) this.once(place, () => this.habits.found(place));
    return prefetchOf(places, this.habits);
  }

  /** Notes that links of nodes are asked for. Returns the places in which their neighbours will be found. */
  ask({ relation, of }: Pick<NeighboursQuery, "relation" | "of">, isWhole: boolean): readonly Place[] {
    const places = [...new Set(of.map((id) => this.places.get(id) ?? ""))];
    return places.map((place) => {
      const further = placeOfLinks(place, relation);
      if (isWhole) this.once(`${further} whole`, () => this.habits.asked(place, relation));
      this.once(further, () => this.habits.found(further));
      return further;
    });
  }

  /** Returns the prefetched pages. Nodes without one have no entry. */
  known(relation: EdgeRelation, of: readonly NodeId[]): Map<NodeId, LinkPage> {
    const known = new Map<NodeId, LinkPage>();
    const pages = this.pages.get(relation);
    if (!pages) return known;
    for (const id of of) {
      const page = pages.get(id);
      if (page) known.set(id, page);
    }
    return known;
  }

  /** Returns the link in the values of `linkValues`, notes the place of its node and keeps the prefetched lists. */
  link({ relation, further }: Prefetch, values: readonly unknown[], place: Place): Link {
    const width = hasLinkJson(relation.edge) ? 2 : 1;
    const node = lightNode(values[0]);
    this.keep(node, further, values, width, place);
    return linkTo(node, width === 2 ? values[1] : undefined);
  }

  /** Returns the node in the values of `nodeValues`, notes its place and keeps the prefetched lists. */
  node(prefetch: readonly Prefetch[], values: readonly unknown[], place: Place): GraphNode {
    const node = lightNode(values[0]);
    this.keep(node, prefetch, values, 1, place);
    return node;
  }

  private keep({ id }: GraphNode, prefetch: readonly Prefetch[], values: readonly unknown[], start: number, at: Place) {
    this.places.set(id, at);
    prefetch.forEach((each, index) => {
      const { relation } = each;
      if (kindOf(id) !== relation.owner) return;
      const rows = values[start + index] as readonly (readonly unknown[])[];
      const place = placeOfLinks(at, relation.name);
      const links = sorted(
        rows.map((row) => this.link(each, row, place)),
        defaultOrder(relation),
      );
      const pages = this.pages.get(relation) ?? new Map<NodeId, LinkPage>();
      this.pages.set(relation, pages);
      pages.set(id, Object.freeze({ links: Object.freeze(links), hasNext: false }));
    });
  }

  /** Calls `note` once per reader and key, since a reader may ask in several batches. */
  private once(key: string, note: () => void): void {
    if (this.noted.has(key)) return;
    this.noted.add(key);
    note();
  }
}
