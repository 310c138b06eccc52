import { factsOf, type GraphView, nodeAt } from "../graph/graph-view";
import type { GraphNode } from "../graph/node";
import { compareText } from "../graph/order";
import type { NodeId } from "../ids";
import { advantage, areComparable, type CitedFigure, citedFigure, isFigureOf } from "../rules/option-figures";

/** Two options that are rated one way and measured the other. */
export interface RatingConflict {
  readonly quality: GraphNode<"Quality">;
  /** Rated higher, measured worse. */
  readonly rated: GraphNode<"Option">;
  /** Rated lower, measured better. */
  readonly measured: GraphNode<"Option">;
  /** Of one benchmark and metric, by id. */
  readonly figures: readonly GraphNode<"Measurement">[];
}

/**
 * Where the figures that two options' assessments cite contradict the order of their ratings: figures of one benchmark and
 * metric, of the one option and of the other, under like conditions, and in every pair of them the one that is rated lower is
 * ahead. Where only some pairs are, the order depends on the conditions, which is no contradiction. By quality, option, figures.
 */
export function ratingConflicts(view: GraphView, table: TradeOffTable): RatingConflict[] {
  const found = new Map<string, RatingConflict>();
  for (const quality of table.qualities)
    for (const rated of table.options)
      for (const measured of table.options)
        for (const regime of table.regimes) {
          const [high, low] = [rated, measured].map((each) => assessmentIn(view, each, quality, regime));
          if (high?.rating === undefined || low?.rating === undefined || high.rating <= low.rating) continue;
          for (const figures of contradictions(view, [high.id, low.id], rated, measured))
            found.set([quality, rated, measured, ...figures].join(" "), {
              quality: nodeAt(view, quality),
              rated: nodeAt(view, rated),
              measured: nodeAt(view, measured),
              figures: figures.map((figure) => nodeAt(view, figure)),
            });
        }
  return [...found.values()];
}

/**
 * Whether two figures can be set against each other: no hardware, data or number among their settings differs. A setting in
 * words may be what tells the options apart.
 */
function areAlike(view: GraphView, one: CitedFigure, other: CitedFigure): boolean {
  if (!areComparable(one, other)) return false;
  const [a, b] = [one, other].map(({ measurement }) => nodeAt<"Measurement">(view, measurement)) as [Figure, Figure];
  const isOther = (name: string) => {
    const [own, their] = [a.params?.[name], b.params?.[name]];
    return typeof own === "number" && typeof their === "number" && own !== their;
  };
  return a.hardware === b.hardware && a.dataset === b.dataset && !Object.keys(a.params ?? {}).some(isOther);
}

type Figure = GraphNode<"Measurement">;

/** The cited figures of each series that has the second option ahead throughout. */
function contradictions(view: GraphView, assessments: readonly NodeId[], rated: NodeId, measured: NodeId): NodeId[][] {
  const facts = factsOf(view);
  const cited = assessments
    .flatMap((each) => view.links(each, "Assessment.evidence"))
    .flatMap(({ other }) => citedFigure(facts, other) ?? []);
  const own = cited.filter((each) => isFigureOf(facts, each, rated, measured));
  const their = cited.filter((each) => isFigureOf(facts, each, measured, rated));
  const series = [...new Set(own.map((each) => each.series))].sort(compareText);
  return series.flatMap((name) => {
    const pairs = own
      .filter((each) => each.series === name)
      .flatMap((one) => their.flatMap((other) => (areAlike(view, one, other) ? [[one, other] as const] : [])));
    if (pairs.length === 0 || pairs.some(([one, other]) => advantage(facts, one, other) >= 0)) return [];
    return [[...new Set(pairs.flat().map(({ measurement }) => measurement))].sort(compareText)];
  });
}

/** A regime's slug; undefined for a trade-off that has none. */
type Regime = string | undefined;

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
