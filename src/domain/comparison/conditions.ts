import { type GraphView, nodeAt } from "../graph/graph-view";
import type { GraphNode } from "../graph/node";
import { compareText } from "../graph/order";

/** Something that figures were measured under: `hardware`, or one of the params as `params.batch`. */
export interface Condition {
  readonly name: string;
  /** Null where it is not stated. */
  readonly value: string | null;
}

/** What is stated of a figure's conditions, by itself or else by its benchmark. */
export function conditionsOf(view: GraphView, figure: GraphNode<"Measurement">): ReadonlyMap<string, string> {
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
export function sortConditions(all: readonly ReadonlyMap<string, string>[]): {
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
