import { DomainError } from "../errors";
import { factsOf, type GraphView, nodeAt } from "../graph/graph-view";
import type { GraphNode } from "../graph/node";
import type { NodeId } from "../ids";
import { didYouMean, nearNames } from "../near-names";
import { isReversed } from "../rules/flip-evidence";
import { isMeasured } from "../rules/measured-basis";
import { assessmentIn, type RatingConflict, ratingConflicts, type TradeOffTable } from "./rating-conflicts";
import { type StaleFigure, staleFiguresOf } from "./stale-figures";

/** What one option is said to be worth on one quality. */
interface Cell {
  readonly quality: GraphNode<"Quality">;
  /** One, or none; where no regime was asked for, one for each that is assessed on its own. */
  readonly assessments: readonly GraphNode<"Assessment">[];
  /** Whether each of them cites a figure of the option and one of a rival, of one benchmark and metric. */
  readonly measured: boolean;
  readonly stale: readonly StaleFigure[];
}

interface ComparedOption {
  readonly option: GraphNode<"Option">;
  /** One for each quality, in the trade-off's order. */
  readonly cells: readonly Cell[];
}

interface ComparedFlip {
  readonly flipCondition: GraphNode<"FlipCondition">;
  /** Whether figures on both of its sides show the order of its options reversing. */
  readonly shown: boolean;
  readonly stale: readonly StaleFigure[];
}

export interface OptionComparison {
  readonly tradeOff: GraphNode<"TradeOff">;
  /** The regime asked for. */
  readonly regime?: Regimes[number];
  readonly on: string;
  readonly qualities: readonly GraphNode<"Quality">[];
  readonly options: readonly ComparedOption[];
  readonly dominated: readonly Dominance[];
  readonly conflicts: readonly RatingConflict[];
  readonly flips: readonly ComparedFlip[];
}

type Regimes = NonNullable<GraphNode<"TradeOff">["regimes"]>;

/**
 * The options of a trade-off against its qualities, in one regime or in all of them, as of a day. Throws INVALID_ARGUMENT if
 * the trade-off has no such regime.
 */
export function compareOptions(
  view: GraphView,
  id: NodeId,
  { regime: slug, on }: { readonly regime?: string; readonly on: string },
): OptionComparison {
  const tradeOff = nodeAt<"TradeOff">(view, id);
  const regime = slug === undefined ? undefined : regimeOf(tradeOff, slug);
  const { regimes = [] } = tradeOff;
  const table: TradeOffTable = {
    options: view.links(id, "TradeOff.options").map(({ other }) => other),
    qualities: view.links(id, "TradeOff.qualities").map(({ other }) => other),
    regimes: regime ? [regime.slug] : regimes.length > 0 ? regimes.map((each) => each.slug) : [undefined],
  };
  return {
    tradeOff,
    ...(regime && { regime }),
    on,
    qualities: table.qualities.map((quality) => nodeAt(view, quality)),
    options: table.options.map((option) => ({
      option: nodeAt(view, option),
      cells: table.qualities.map((quality) => cellOf(view, table, option, quality, on)),
    })),
    dominated: dominancesOf(view, table),
    conflicts: ratingConflicts(view, table),
    flips: view.links(id, "TradeOff.flipConditions").map(({ other }) => ({
      flipCondition: nodeAt(view, other),
      shown: isReversed(factsOf(view), other),
      stale: staleFiguresOf(view, other, on),
    })),
  };
}

function regimeOf({ slug: of, regimes = [] }: GraphNode<"TradeOff">, slug: string): Regimes[number] {
  const found = regimes.find((each) => each.slug === slug);
  if (found) return found;
  const got = slug.slice(0, 100);
  const slugs = regimes.map((each) => each.slug);
  const meant = didYouMean(nearNames(got, slugs));
  throw new DomainError("INVALID_ARGUMENT", `The trade-off ${of} has no regime ${JSON.stringify(got)}.${meant}`);
}

function cellOf(view: GraphView, table: TradeOffTable, option: NodeId, quality: NodeId, on: string): Cell {
  const assessments = [
    ...new Set(table.regimes.flatMap((regime) => assessmentIn(view, option, quality, regime) ?? [])),
  ];
  const stale = assessments.flatMap((each) => staleFiguresOf(view, each.id, on));
  return {
    quality: nodeAt(view, quality),
    assessments,
    measured: assessments.length > 0 && assessments.every(({ id }) => isMeasured(factsOf(view), id)),
    stale: [...new Map(stale.map((each) => [each.measurement.id, each])).values()],
  };
}

/** One option against another that is better somewhere and, as far as is known, worse nowhere. */
interface Dominance {
  readonly option: GraphNode<"Option">;
  readonly by: GraphNode<"Option">;
  readonly worseOn: readonly GraphNode<"Quality">[];
  /** Qualities on which a rating is unknown: the first could be the better one there. None: it is certain. */
  readonly unknownOn: readonly GraphNode<"Quality">[];
}

/** Every such pair, in the table's order. It has to hold in each of the table's regimes. */
const dominancesOf = (view: GraphView, table: TradeOffTable): Dominance[] =>
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
