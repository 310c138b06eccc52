import fc from "fast-check";
import { VersionedMap } from "../../../src/store/memory/versioned-map";

const keys = Array.from({ length: 1_200 }, (_, index) => `key-${index}`);
const entries = fc.array(fc.tuple(fc.constantFrom(...keys), fc.option(fc.string(), { nil: undefined })), {
  maxLength: 40,
});
/** Each version comes from the one before it, or from an older one, as previews do. */
const steps = fc.array(fc.record({ from: fc.nat(), entries }), { maxLength: 12 });

describe("a versioned map", () => {
  it("holds in every version what a copied map would hold", () => {
    fc.assert(
      fc.property(steps, (all) => {
        const versions = [new VersionedMap<string, string>()];
        const copies = [new Map<string, string>()];
        for (const step of all) {
          const from = step.from % versions.length;
          const copy = new Map(copies[from]);
          for (const [key, value] of step.entries) {
            if (value === undefined) copy.delete(key);
            else copy.set(key, value);
          }
          versions.push(versions[from]!.with(step.entries));
          copies.push(copy);
        }
        versions.forEach((version, index) => {
          expect(
            new Map(keys.flatMap((key) => (version.get(key) === undefined ? [] : [[key, version.get(key)]]))),
          ).toEqual(copies[index]);
        });
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  it("keeps apart keys that two branches added", () => {
    const base = new VersionedMap<string, string>().with([["a", "1"]]);
    const [left, right] = [base.with([["b", "left"]]), base.with([["c", "right"]])];
    expect([left.get("b"), left.get("c"), right.get("b"), right.get("c"), base.get("b")]).toEqual([
      "left",
      undefined,
      undefined,
      "right",
      undefined,
    ]);
  });
});
