import type { GraphQLRequestContext, GraphQLRequestListener } from "@apollo/server";
import { buildSchema, type DocumentNode, type GraphQLError, Kind, parse, validate } from "graphql";
import { ByteCache } from "../../../src/domain/byte-cache";
import type { GraphQLContext } from "../../../src/graphql/context";
import { limitOptions } from "../../../src/graphql/limits/limit-options";
import { anonymousLimits } from "../../../src/graphql/limits/limits";
import { Meter } from "../../../src/graphql/limits/meter";
import { OperationCosts } from "../../../src/graphql/limits/limit-options";

const schema = buildSchema("type Query { item(n: Int): Item } type Item { name: String item: Item }");
const limits = { ...anonymousLimits, cost: 3, variables: { ...anonymousLimits.variables, stringLength: 10 } };
const aPlugin = () => limitOptions(schema, limits, new OperationCosts(schema, new ByteCache("costs", 1_000_000)));

/** What a request does to an allowance and its report. */
function aRequest(text: string, variables?: Record<string, unknown>) {
  const document = parse(text);
  const taken: string[] = [];
  const contextValue = {
    allowance: {
      charge: (cost: number) => void taken.push(`charged ${cost}`),
      spend: (cost: number) => void taken.push(`spent ${cost}`),
    },
    report: { meter: new Meter(), requestedCost: 0, chargedCost: 0, variables: null as string | null },
  };
  const operation = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  const request = { document, operation, request: { variables }, contextValue };
  return { request, taken, report: contextValue.report };
}
type Request = ReturnType<typeof aRequest>["request"];

/** Calls a hook of the plugin. */
async function hook(
  options: ReturnType<typeof aPlugin>,
  name: "validationDidStart" | "didResolveOperation",
  request: Request,
) {
  const given = request as unknown as GraphQLRequestContext<GraphQLContext>;
  const listener = (await options.plugin.requestDidStart?.(given)) as GraphQLRequestListener<GraphQLContext>;
  await (listener[name] as (context: unknown) => Promise<unknown>)(given);
}

describe("the options of Apollo Server", () => {
  it("hold the parser to tokens and characters, and the number of errors", () => {
    expect(aPlugin()).toMatchObject({
      parseOptions: { maxTokens: limits.tokens, maxSourceLength: limits.sourceLength },
      validationOptions: { maxErrors: 3 },
      executionOptions: { maxCoercionErrors: 3 },
    });
  });
});

describe("a document that was not asked lately", () => {
  const errorsOf = (options: ReturnType<typeof aPlugin>, document: DocumentNode): readonly GraphQLError[] =>
    validate(schema, document, options.validationRules);

  it("pays for being validated", async () => {
    const { request, taken } = aRequest("{ item { name } }");
    const { document } = request;
    const options = aPlugin();
    await hook(options, "validationDidStart", request);
    expect([taken, request.document]).toEqual([["spent 150"], document]);
    expect(errorsOf(options, document)).toEqual([]);
  });

  it("is put aside where it is over a limit, for one that fails with what is wrong", async () => {
    const { request } = aRequest(`{ ${Array.from({ length: 11 }, (_, i) => `a${i}: nothing`).join(" ")} }`);
    const { document } = request;
    const options = aPlugin();
    await hook(options, "validationDidStart", request);
    expect(request.document).not.toBe(document);
    expect(errorsOf(options, request.document).map(({ message }) => message)).toEqual([
      "An operation has too many fields at its root: 11 of at most 10.",
    ]);
    expect(validate(schema, request.document)).toEqual([]);
    expect(errorsOf(options, parse("{ __typename }"))).toEqual([]);
  });
});

describe("an operation", () => {
  const text = "query ($n: Int) { item(n: $n) { item { item { name } } } }";

  it("is charged what it may come to, which its answer is then held to", async () => {
    const { request, taken, report } = aRequest(text, { n: 7, more: 1 });
    await hook(aPlugin(), "didResolveOperation", request);
    expect(taken).toEqual(["charged 3"]);
    expect(report).toMatchObject({ variables: '{"n":7}', requestedCost: 3, chargedCost: 3 });
    expect([report.meter.limit, report.meter.cost]).toEqual([3, 1]);
  });

  it("may have no variables", async () => {
    const { request, report } = aRequest(text);
    await hook(aPlugin(), "didResolveOperation", request);
    expect(report).toMatchObject({ variables: "{}", chargedCost: 3 });
  });

  it("needs no allowance", async () => {
    const { request, report } = aRequest(text);
    await hook(aPlugin(), "didResolveOperation", {
      ...request,
      contextValue: { report } as Request["contextValue"],
    });
    expect(report.chargedCost).toBe(3);
  });

  it("that asks the schema about itself has that on its meter from the start", async () => {
    const { request, report } = aRequest("{ __schema { directives { name } types { name } } }");
    await hook(aPlugin(), "didResolveOperation", request);
    expect(report.meter.mark()).toBe(report.requestedCost);
    expect(report.requestedCost).toBeGreaterThan(1);
  });

  it("is refused that costs more than the limit, and is not charged for", async () => {
    const { request, taken, report } = aRequest("{ item { item { item { item { name } } } } }");
    await expect(hook(aPlugin(), "didResolveOperation", request)).rejects.toMatchObject({
      message: "The operation costs 4, and the limit is 3; ask for shorter pages or fewer levels.",
      extensions: { code: "OPERATION_TOO_COMPLEX", cost: 4, limit: 3 },
    });
    expect([taken, report.requestedCost, report.chargedCost]).toEqual([[], 4, 0]);
  });

  it("is refused with variables that are too large, and left to execution with those that do not fit", async () => {
    const large = aRequest(text, { n: "x".repeat(11) });
    await expect(hook(aPlugin(), "didResolveOperation", large.request)).rejects.toMatchObject({
      extensions: { code: "BAD_USER_INPUT", limit: 10 },
    });
    const unfit = aRequest(text, { n: "x" });
    await hook(aPlugin(), "didResolveOperation", unfit.request);
    expect([unfit.taken, unfit.report.variables]).toEqual([[], null]);
  });

  it("that was not found is left to Apollo", async () => {
    const { request, taken } = aRequest("fragment f on Item { name }");
    await hook(aPlugin(), "didResolveOperation", request);
    expect(taken).toEqual([]);
  });
});
