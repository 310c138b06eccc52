import { buildSchema, type GraphQLObjectType, isObjectType, Kind, type OperationDefinitionNode, parse } from "graphql";
import { ByteCache, textBytes } from "../../../src/domain/byte-cache";
import type { FieldCost } from "../../../src/graphql/declare";
import { introspectionCost } from "../../../src/graphql/limits/introspection-cost";
import { type OperationCost, operationCost } from "../../../src/graphql/limits/operation-cost";
import { OperationCosts } from "../../../src/graphql/limits/limit-options";

const schema = buildSchema(`
  interface Named { name: String page(first: Int = 4): [Item] }
  type Item implements Named { name: String page(first: Int = 4): [Item] item: Item priced: String wrapper: Item some: [Item] }
  type Query { item: Item items(first: Int = 3, where: String): [Item] named: Named priced(of: Int): String }
  type Mutation { item: Item }
  input Where { a: Int b: Int c: Int }
  enum Colour { RED GREEN }
  directive @d on FIELD
`);
const price = (type: string, field: string, cost: FieldCost): void => {
  const fields = (schema.getType(type) as GraphQLObjectType).getFields();
  (fields[field] as { extensions: object }).extensions = { fulcrum: { cost } };
};
const first = (args: Readonly<Record<string, unknown>>): number => args["first"] as number;
price("Query", "items", { times: first, base: (args) => (args["where"] === undefined ? 0.5 : 5) });
price("Query", "priced", { base: (args) => (args["of"] as number) * 2 });
price("Item", "page", { times: first });
price("Named", "page", { times: first });
price("Item", "priced", { base: 7 });
price("Item", "wrapper", { own: 0 });
price("Item", "some", { times: 6, own: 2 });
price("Mutation", "item", { base: 200 });

const operationOf = (text: string): [ReturnType<typeof parse>, OperationDefinitionNode] => {
  const document = parse(text);
  const operation = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  return [document, operation as OperationDefinitionNode];
};
const cost = (text: string, variables: Record<string, unknown> = {}): OperationCost =>
  operationCost(schema, ...operationOf(text), variables);

describe("the estimate of an operation", () => {
  it.each<[string, string, number]>([
    ["is at least one", "{ __typename }", 1],
    ["is one for an object", "{ item { name } }", 1],
    ["is one for each object", "{ item { item { name } } }", 2],
    ["is nothing for a wrapper", "{ item { wrapper { name item { name } } } }", 2],
    ["is what a leaf declares", "{ item { priced name } }", 8],
    ["is what a leaf declares for its arguments", "{ priced(of: 3) }", 6],
    ["is a list's length times an entry, and what finding it takes, rounded up", "{ items { name } }", 4],
    ["is a list's length times an entry by its arguments", '{ items(first: 2, where: "a") { item { name } } }', 9],
    ["is a typical length times what an entry takes", "{ item { some { item { name } } } }", 1 + 6 * 3],
    [
      "counts an inline fragment by its type",
      "{ named { ... on Item { some { name } } ... { page { name } } } }",
      1 + 12 + 4,
    ],
    ["counts an interface's fields", "{ named { page(first: 9) { name } } }", 10],
    [
      "counts a fragment wherever it is spread",
      "{ a: item { ...f } b: item { ...f } } fragment f on Item { some { name } }",
      2 * 13,
    ],
    ["counts a fragment that costs nothing, too", "{ a: item { ...f ...f } } fragment f on Item { name }", 1],
    ["counts what a mutation begins with", "mutation { item { name } }", 201],
    ["leaves out what is skipped", "{ item @skip(if: true) { some { name } } }", 1],
    ["leaves out what is not included", "{ item { name some @include(if: false) { name } } }", 1],
    ["counts what is neither", "{ item @skip(if: false) @include(if: true) { some { name } } }", 13],
    ["counts what has another directive", "{ item { some @d { name } } }", 13],
    [
      "leaves out what is skipped though it is included",
      "{ item @include(if: true) @skip(if: true) { name } a: item { name } }",
      1,
    ],
  ])("%s", (_, text, expected) => {
    expect(cost(text)).toEqual({ whole: expected, introspection: 0 });
  });

  it("depends on variables", () => {
    const text = "query ($n: Int, $no: Boolean!) { items(first: $n) @skip(if: $no) { name } }";
    expect(cost(text, { n: 10, no: false }).whole).toBe(11);
    expect(cost(text, { n: 10, no: true }).whole).toBe(1);
  });

  it("tells what of it is for the schema's description", () => {
    const types = Object.keys(schema.getTypeMap()).length;
    const described = Math.ceil((1 + types) / 12);
    expect(cost("{ __schema { types { name } } }")).toEqual({ whole: described, introspection: described });
    expect(cost('{ item { some { name } } __type(name: "Item") { name } }')).toEqual({ whole: 14, introspection: 1 });
    expect(cost("{ item { none { name } } other }")).toEqual({ whole: 1, introspection: 0 });
  });
});

