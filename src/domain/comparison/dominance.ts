import { type GraphView, nodeAt } from "../graph/graph-view";
import type { GraphNode } from "../graph/node";
import type { NodeId } from "../ids";
import { assessmentIn, type TradeOffTable } from "./trade-off-table";

/** One option against another that is better somewhere and, as far as is known, worse nowhere. */
export interface Dominance {
  readonly option: GraphNode<"Option">;
  readonly by: GraphNode<"Option">;
  readonly worseOn: readonly GraphNode<"Quality">[];
  /** Qualities on which a rating is unknown: the first could be the better one there. None: it is certain. */
  readonly unknownOn: readonly GraphNode<"Quality">[];
}

/** Every such pair, in the table's order. It has to hold in each of the table's regimes. */
export const dominancesOf = (view: GraphView, table: TradeOffTable): Dominance[] =>
  table.options.flatMap((option) =>
    table.options.flatMap((by) => (option === by ? [] : (dominance(view, table, option, by) ?? []))),
  );

function dominance(view: GraphView, table: TradeOffTable, option: NodeId, by: NodeId): Dominance | null {
  const worseOn = new Set<NodeId>();
  const unknownOn = new Set<NodeId>();
  for (const quality of table.qualities) {
    for (const regime of table.regimes) {
      const [own, their] = [option, by].map((each) => assessmentIn(view, each, quality, regime)?.rating);
      if (own === undefined || their === undefined) unknownOn.add(quality);
      else if (own > their) return null;
      else if (own < their) worseOn.add(quality);
    }
  }
  if (worseOn.size === 0) return null;
  const qualities = (ids: ReadonlySet<NodeId>) => [...ids].map((id) => nodeAt<"Quality">(view, id));
  return {
    option: nodeAt(view, option),
    by: nodeAt(view, by),
    worseOn: qualities(worseOn),
    unknownOn: qualities(unknownOn),
  };
}
