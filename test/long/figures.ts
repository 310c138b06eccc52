import { appendFileSync } from "node:fs";

export type Figures = Readonly<Record<string, number>>;

/** What a test came to, for the report that `npm run test:long` writes. Elsewhere it goes nowhere. */
export function tell(test: string, store: string, figures: Figures): void {
  const file = process.env["FULCRUM_TEST_FIGURES"];
  if (file) appendFileSync(file, `${JSON.stringify({ test, store, figures })}\n`);
}

/** How many of the values are not among the others. */
export const missing = (values: readonly number[], others: readonly number[]): number => {
  const known = new Set(others);
  return values.filter((value) => !known.has(value)).length;
};

/** Whole seconds since a time of `performance.now()`. */
export const secondsSince = (started: number): number => Math.round((performance.now() - started) / 1_000);
