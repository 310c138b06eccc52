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

/** The complete lists of links that one reader has read with nodes before they were asked for, and where it found the nodes. */
export class PrefetchedLists {
  private readonly pages = new Map<EdgeRelation, Map<NodeId, LinkPage>>();
  private readonly places = new Map<NodeId, Place>();
  private readonly noted = new Set<string>();

  constructor(private readonly habits: ReadHabits) {}

  /** The lists that are usually asked of nodes found in one of the places, which is where nodes are read now. */
  prefetch(places: readonly Place[]): readonly Prefetch[] {
    for (const place of places) this.once(place, () => this.habits.found(place));
    return prefetchOf(places, this.habits);
  }

  /** Notes what is asked of nodes, and tells in which places the neighbours will be found. */
  ask({ relation, of }: Pick<NeighboursQuery, "relation" | "of">, isWhole: boolean): readonly Place[] {
    const places = [...new Set(of.map((id) => this.places.get(id) ?? ""))];
    return places.map((place) => {
      const further = placeOfLinks(place, relation);
      if (isWhole) this.once(`${further} whole`, () => this.habits.asked(place, relation));
      this.once(further, () => this.habits.found(further));
      return further;
    });
  }

  /** What is known of the pages that are asked for. */
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

  /** The link in the values of `linkValues`, to a node found in the place; keeps what was prefetched. */
  link({ relation, further }: Prefetch, values: readonly unknown[], place: Place): Link {
    const width = hasLinkJson(relation.edge) ? 2 : 1;
    const node = lightNode(values[0]);
    this.keep(node, further, values, width, place);
    return linkTo(node, width === 2 ? values[1] : undefined);
  }

  /** The node in the values of `nodeValues`, found in the place; keeps what was prefetched. */
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

  /** A reader counts once, however many batches it asks in. */
  private once(key: string, note: () => void): void {
    if (this.noted.has(key)) return;
    this.noted.add(key);
    note();
  }
}
