import neo4j from "neo4j-driver";
import { encoded } from "../../../src/store/neo4j/driver/parameters";

it("whole numbers are given as bigint and sent as integers, numbers as floats", () => {
  expect(encoded({ limit: 5n, value: 5, rows: [{ order: 1n, share: 0.5 }] })).toEqual({
    limit: neo4j.int(5),
    value: 5,
    rows: [{ order: neo4j.int(1), share: 0.5 }],
  });
});

it.each([
  ["undefined", undefined],
  ["a function", () => 1],
  ["a symbol", Symbol("s")],
  ["a date", new Date(0)],
  ["a map", new Map([["a", 1]])],
  ["an integer of more than 64 bits", 2n ** 63n],
  ["no number", NaN],
  ["half of a surrogate pair", "\ud835"],
])("%s is refused, however deep it stands", (_, value) => {
  expect(() => encoded({ rows: [{ title: value }] })).toThrow(/^rows\[0\]\.title /);
});
