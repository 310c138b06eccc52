import type { GraphNode, Link } from "../../domain/graph/node";
import { defaultOrder } from "../../domain/graph/order";
import type { LinkPage, NeighboursQuery } from "../../domain/graph/port";
import { kindOf, type NodeId } from "../../domain/ids";
import type { EdgeRelation } from "../../domain/ontology/relations";
import type { Along } from "./cypher/along";
import { isWholeList, sorted } from "./cypher/neighbours";
import { hasLinkJson, linkTo } from "./stored-edge";
import { lightNode } from "./stored-node";

/** The complete lists of links that one reader has read along with nodes, before they were asked for. */
export class ReadAlong {
  private readonly pages = new Map<EdgeRelation, Map<NodeId, LinkPage>>();

  /** What is known of the pages that are asked for. */
  known(relation: EdgeRelation, query: NeighboursQuery): Map<NodeId, LinkPage> {
    const known = new Map<NodeId, LinkPage>();
    const pages = this.pages.get(relation);
    if (!pages || query.where || query.order || !isWholeList(relation, query)) return known;
    for (const id of query.of) {
      const page = pages.get(id);
      if (page) known.set(id, page);
    }
    return known;
  }

  /** The link in the values of `linkValues`; keeps what was read along. */
  link({ relation, along }: Along, values: readonly unknown[]): Link {
    const width = hasLinkJson(relation.edge) ? 2 : 1;
    const node = lightNode(values[0]);
    this.keep(node, along, values, width);
    return linkTo(node, width === 2 ? values[1] : undefined);
  }

  /** The node in the values of `nodeValues`; keeps what was read along. */
  node(along: readonly Along[], values: readonly unknown[]): GraphNode {
    const node = lightNode(values[0]);
    this.keep(node, along, values, 1);
    return node;
  }

  private keep({ id }: GraphNode, along: readonly Along[], values: readonly unknown[], start: number): void {
    along.forEach((each, index) => {
      const { relation } = each;
      if (kindOf(id) !== relation.owner) return;
      const rows = values[start + index] as readonly (readonly unknown[])[];
      const links = sorted(
        rows.map((row) => this.link(each, row)),
        defaultOrder(relation),
      );
      const pages = this.pages.get(relation) ?? new Map<NodeId, LinkPage>();
      this.pages.set(relation, pages);
      pages.set(id, Object.freeze({ links: Object.freeze(links), hasNext: false }));
    });
  }
}
