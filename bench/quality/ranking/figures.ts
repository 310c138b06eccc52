import { seeded } from "../../random";

/** hit@10, recall@10, MRR@10 and nDCG@10 of one ranked list. */
export type Figures = readonly [hit: number, recall: number, reciprocal: number, gain: number];
export const figureNames = ["hit@10", "recall@10", "MRR@10", "nDCG@10"] as const;
const depth = 10;

export function figuresOf(ranked: readonly string[], relevant: ReadonlySet<string>): Figures {
  let hits = 0;
  let reciprocal = 0;
  let gain = 0;
  ranked.slice(0, depth).forEach((each, rank) => {
    if (!relevant.has(each)) return;
    hits += 1;
    reciprocal ||= 1 / (rank + 1);
    gain += 1 / Math.log2(rank + 2);
  });
  let ideal = 0;
  for (let rank = 0; rank < Math.min(depth, relevant.size); rank++) ideal += 1 / Math.log2(rank + 2);
  return [hits > 0 ? 1 : 0, hits / relevant.size, reciprocal, gain / ideal];
}

export interface Estimate {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Means with 95 % intervals, by 2,000 bootstrap samples of queries. The rows of one query, from different seeds, are drawn
 * together: they are not independent.
 */
export function estimates(rows: ReadonlyMap<string, readonly Figures[]>): Estimate[] {
  const queries = [...rows.values()];
  const random = seeded(7);
  const means = Array.from({ length: 2_000 }, () =>
    meansOf(queries.map(() => queries[Math.floor(random() * queries.length)] as readonly Figures[])),
  );
  return meansOf(queries).map((mean, figure) => {
    const sorted = means.map((each) => each[figure] as number).sort((a, b) => a - b);
    return { mean, low: sorted[50] as number, high: sorted[1_949] as number };
  });
}

function meansOf(queries: readonly (readonly Figures[])[]): number[] {
  const sums = [0, 0, 0, 0];
  let count = 0;
  for (const rows of queries)
    for (const row of rows) {
      count += 1;
      row.forEach((figure, index) => (sums[index]! += figure));
    }
  return sums.map((sum) => sum / count);
}
