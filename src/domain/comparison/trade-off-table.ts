import { type GraphView, nodeAt } from "../graph/graph-view";
import type { GraphNode } from "../graph/node";
import type { NodeId } from "../ids";

/** A regime's slug; undefined for a trade-off that has none. */
export type Regime = string | undefined;

/** What is compared on what, each in the trade-off's order, and in which regimes. */
export interface TradeOffTable {
  readonly options: readonly NodeId[];
  readonly qualities: readonly NodeId[];
  readonly regimes: readonly Regime[];
}

/** The assessment that holds in the regime: its own, or else the one that holds in all. */
export function assessmentIn(
  view: GraphView,
  option: NodeId,
  quality: NodeId,
  regime: Regime,
): GraphNode<"Assessment"> | undefined {
  const own = view
    .links(option, "Option.assessments")
    .filter(({ other }) => view.links(other, "Assessment.quality").some((link) => link.other === quality))
    .map(({ other }) => nodeAt<"Assessment">(view, other));
  return own.find((each) => each.regime === regime) ?? own.find((each) => each.regime === undefined);
}
