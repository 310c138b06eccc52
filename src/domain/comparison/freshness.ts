import type { GraphFacts } from "../graph/facts";
import type { NodeId } from "../ids";

/** How long the figures of a benchmark stay fresh, and from when on. */
export interface Freshness {
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
