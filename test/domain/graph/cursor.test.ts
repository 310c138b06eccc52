import fc from "fast-check";
import { decodeCursor, encodeCursor } from "../../../src/domain/graph/cursor";
import type { Order, Position } from "../../../src/domain/graph/order";

const orders: fc.Arbitrary<Order> = fc.record({
  by: fc.constantFrom("id", "title", "difficulty"),
  direction: fc.constantFrom("ASC", "DESC"),
});
const positions: fc.Arbitrary<Position> = fc.record({
  value: fc.oneof(
    fc.constant(null),
    fc.string({ unit: "grapheme" }),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
  ),
  id: fc.string({ unit: "grapheme" }),
});
const asc: Order = { by: "title", direction: "ASC" };
const place: Position = { value: "Zoo 𝒜", id: "Question:q" };

describe("a cursor", () => {
  it("gives the position back to the list that it was made for", () => {
    fc.assert(
      fc.property(positions, orders, fc.jsonValue(), (position, order, list) => {
        const cursor = encodeCursor(position, order, list);
        expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
        expect(decodeCursor(cursor, order, list)).toEqual(position);
      }),
      { seed: 1 },
    );
  });

  it.each<[string, Order, unknown]>([
    ["field", { by: "id", direction: "ASC" }, ["Question", {}]],
    ["direction", { by: "title", direction: "DESC" }, ["Question", {}]],
    ["kind", asc, ["Concept", {}]],
    ["filter", asc, ["Question", { and: [] }]],
  ])("is refused by a list of another %s", (_, order, list) => {
    const cursor = encodeCursor(place, asc, ["Question", {}]);
    expect(decodeCursor(cursor, asc, ["Question", {}])).toEqual(place);
    expect(() => decodeCursor(cursor, order, list)).toThrow("another order or filter");
  });

  it("is refused when it is any other text", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.base64String(),
          fc.json().map((text) => Buffer.from(text).toString("base64url")),
        ),
        (text) => {
          expect(() => decodeCursor(text, asc, {})).toThrow(
            expect.objectContaining({ code: "INVALID_ARGUMENT" }) as Error,
          );
        },
      ),
      { seed: 2, numRuns: 500 },
    );
  });

  it("is refused when its value is of no kind that lists are ordered by", () => {
    const [fingerprint] = JSON.parse(Buffer.from(encodeCursor(place, asc, {}), "base64url").toString()) as [string];
    const made = (...rest: unknown[]) => Buffer.from(JSON.stringify([fingerprint, ...rest])).toString("base64url");
    expect(decodeCursor(made("Zoo 𝒜", "Question:q"), asc, {})).toEqual(place);
    for (const rest of [
      [true, "a"],
      [{}, "a"],
      [["x"], "a"],
      ["x", 1],
      ["x"],
      ["x", "a", "b"],
      ["x", null],
      ["\ud800", "a"],
      ["x", "\udc00"],
    ]) {
      expect(() => decodeCursor(made(...rest), asc, {})).toThrow("not one that this API has given out");
    }
  });
});
