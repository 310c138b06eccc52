import { DomainError } from "../errors";
import { type GraphView, nodeAt } from "../graph/graph-view";
import type { GraphNode } from "../graph/node";
import { compareText } from "../graph/order";
import type { NodeId } from "../ids";
import { type UnitCode, units } from "../ontology/units";
import { convert, readUnit } from "../quantities";
import { type StaleFigure, staleFigure } from "./stale-figures";

interface EvidenceRow {
  readonly measurement: GraphNode<"Measurement">;
  /** In the table's unit. */
  readonly value: number;
  /** The tools and concepts that it measures, of those asked for; concepts first, each by id. */
  readonly subjects: readonly GraphNode<"Concept" | "Tool">[];
  /** Those conditions that are not the same for all rows, by name. */
  readonly conditions: readonly Condition[];
  /** Null while the figure is fresh. */
  readonly stale: StaleFigure | null;
}

interface EvidenceTable {
  readonly metric: GraphNode<"Metric">;
  readonly unit: UnitCode;
  readonly on: string;
  /** The best first, by the metric's direction; ties by id. */
  readonly rows: readonly EvidenceRow[];
  /** How many rows there are without the limit. */
  readonly totalCount: number;
  /** Conditions that are the same for all rows, by name. */
  readonly common: readonly Condition[];
  /** Figures in units of another quantity than the metric's, which cannot stand beside the others; by id. */
  readonly refused: readonly GraphNode<"Measurement">[];
}

export interface EvidenceQuery {
  /** Tools and concepts; default: all that were measured. None if empty. */
  readonly subjects?: readonly NodeId[];
  /** Default: the one that most of the figures are in. */
  readonly unit?: string;
  readonly on: string;
  readonly first: number;
}

/** Figures of one metric side by side. Throws INVALID_ARGUMENT for a unit that is none, or of another quantity. */
export function evidenceTable(view: GraphView, id: NodeId, query: EvidenceQuery): EvidenceTable {
  const metric = nodeAt<"Metric">(view, id);
  const asked = query.unit === undefined ? undefined : unitOf(metric, query.unit);
  const found = figuresOf(view, id, query.subjects);
  const fits = ({ measurement }: Figure) => units[measurement.unit].quantity === metric.quantity;
  const fitting = found.filter(fits);
  const unit = asked ?? usualUnit(metric, fitting);
  const sign = metric.direction === "HIGHER_IS_BETTER" ? -1 : 1;
  const shown = fitting
    .map((each) => ({ ...each, value: convert(each.measurement.value, each.measurement.unit, unit) }))
    .sort((a, b) => sign * (a.value - b.value) || compareText(a.measurement.id, b.measurement.id))
    .slice(0, query.first);
  const { common, different } = sortConditions(shown.map(({ measurement }) => conditionsOf(view, measurement)));
  return {
    metric,
    unit,
    on: query.on,
    rows: shown.map((each, i) => ({
      ...each,
      conditions: different[i] ?? [],
      stale: staleFigure(view, each.measurement.id, query.on),
    })),
    totalCount: fitting.length,
    common,
    refused: found.filter((each) => !fits(each)).map(({ measurement }) => measurement),
  };
}

type Figure = Pick<EvidenceRow, "measurement" | "subjects">;

/** The metric's figures of any of the subjects, by id. */
function figuresOf(view: GraphView, metric: NodeId, subjects?: readonly NodeId[]): Figure[] {
  const wanted = subjects && new Set(subjects);
  return view.links(metric, "Metric.measurements").flatMap(({ other }) => {
    const measured = [...view.links(other, "Measurement.concepts"), ...view.links(other, "Measurement.tools")]
      .filter((link) => !wanted || wanted.has(link.other))
      .map((link) => nodeAt<"Concept" | "Tool">(view, link.other));
    return wanted && measured.length === 0 ? [] : [{ measurement: nodeAt(view, other), subjects: measured }];
  });
}

function unitOf({ slug, quantity }: GraphNode<"Metric">, text: string): UnitCode {
  const unit = readUnit(text);
  const own = units[unit].quantity;
  if (own === quantity) return unit;
  throw new DomainError("INVALID_ARGUMENT", `${slug} is a ${quantity}, but ${unit} is a unit of ${own}.`);
}

/** The most frequent one; the first of the table of units where several are. */
function usualUnit({ quantity }: GraphNode<"Metric">, figures: readonly Figure[]): UnitCode {
  const fitting = (Object.keys(units) as UnitCode[]).filter((code) => units[code].quantity === quantity);
  const count = (code: UnitCode) => figures.filter(({ measurement }) => measurement.unit === code).length;
  return fitting.reduce((best, code) => (count(code) > count(best) ? code : best));
}

/** Something that figures were measured under: `hardware`, or one of the params as `params.batch`. */
interface Condition {
  readonly name: string;
  /** Null where it is not stated. */
  readonly value: string | null;
}

/** What is stated of a figure's conditions, by itself or else by its benchmark. */
function conditionsOf(view: GraphView, figure: GraphNode<"Measurement">): ReadonlyMap<string, string> {
  const benchmark = view.links(figure.id, "Measurement.benchmark")[0]?.other;
  const of = benchmark && nodeAt<"Benchmark">(view, benchmark);
  const stated = new Map<string, string>();
  for (const name of ["dataset", "hardware", "software"] as const) {
    const value = figure[name] ?? of?.[name];
    if (value !== undefined) stated.set(name, value);
  }
  for (const [name, value] of Object.entries(figure.params ?? {})) stated.set(`params.${name}`, String(value));
  return stated;
}

/** Conditions that are the same for all, and for each the others; by name. One that some do not state is not the same. */
function sortConditions(all: readonly ReadonlyMap<string, string>[]): {
  readonly common: readonly Condition[];
  readonly different: readonly (readonly Condition[])[];
} {
  const names = [...new Set(all.flatMap((each) => [...each.keys()]))].sort(compareText);
  const isCommon = (name: string) => new Set(all.map((each) => each.get(name))).size === 1;
  const listed = (of: ReadonlyMap<string, string>, which: readonly string[]): Condition[] =>
    which.map((name) => ({ name, value: of.get(name) ?? null }));
  const [common, different] = [names.filter(isCommon), names.filter((name) => !isCommon(name))];
  return { common: all[0] ? listed(all[0], common) : [], different: all.map((each) => listed(each, different)) };
}
