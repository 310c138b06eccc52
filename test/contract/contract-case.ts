import type { Database } from "../../src/domain/database";

/** One promise of the ports. `run` gets a store that is migrated and empty, and throws unless the store keeps the promise. */
export interface ContractCase {
  /** Unique and for ever: `subject/what`. Skips and reports name cases by it. */
  readonly id: string;
  readonly name: string;
  run(store: Database): Promise<void>;
}

/** Cases of one subject; ids are given without it. */
export const casesAbout = (subject: string, cases: readonly ContractCase[]): readonly ContractCase[] =>
  cases.map((each) => ({ ...each, id: `${subject}/${each.id}` }));
