import { type UnitCode, units } from "../../src/domain/ontology/units";
import { convert } from "../../src/domain/quantities";

/** The library has no types of its own. */
const { UcumLhcUtils } = jest.requireActual<{
  UcumLhcUtils: { getInstance(): { validateUnitString(code: string): { readonly status: string } } };
}>("@lhncbc/ucum-lhc");

const codes = Object.keys(units) as UnitCode[];

describe("unit conversion", () => {
  it.each([
    [104.2, "ms", "s", 0.1042],
    [1, "GiB", "MiB", 1024],
    [30.72, "GB", "By", 30_720_000_000],
    [50, "%", "1", 0.5],
    [1, "Gbit/s", "MB/s", 125],
    [1, "kWh", "J", 3_600_000],
    [90, "requests/min", "requests/s", 1.5],
    [3, "x", "x", 3],
  ] as const)("%d %s is so many %s", (value, from, to, expected) => {
    expect(convert(value, from, to)).toBe(expected);
  });

  it("rests on codes that UCUM knows", () => {
    const ucum = UcumLhcUtils.getInstance();
    const invalid = codes.filter((code) => ucum.validateUnitString(units[code].ucum).status !== "valid");
    expect(invalid).toEqual([]);
  });

  it("leads from each unit to each other of its quantity and back", () => {
    for (const from of codes) {
      for (const to of codes.filter((code) => units[code].quantity === units[from].quantity)) {
        expect(convert(convert(3.25, from, to), to, from) / 3.25).toBeCloseTo(1, 8);
      }
    }
  });

  it.each<[UnitCode, string, string]>([
    [
      "tokens/s",
      "requests/s",
      "tokens/s (TOKEN_RATE) cannot be converted to requests/s (REQUEST_RATE): they are units of two quantities.",
    ],
    ["ms", "MB", "ms (TIME) cannot be converted to MB (BYTES): they are units of two quantities."],
    ["ms", "msec", 'There is no unit "msec" to convert ms to. Did you mean'],
  ])("is refused from %s to %s", (from: UnitCode, to: string, message: string) => {
    expect(() => convert(1, from, to)).toThrow(message);
  });
});
