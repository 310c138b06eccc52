import { parseExpiry } from "../../../src/domain/access/api-key";

const now = new Date("2026-11-28T12:00:00.000Z");

describe("the expiry of a key", () => {
  it.each([
    ["never", null],
    ["1d", "2026-11-29T12:00:00.000Z"],
    ["90d", "2027-02-26T12:00:00.000Z"],
    ["2027-01-31", "2027-02-01T00:00:00.000Z"],
    ["2026-11-28", "2026-11-29T00:00:00.000Z"],
  ])("may be %s", (text, expected) => {
    expect(parseExpiry(text, now)).toBe(expected);
  });

  it.each([
    ["", "must be a number of days"],
    ["90", "must be a number of days"],
    ["-1d", "must be a number of days"],
    ["1.5d", "must be a number of days"],
    ["forever", "must be a number of days"],
    ["31.01.2027", "must be a number of days"],
    ["2027-02-30", "must be a number of days"],
    ["2027-13-01", "must be a number of days"],
    ["0d", "must lie in the future"],
    ["2026-11-27", "must lie in the future"],
    ["3652d", "must lie within ten years"],
    ["9999-12-31", "must lie within ten years"],
  ])("cannot be %j", (text, rule) => {
    expect(() => parseExpiry(text, now)).toThrow(`An expiry ${rule}`);
    expect(() => parseExpiry(text, now)).toThrow(JSON.stringify(text));
  });
});
