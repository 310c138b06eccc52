import { Meter, perUnit } from "../../../src/graphql/limits/meter";

const codeOf = (work: () => void): unknown => {
  try {
    work();
    return null;
  } catch (error) {
    return error;
  }
};

describe("a meter", () => {
  it("counts at least one unit, and parts of units rounded up", () => {
    const meter = new Meter();
    expect(meter.cost).toBe(1);
    meter.objects(1);
    expect(meter.cost).toBe(1);
    meter.items(1);
    expect(meter.cost).toBe(2);
  });

  it.each<[Exclude<keyof Meter, "limit" | "cost" | "refusal" | "mark" | "backTo">, number, number]>([
    ["objects", 7, 7],
    ["lookUps", 7 * perUnit.lookUps, 7],
    ["items", 7 * perUnit.items, 7],
    ["bytes", 7 * perUnit.bytes, 7],
    ["logBytes", 7 * perUnit.logBytes, 7],
    ["searchedBytes", 7 * perUnit.searchedBytes, 7],
    ["planning", 7 * perUnit.lookUps, 7],
    ["list", 7 * perUnit.items - perUnit.items / perUnit.lookUps, 7],
  ])("counts %s by what they take", (measure, count, units) => {
    const meter = new Meter();
    meter[measure](count);
    meter[measure](count);
    expect(meter.cost).toBe(2 * units);
  });

  it("ends what comes to more than the limit, again and again, with what it came to first", () => {
    const meter = new Meter();
    meter.limit = 10;
    meter.objects(10);
    expect([meter.cost, meter.refusal]).toEqual([10, null]);
    const refusal = codeOf(() => meter.items(50));
    expect(refusal).toMatchObject({
      message: expect.stringContaining("more than 10,") as string,
      extensions: { code: "OPERATION_TOO_COMPLEX", cost: 11, limit: 10 },
    });
    expect(codeOf(() => meter.objects(5))).toBe(refusal);
    expect([meter.cost, meter.refusal]).toEqual([10, refusal]);
  });

  it("ends nothing for what a mutation is planned with, and counts it", () => {
    const meter = new Meter();
    meter.limit = 10;
    meter.objects(2);
    meter.planning(3 * perUnit.lookUps);
    expect(meter.cost).toBe(5);
    meter.planning(100 * perUnit.lookUps);
    expect([meter.cost, meter.refusal]).toEqual([10, null]);
  });

  it("forgets what was counted since a mark, but for what was planned", () => {
    const meter = new Meter();
    meter.objects(2);
    const mark = meter.mark();
    meter.objects(5);
    meter.planning(3 * perUnit.lookUps);
    meter.backTo(mark);
    expect([meter.mark(), meter.cost]).toEqual([2, 5]);
  });
});
