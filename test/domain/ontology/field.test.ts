import {
  decimal,
  duration,
  enumeration,
  type Field,
  flag,
  integer,
  line,
  listOf,
  longText,
  objectOf,
  optional,
  params,
  partialDate,
  prose,
  reference,
  shapeOf,
  slugField,
  title,
  url,
} from "../../../src/domain/ontology/field";

const accepts = (field: Field, value: unknown) => field.schema.safeParse(value).success;

const cases: readonly [string, Field, readonly unknown[], readonly unknown[]][] = [
  ["a title", title("T."), ["A", "x".repeat(200), "Ä 𝒜"], ["", " a", "a ", "a\nb", "x".repeat(201), 1, null]],
  ["a line", line("L.", 5), ["abcde"], ["abcdef", "a\tb", "\u007f", "a\u0000"]],
  ["prose", prose("P."), ["a\n\n\tb", "x".repeat(2_000)], ["", "a\n", "\ta", "x".repeat(2_001), "a\r\nb", "\ud835"]],
  [
    "a long text",
    longText("L."),
    ["## Second\n\ntext", "```\n# in code\n```", "x".repeat(20_000)],
    ["# Top", "Top\n===", "x".repeat(20_001)],
  ],
  ["a whole number", integer("I.", -2, 2), [-2, 0, 2], [-3, 3, 0.5, "1", NaN, Infinity]],
  ["a decimal", decimal("D."), [0, -1.5, 1e300, 5e-324], [NaN, Infinity, -0, "1", 1n]],
  ["a flag", flag("F."), [true, false], [0, "true", null]],
  [
    "a URL",
    url("U."),
    ["https://example.org/a?b=c#d", "http://example.org", "HTTP://EXAMPLE.ORG:80/%7Ea/../b_(c)"],
    ["ftp://example.org", "example.org", "javascript:alert(1)", "", "http://example.org/a b", "http://例え.jp/パス"],
  ],
  [
    "a date",
    partialDate("D."),
    ["2024", "2024-07", "2024-02-29"],
    ["2023-02-29", "2024-13", "2024-00", "2024-7", "24", "2024-07-32", "2024-07-01T00:00:00Z", " 2024"],
  ],
  [
    "a duration",
    duration("D."),
    ["P2Y", "P18M", "P1Y6M", "P2W", "P10D"],
    ["P", "2Y", "PT5M", "P-1Y", "P1M1Y", "P1.5Y"],
  ],
  ["a slug", slugField("S."), ["a", "a-1"], ["", "A", "a--b", "a/b", "x".repeat(101)]],
  ["an enum", enumeration("E", { LOW: "Low.", HIGH: "High." }, "E."), ["LOW", "HIGH"], ["low", "", 0, "toString"]],
  [
    "a map",
    params("P."),
    [{}, { "ef search": 64, warm: true, note: "x" }],
    [{ "": 1 }, { a: null }, { a: [1] }, { a: -0 }, [], "a"],
  ],
  ["a list", listOf(line("L.", 5), 2, "L."), [["a"], ["a", "b"]], [[], ["a", "a"], ["a", "b", "c"], [""], "a"]],
  [
    "an object",
    objectOf("O", { slug: slugField("S."), note: optional(line("N.")) }, "O."),
    [{ slug: "a" }, { slug: "a", note: "n" }],
    [{}, { slug: "a", more: 1 }, { slug: "A" }],
  ],
  ["a reference", reference("Concept", "R."), ["Concept:a"], ["Tool:a", "a", 1]],
];

describe("a field's schema", () => {
  it.each(cases)("accepts what is %s", (_, field, valid) => {
    expect(valid.filter((value) => !accepts(field, value))).toEqual([]);
  });

  it.each(cases)("refuses what is not %s", (_, field, __, invalid) => {
    expect(invalid.filter((value) => accepts(field, value))).toEqual([]);
  });

  it("is optional in the shape where the field is", () => {
    const shape = shapeOf({ a: title("A."), b: optional(title("B.")) });
    expect([shape["a"]?.safeParse(undefined).success, shape["b"]?.safeParse(undefined).success]).toEqual([false, true]);
    expect(shape["b"]?.description).toBe("B.");
  });
});

it("a text that is too long is refused for that alone: nothing else is looked for in it", () => {
  const hostile = `# Heading\n\n${"[".repeat(200_000)}\u0000`;
  expect(
    longText("L.")
      .schema.safeParse(hostile)
      .error?.issues.map(({ message }) => message),
  ).toEqual(["must be at most 20000 characters"]);
});
