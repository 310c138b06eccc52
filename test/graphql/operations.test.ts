import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import {
  type DocumentNode,
  getVariableValues,
  Kind,
  Lexer,
  type OperationDefinitionNode,
  parse,
  Source,
  TokenKind,
  validate,
} from "graphql";
import { seedIfEmpty } from "../../src/content/seed-if-empty";
import { buildSchema } from "../../src/graphql/build-schema";
import { measureDocument } from "../../src/graphql/limits/document-size";
import { anonymousLimits } from "../../src/graphql/limits/limits";
import { operationCost } from "../../src/graphql/limits/operation-cost";
import { createMemoryStore } from "../../src/store/memory/memory-store";
import type { FollowUpChainQuery, MissionWalkQuery } from "../operations/operations.generated";
import { type Api, anApi } from "./api";

const root = path.resolve(__dirname, "../..");
const folder = path.join(root, "test/operations");
const textOf = (name: string): string => readFileSync(path.join(folder, `${name}.graphql`), "utf8");
const names = readdirSync(folder)
  .filter((file) => file.endsWith(".graphql"))
  .map((file) => file.slice(0, -".graphql".length));

const operationOf = (document: DocumentNode): OperationDefinitionNode =>
  document.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION) as OperationDefinitionNode;

function countTokens(text: string): number {
  const lexer = new Lexer(new Source(text));
  let tokens = 0;
  while (lexer.advance().kind !== TokenKind.EOF) tokens++;
  return tokens;
}

describe.each(names)("the example %s", (name) => {
  const text = textOf(name);
  const document = parse(text);

  it("fits the schema, and starts with a comment that says what it is for", () => {
    expect(validate(buildSchema(), document)).toEqual([]);
    expect(text).toMatch(/^# [A-Z].{40,}\.\n/);
  });

  it("is at or under half of what anyone may ask for", () => {
    const operation = operationOf(document);
    const { coerced = {} } = getVariableValues(buildSchema(), operation.variableDefinitions ?? [], {});
    const { depth, aliases } = measureDocument(document);
    const { cost: max } = anonymousLimits;
    expect(operationCost(buildSchema(), document, operation, coerced).whole).toBeLessThanOrEqual(max / 2);
    expect(depth).toBeLessThanOrEqual(anonymousLimits.depth / 2);
    expect(aliases).toBeLessThanOrEqual(anonymousLimits.aliases / 2);
    expect(countTokens(text)).toBeLessThanOrEqual(anonymousLimits.tokens / 2);
  });
});

describe("over the seed", () => {
  let api: Api;
  beforeAll(async () => {
    const store = createMemoryStore();
    await seedIfEmpty(store, path.join(root, "seed"));
    api = await anApi([], { store });
  });

  it.each(names)("%s answers with something under every root field", async (name) => {
    const { data, errors } = await api.ask<Record<string, unknown>>(textOf(name));
    expect(errors).toBeUndefined();
    expect(Object.values(data)).not.toContain(null);
    expect(JSON.stringify(data).length).toBeGreaterThan(100);
  });

  it("the mission walk goes from a trade-off to evidence and on to the next question", async () => {
    const { tradeOff } = await api.data<MissionWalkQuery>(textOf("mission-walk"));
    const evidence = tradeOff?.options.flatMap((option) => option.assessments).flatMap((each) => each.evidence);
    const [benchmark] = tradeOff?.benchmarks.edges ?? [];
    const followUps = tradeOff?.questions.edges.flatMap((edge) => edge.node.followUps);
    expect(evidence?.length).toBeGreaterThan(0);
    expect(evidence?.every(({ reason, node }) => reason !== "" && node.benchmark.title !== "")).toBe(true);
    expect(benchmark?.because.length).toBeGreaterThan(0);
    expect(followUps?.some(({ when, criteria }) => when === "MISSING" && criteria !== null)).toBe(true);
  });

  it("the mission walk reads each relation of each level once, however wide it is", async () => {
    const { calls } = await api.ask(textOf("mission-walk"));
    expect([...calls].sort()).toEqual([
      "neighbours Assessment.evidence",
      "neighbours Assessment.quality",
      "neighbours Benchmark.source",
      "neighbours Measurement.benchmark",
      "neighbours Measurement.metric",
      "neighbours Option.assessments",
      "neighbours Question.answers",
      "neighbours Question.followUps",
      "neighbours TradeOff.benchmarks",
      "neighbours TradeOff.options",
      "neighbours TradeOff.questions",
      "nodes",
      "nodes",
    ]);
  });

  it("a page of fifty questions reads its four relations in one call each", async () => {
    const { calls } = await api.ask(textOf("question-list"));
    expect([...calls].sort()).toEqual([
      "list",
      "neighbours Question.concepts",
      "neighbours Question.roles",
      "neighbours Question.tools",
      "neighbours Question.tradeOffs",
    ]);
  });

  it("a chain of follow-ups reads one call a step", async () => {
    const { data, calls } = await api.ask<FollowUpChainQuery>(textOf("follow-up-chain"));
    expect(data.question?.followUps.length).toBeGreaterThanOrEqual(3);
    expect(calls.filter((call) => call === "neighbours Question.followUps").length).toBeLessThanOrEqual(3);
  });
});
