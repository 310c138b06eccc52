import { pino } from "pino";
import { buildSchema } from "../../src/graphql/build-schema";
import type { ExecutionObserver } from "../../src/graphql/compiled-execution";
import { createApolloServer } from "../../src/graphql/server";
import { createMemoryStore } from "../../src/store/memory/memory-store";
import { commit } from "../builders/changes";
import { queryCaches } from "../builders/query-caches";
import { denseBank } from "../graphql/dense-bank";
import { accessToMemory, accessToStore } from "./access";
import { httpAnswer } from "./http-answer";
import { corpus } from "./operations";

const server = (observeExecution: ExecutionObserver) =>
  createApolloServer({
    schema: buildSchema(),
    logger: pino({ enabled: false }),
    observeExecution,
    caches: queryCaches(350_000_000),
  });

describe("a compiled document", () => {
  it("is one of at least sixty, under a name of its own", () => {
    expect(corpus.length).toBeGreaterThanOrEqual(60);
    expect(new Set(corpus.map(({ name }) => name)).size).toBe(corpus.length);
  });

  const store = createMemoryStore();
  const apollos: { readonly apollo: ReturnType<typeof server>; readonly outcomes: string[] }[] = [];
  beforeAll(async () => {
    await commit(store, denseBank(4));
    for (let i = 0; i < 2; i++) {
      const outcomes: string[] = [];
      const apollo = server((outcome) => outcomes.push(outcome));
      await apollo.start();
      apollos.push({ apollo, outcomes });
    }
  });

  it.each(corpus)("answers byte for byte what graphql-js answers: $name", async (operation) => {
    const accesses = [await accessToMemory(store), await accessToStore(store)];
    for (const [index, access] of accesses.entries()) {
      const { apollo, outcomes } = apollos[index]!;
      outcomes.length = 0;
      // graphql-js answers the first time; then what is compiled, and from memory the second such answer is kept.
      const answers = [];
      for (let time = 0; time < 5; time++) answers.push(await httpAnswer(apollo, access, operation));
      for (const answer of answers) expect(answer).toBe(answers[0]);
      if (operation.fails) expect(answers[0]).toContain('"errors":');
      else expect(answers[0]).not.toContain('"errors":');
      const fromMemory = access.revision !== undefined;
      const last = fromMemory ? ["kept", "kept"] : ["compiled", "compiled"];
      if (!operation.fails) expect(outcomes).toEqual(["seen once", "compiled", "compiled", ...last]);
    }
  });
});