describe("the cost of the schema's description", () => {
  const types = Object.values(schema.getTypeMap());
  const ofFields = types.filter(isObjectType).map((type) => Object.values(type.getFields()));
  const mean = (counts: number[]) => Math.ceil(counts.reduce((sum, count) => sum + count, 0) / counts.length);
  const [fields, args] = [
    mean(ofFields.map(({ length }) => length)),
    mean(ofFields.flat().map((field) => field.args.length)),
  ];
  const entries = (selection: string): number => {
    const [document, operation] = operationOf(`{ __schema ${selection} } fragment F on __Type { fields { name } }`);
    const field = operation.selectionSet.selections[0];
    const fragments = new Map(
      document.definitions.flatMap((each) => (each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each]] : [])),
    );
    if (field?.kind !== Kind.FIELD || !field.selectionSet) throw new Error("There is nothing to price.");
    return introspectionCost(schema, field.selectionSet, fragments);
  };
  const units = (count: number): number => Math.ceil((1 + count) / 12);
  // One enumeration of this schema has two values, and those of the language's own description are longer.
  const enums = mean(types.flatMap((type) => ("getValues" in type ? [type.getValues().length] : [])));

  it.each<[string, string, number]>([
    ["what only leads to a type", "{ queryType { name } description }", 0],
    ["types", "{ types { name } }", types.length],
    ["directives", "{ directives { name } }", schema.getDirectives().length],
    ["fields of types", "{ types { fields { name } } }", types.length * (1 + fields)],
    ["arguments of fields", "{ types { fields { args { name } } } }", types.length * (1 + fields * (1 + args))],
    ["fields of inputs", "{ queryType { inputFields { name } } }", 3],
    ["values of enumerations", "{ queryType { enumValues { name } } }", enums],
    ["types that implement one", "{ queryType { possibleTypes { name } } }", 2],
    ["inline fragments", "{ types { ... { fields { name } } } }", types.length * (1 + fields)],
    ["fragments", "{ types { ...F ...None } }", types.length * (1 + fields)],
    ["several lists", "{ types { name } directives { name } }", types.length + schema.getDirectives().length],
  ])("is that of %s, twelve to a unit", (_, selection, count) => {
    expect(entries(selection)).toBe(units(count));
    expect(entries(selection)).toBe(units(count));
  });
});

describe("the costs of operations that come again", () => {
  const aCache = () => new ByteCache<string, OperationCost>("costs", 1_000_000);
  const [document, operation] = operationOf("query ($n: Int) { items(first: $n) { name } }");

  it("are found once for a document and its variables", () => {
    const cache = aCache();
    const set = jest.spyOn(cache, "set");
    const costs = new OperationCosts(schema, cache);
    const of = (n: number) => costs.of(document, operation, { n }, JSON.stringify({ n }));
    const found = of(5);
    expect(found).toEqual({ whole: 6, introspection: 0 });
    expect([of(5), of(9).whole]).toEqual([found, 10]);
    expect(of(5)).toBe(found);
    expect(set).toHaveBeenCalledTimes(2);
    const [place, , bytes] = set.mock.calls[0] as [string, OperationCost, number];
    expect(bytes).toBe(textBytes(place));
  });

  it("are those of each operation", () => {
    const costs = new OperationCosts(schema, aCache());
    const other = operationOf("query ($n: Int) { items(first: $n) { item { name } } }");
    expect([costs.of(document, operation, { n: 5 }, "{}").whole, costs.of(...other, { n: 5 }, "{}").whole]).toEqual([
      6, 11,
    ]);
  });

  it("are not looked up where the variables take longer to read", () => {
    const cache = aCache();
    const costs = new OperationCosts(schema, cache);
    costs.of(document, operation, { n: 1 }, "x".repeat(2_001));
    expect(cache.entries()).toBe(0);
    costs.of(document, operation, { n: 1 }, "x".repeat(2_000));
    expect(cache.entries()).toBe(1);
  });
});
