import type { GraphStore } from "../../src/domain/graph/port";
import { contractCases } from "./all-cases";

export interface Adapter {
  readonly name: string;
  /** A migrated and empty store of its own for each case; `close` is called when the case is over. */
  open(): Promise<GraphStore>;
  /** Promises that the adapter does not keep, by case id, each with the reason. A case that passes must not be listed. */
  readonly skips?: Readonly<Record<string, string>>;
  /** Milliseconds that one case may take. */
  readonly patience?: number;
}

/** Registers a test for each case of the contract. */
export function runContract({ name, open, skips = {}, patience = 20_000 }: Adapter): void {
  const run = async (test: (store: GraphStore) => Promise<void>) => {
    const store = await open();
    try {
      await test(store);
    } finally {
      await store.close();
    }
  };

  describe(`the ${name} store`, () => {
    for (const { id, name: promise, run: test } of contractCases) {
      const reason = skips[id];
      if (reason === undefined) it(`${promise} [${id}]`, () => run(test), patience);
      else
        it(
          `does not promise yet, because ${reason}: ${promise} [${id}]`,
          () => expect(run(test)).rejects.toThrow(),
          patience,
        );
    }

    it("skips only cases that there are", () => {
      const ids = contractCases.map((each) => each.id);
      expect(Object.keys(skips).filter((id) => !ids.includes(id))).toEqual([]);
    });
  });
}
