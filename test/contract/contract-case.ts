import type { Database } from "../../src/domain/database";

/** How much of their full figures the larger cases try. */
export interface Sample {
  /** The links of a hub. */
  readonly hubLinks: number;
  /** Whether each order is tried in both directions; else in one of them, which is another one by turns. */
  readonly bothDirections: boolean;
}
export const inFull: Sample = { hubLinks: 5_000, bothDirections: true };

/** One promise of the ports. `run` gets a store that is migrated and empty, and throws unless the store keeps the promise. */
export interface ContractCase {
  /** Unique and for ever: `subject/what`. Skips and reports name cases by it. */
  readonly id: string;
  readonly name: string;
  run(store: Database, sample: Sample): Promise<void>;
}

/** Cases of one subject; ids are given without it. */
export const casesAbout = (subject: string, cases: readonly ContractCase[]): readonly ContractCase[] =>
  cases.map((each) => ({ ...each, id: `${subject}/${each.id}` }));
