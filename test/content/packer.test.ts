import { Packer } from "../../src/content/import/packer";
import type { Change } from "../../src/domain/changes/change-set";
import { aConcept } from "../builders/nodes";

const group = (slug: string): Change[] => [aConcept({ slug, title: "T", summary: "x".repeat(1_000) })];
const sizes = (limits: { items: number; bytes: number }, weight = 1): number[] => {
  const packer = new Packer(limits, () => weight);
  for (const slug of ["a", "b", "c", "d", "e"]) packer.add(group(slug));
  return packer.commits.map(({ length }) => length);
};
const plenty = 1_000_000;

describe("changes are packed into commits", () => {
  it("of no more items than one may hold", () => {
    expect(sizes({ items: 2, bytes: plenty })).toEqual([2, 2, 1]);
    expect(sizes({ items: 6, bytes: plenty }, 3)).toEqual([2, 2, 1]);
  });

  it("of no more bytes than one may hold, all groups in it together", () => {
    // Each is a little more than 1,000 bytes.
    expect(sizes({ items: plenty, bytes: 3_900 })).toEqual([3, 2]);
    expect(sizes({ items: plenty, bytes: 2_900 })).toEqual([2, 2, 1]);
  });

  it("of one group where that is more than a commit may hold", () => {
    expect(sizes({ items: plenty, bytes: 10 })).toEqual([1, 1, 1, 1, 1]);
  });
});
