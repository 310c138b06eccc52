import type { GraphFacts } from "../graph/graph-view";
import type { NodeId } from "../ids";
import type { RelationName } from "../ontology/relations";
import { type UnitCode, units } from "../ontology/units";
import { convert } from "../quantities";

/** A cited figure, with what makes it comparable to others. */
export interface CitedFigure {
  readonly measurement: NodeId;
  /** Benchmark and metric: figures of the same series can be compared. */
  readonly series: string;
  readonly metric: NodeId;
  readonly value: number;
  readonly unit: UnitCode;
  /** Tools and concepts that it is a figure of. */
  readonly subjects: ReadonlySet<NodeId>;
}

export function citedFigure(bank: GraphFacts, measurement: NodeId): CitedFigure | null {
  const benchmark = bank.links(measurement, "Measurement.benchmark")[0]?.other;
  const metric = bank.links(measurement, "Measurement.metric")[0]?.other;
  const { value, unit } = (bank.fields(measurement) ?? {}) as { value?: number; unit?: UnitCode };
  if (!benchmark || !metric || value === undefined || unit === undefined) return null;
  const subjects = others(bank, measurement, ["Measurement.tools", "Measurement.concepts"]);
  return { measurement, series: `${benchmark} ${metric}`, metric, value, unit, subjects };
}

const others = (bank: GraphFacts, id: NodeId, names: readonly RelationName[]): Set<NodeId> =>
  new Set(names.flatMap((name) => bank.links(id, name).map(({ other }) => other)));

/**
 * Whether a figure is one of `option` and not of `rival`: it measures something that puts the option into practice and
 * the rival not, and nothing of which the contrary is true.
 */
export function isFigureOf(bank: GraphFacts, figure: CitedFigure, option: NodeId, rival: NodeId): boolean {
  const own = others(bank, option, ["Option.concepts", "Option.tools"]);
  const theirs = others(bank, rival, ["Option.concepts", "Option.tools"]);
  const measured = [...figure.subjects];
  return (
    measured.some((each) => own.has(each) && !theirs.has(each)) &&
    !measured.some((each) => theirs.has(each) && !own.has(each))
  );
}

/** Whether both are of one benchmark and metric, and of one quantity. */
export const areComparable = (one: CitedFigure, other: CitedFigure): boolean =>
  one.series === other.series && units[one.unit].quantity === units[other.unit].quantity;

/** Above zero where the first of two comparable figures is the better one. */
export function advantage(bank: GraphFacts, first: CitedFigure, second: CitedFigure): number {
  const higher = bank.fields(first.metric)?.["direction"] === "HIGHER_IS_BETTER";
  const difference = first.value - convert(second.value, second.unit, first.unit);
  return higher ? difference : -difference;
}
