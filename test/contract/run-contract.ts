import { contractCases } from "./all-cases";
import type { WithStore } from "./with-store";

export interface AdapterUnderTest {
  readonly withStore: WithStore;
  /** Promises that the adapter does not keep, by case id, each with the reason. One that it does keep must not be listed. */
  readonly skips?: Readonly<Record<string, string>>;
  /** Milliseconds that one case may take. */
}

/** Registers a test for each case of the contract. */
export function runContract({ withStore, skips = {} }: AdapterUnderTest): void {
  for (const { id, name, run } of contractCases) {
    const reason = skips[id];
    if (reason === undefined) it(`${name} [${id}]`, () => withStore(run));
    else it(`not yet, because ${reason}: ${name} [${id}]`, () => expect(withStore(run)).rejects.toThrow());
  }

  it("skips only cases that there are", () => {
    const ids = contractCases.map((each) => each.id);
    expect(Object.keys(skips).filter((id) => !ids.includes(id))).toEqual([]);
  });
}
