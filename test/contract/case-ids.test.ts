import { readFileSync } from "node:fs";
import { join } from "node:path";
import { contractCases } from "./all-cases";

describe("the contract's cases", () => {
  const ids = contractCases.map((each) => each.id);

  it("have ids that are unique and of the form subject/what", () => {
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    expect(ids.filter((id) => !/^[a-z-]+\/[A-Za-z-]+$/.test(id))).toEqual([]);
  });

  it("are those of case-ids.txt, so that none is lost or renamed unnoticed", () => {
    const pinned = readFileSync(join(__dirname, "case-ids.txt"), "utf8").trim().split("\n");
    expect(ids.toSorted()).toEqual(pinned);
  });
});
