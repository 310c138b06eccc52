import { DomainError, type DomainErrorCode } from "../../src/domain/errors";
import type { GraphReader } from "../../src/domain/graph/port";
import { aQuestion } from "../builders/nodes";
import { anApi } from "./api";

/** An API whose store fails to list. */
async function failingApi(error: Error, log: string[] = []) {
  const reader = (each: GraphReader): GraphReader => ({ ...each, list: () => Promise.reject(error) });
  return anApi([aQuestion({ slug: "a" })], { reader, log: (line) => log.push(line) });
}

describe("an error", () => {
  it.each<[DomainErrorCode, string, string]>([
    ["INVALID_ARGUMENT", "BAD_USER_INPUT", "the domain's words"],
    ["STORE_UNAVAILABLE", "SERVICE_UNAVAILABLE", "The store cannot answer now; try again later."],
    ["STORE_MISMATCH", "SERVICE_UNAVAILABLE", "The store cannot answer now; try again later."],
    ["DEADLINE_EXCEEDED", "DEADLINE_EXCEEDED", "The request took too long."],
    ["ABORTED", "SERVICE_UNAVAILABLE", "The store cannot answer now; try again later."],
  ])("of the domain, %s, is %s to clients", async (code, publicCode, message) => {
    const { errors } = await (
      await failingApi(new DomainError(code, "the domain's words"))
    ).ask("{ questions { totalCount } }");
    expect(errors).toEqual([
      { message, path: ["questions"], locations: [{ line: 1, column: 3 }], extensions: { code: publicCode } },
    ]);
  });

  it("that nobody expected is masked, and logged with the request's id", async () => {
    const log: string[] = [];
    const secret = "bolt://neo4j:7687 refused MATCH (n) at /srv/app.js:3";
    const { errors } = await (await failingApi(new TypeError(secret), log)).ask("{ questions { totalCount } }");
    expect(JSON.stringify(errors)).not.toContain("bolt");
    expect(errors?.[0]).toMatchObject({
      message: "Something went wrong; the request id helps to find out what.",
      extensions: { code: "INTERNAL_SERVER_ERROR" },
    });
    expect(log.map((line) => JSON.parse(line) as unknown)).toEqual([
      expect.objectContaining({
        level: 50,
        requestId: "request-1",
        path: "questions",
        err: expect.objectContaining({ message: secret }) as unknown,
      }),
    ]);
  });

  it("of an absent store is logged as a warning", async () => {
    const log: string[] = [];
    await (
      await failingApi(new DomainError("STORE_UNAVAILABLE", "connection refused"), log)
    ).ask("{ questions { totalCount } }");
    expect(log.map((line) => JSON.parse(line) as unknown)).toEqual([
      expect.objectContaining({ level: 40, requestId: "request-1" }),
    ]);
  });

  it("of a request that nobody waits for is not logged", async () => {
    const log: string[] = [];
    await (
      await failingApi(new DomainError("ABORTED", "the client went away"), log)
    ).ask("{ questions { totalCount } }");
    expect(log).toEqual([]);
  });

  it("that is the client's is not logged", async () => {
    const log: string[] = [];
    const api = await failingApi(new Error("unused"), log);
    await api.ask("{ nothing }");
    await api.ask("{");
    await api.ask('{ node(id: "x") { id } }');
    expect(log).toEqual([]);
  });

  it.each([
    ["a syntax error", "{", {}, "GRAPHQL_PARSE_FAILED"],
    ["an unknown field", "{ nothing }", {}, "GRAPHQL_VALIDATION_FAILED"],
    [
      "a variable of the wrong type",
      "query ($n: Int) { questions(first: $n) { totalCount } }",
      { n: "x" },
      "BAD_USER_INPUT",
    ],
    [
      "a date that is none",
      "query ($d: [PartialDate!]) { benchmarks(where: {date: $d}) { totalCount } }",
      { d: ["2024-13"] },
      "BAD_USER_INPUT",
    ],
    [
      "a written date that is none",
      '{ benchmarks(where: {date: ["2024-13"]}) { totalCount } }',
      {},
      "GRAPHQL_VALIDATION_FAILED",
    ],
    ["two operations and no name", "query A { __typename } query B { __typename }", {}, "OPERATION_RESOLUTION_FAILURE"],
  ])("has its code: %s", async (_, query, variables, code) => {
    expect(await (await anApi([])).code(query, variables)).toBe(code);
  });

  it("leaves the rest of the answer whole where the schema lets it", async () => {
    const { data, errors } = await (
      await anApi([aQuestion({ slug: "a" })])
    ).ask('{ good: question(slug: "a") { slug } bad: node(id: "x") { id } }');
    expect(data).toEqual({ good: { slug: "a" }, bad: null });
    expect(errors).toHaveLength(1);
  });

  it("stays short however much it was given", async () => {
    const { errors } = await (
      await anApi([])
    ).ask("query ($n: Int) { questions(first: $n) { totalCount } }", { n: "x".repeat(10_000) });
    expect(errors?.[0]?.message.length).toBeLessThan(600);
  });

  it("does not come in hundreds", async () => {
    const keys = Object.fromEntries(Array.from({ length: 900 }, (_, i) => [`unknown${i}`, 1]));
    const { errors } = await (
      await anApi([])
    ).ask("query ($w: QuestionWhere) { questions(where: $w) { totalCount } }", { w: keys });
    expect(errors?.length).toBeLessThanOrEqual(4);
  });
});
