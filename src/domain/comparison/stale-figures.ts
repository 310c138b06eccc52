import { DomainError } from "../errors";
import { factsOf } from "../graph/facts";
import { type GraphView, nodeAt } from "../graph/graph-view";
import type { GraphNode } from "../graph/node";
import { compareText } from "../graph/order";
import { kindOf, type NodeId } from "../ids";
import { freshness } from "./freshness";

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
export type StatementKind = "Assessment" | "FlipCondition" | "ModelAnswer";

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
