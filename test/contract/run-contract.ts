import type { Database } from "../../src/domain/database";
import { contractCases } from "./all-cases";
import { inFull, type Sample } from "./contract-case";
import type { WithStore } from "./with-store";

export interface AdapterUnderTest {
  readonly withStore: WithStore;
  /** Promises that the adapter does not keep, by case id, each with the reason. One that it does keep must not be listed. */
  readonly skips?: Readonly<Record<string, string>>;
  /** In full if it is not given. */
  readonly sample?: Sample;
}

/** Registers a test for each case of the contract. */
export function runContract({ withStore, skips = {}, sample = inFull }: AdapterUnderTest): void {
  for (const { id, name, run } of contractCases) {
    const reason = skips[id];
    const tried = (store: Database) => run(store, sample);
    if (reason === undefined) it(`${name} [${id}]`, () => withStore(tried));
    else it(`not yet, because ${reason}: ${name} [${id}]`, () => expect(withStore(tried)).rejects.toThrow());
  }

  it("skips only cases that there are", () => {
    const ids = contractCases.map((each) => each.id);
    expect(Object.keys(skips).filter((id) => !ids.includes(id))).toEqual([]);
  });
}
