/** One number of the bank beside what is wanted. */
export interface CoverageRow {
  readonly what: string;
  readonly is: number;
  /** No key where the number is only told. */
  readonly wanted?: Wanted;
}

export interface Wanted {
  readonly at: "least" | "most";
  readonly count: number;
}

export interface CoverageTable {
  readonly title: string;
  readonly rows: readonly CoverageRow[];
}

export const atLeast = (count: number): Wanted => ({ at: "least", count });
export const atMost = (count: number): Wanted => ({ at: "most", count });

export const isMet = ({ is, wanted }: CoverageRow): boolean =>
  wanted === undefined || (wanted.at === "least" ? is >= wanted.count : is <= wanted.count);
