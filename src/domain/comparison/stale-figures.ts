import { DomainError } from "../errors";
import { factsOf, type GraphFacts, type GraphView, nodeAt } from "../graph/graph-view";
import type { GraphNode } from "../graph/node";
import { compareText } from "../graph/order";
import { kindOf, type NodeId } from "../ids";

/** A figure whose time was over on a day, with what says so. */
export interface StaleFigure {
  readonly measurement: GraphNode<"Measurement">;
  /** What bears the date from which its time counts: its benchmark, or the source by the day on which it was read. */
  readonly datedBy: GraphNode<"Benchmark" | "Source">;
  readonly date: string;
  /** The last fresh day, `YYYY-MM-DD`. */
  readonly freshUntil: string;
}

/** What cites figures. */
type StatementKind = "Assessment" | "FlipCondition" | "ModelAnswer";

/** The figures that a statement cites, as evidence or in its text, and whose time was over on the day; by id. */
export function staleFiguresOf(view: GraphView, statement: NodeId, on: string): StaleFigure[] {
  const kind = kindOf(statement) as StatementKind;
  const cited = [...view.links(statement, `${kind}.evidence`), ...view.links(statement, `${kind}.mentions`)];
  const figures = new Set(cited.flatMap(({ other }) => (kindOf(other) === "Measurement" ? [other] : [])));
  return [...figures].sort(compareText).flatMap((each) => staleFigure(view, each, on) ?? []);
}

/** Null while the figure is fresh. */
export function staleFigure(view: GraphView, measurement: NodeId, on: string): StaleFigure | null {
  const benchmark = view.links(measurement, "Measurement.benchmark")[0]?.other;
  const fresh = benchmark && freshness(factsOf(view), benchmark);
  if (!fresh || on <= fresh.until) return null;
  const { datedBy, date, until: freshUntil } = fresh;
  return { measurement: nodeAt(view, measurement), datedBy: nodeAt(view, datedBy), date, freshUntil };
}

/** A whole day as given. Throws INVALID_ARGUMENT for a year or a month alone: what is old depends on the day. */
export function readDay(date: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(date)) return date;
  throw new DomainError("INVALID_ARGUMENT", `on must be a whole day, YYYY-MM-DD, but got: ${date.slice(0, 20)}.`);
}

/** How long the figures of a benchmark stay fresh, and from when on. */
interface Freshness {
  /** What bears the date: the benchmark, or the source by the day on which it was read. */
  readonly datedBy: NodeId;
  readonly date: string;
  /** The last fresh day, `YYYY-MM-DD`. */
  readonly until: string;
}

/** Null where no time is stated. A date known to the month or year counts to its end. */
export function freshness(facts: GraphFacts, benchmark: NodeId): Freshness | null {
  const { staleAfter, date: own } = (facts.fields(benchmark) ?? {}) as { staleAfter?: string; date?: string };
  const source = facts.links(benchmark, "Benchmark.source")[0]?.other;
  const read = source && (facts.fields(source)?.["retrievedAt"] as string | undefined);
  const [datedBy, date] = own === undefined ? [source, read] : [benchmark, own];
  if (staleAfter === undefined || datedBy === undefined || date === undefined) return null;
  return { datedBy, date, until: lastFreshDay(date, staleAfter) };
}

function lastFreshDay(date: string, duration: string): string {
  const [year, month, day] = date.split("-").map(Number) as [number, number?, number?];
  const part = (letter: string) => Number(new RegExp(`(\\d+)${letter}`).exec(duration)?.[1] ?? 0);
  const lastDay = day ?? 0;
  const nextMonth = (month ?? 12) - (day === undefined ? 0 : 1);
  const days = lastDay + 7 * part("W") + part("D");
  return new Date(Date.UTC(year + part("Y"), nextMonth + part("M"), days)).toISOString().slice(0, 10);
}
