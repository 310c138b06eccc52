import { pino } from "pino";
import type { Database } from "../../src/domain/database";
import { buildSchema } from "../../src/graphql/build-schema";
import { createApolloServer } from "../../src/graphql/server";
import { createMemoryStore } from "../../src/store/memory/memory-store";
import { commit } from "../builders/changes";
import { queryCaches } from "../builders/query-caches";
import { withSqliteStore } from "../contract/with-store";
import { denseBank } from "../graphql/dense-bank";
import { describeNeo4j } from "../neo4j/neo4j-for-tests";
import { accessToMemory, accessToStore } from "./access";
import { httpAnswer } from "./http-answer";
import { corpus } from "./operations";

/** Without what depends on where reads come from: the revision that a test has reached and the cost. */
const withoutCost = (answer: string): string => answer.replace(/"revision":\d+,/, "").replace(/,"actual":\d+/, "");
const costOf = (answer: string): number => Number(/"actual":(\d+)/.exec(answer)?.[1] ?? 0);

type Answers = Readonly<Record<string, string>>;
const withoutCosts = (answers: Answers): Answers =>
  Object.fromEntries(Object.entries(answers).map(([name, answer]) => [name, withoutCost(answer)]));

/** Where the store is asked, the sizes of lists are not at hand, and filters and chains of links cost less. */
function expectSame({ asked, followed }: Record<"asked" | "followed", Answers>, expected: Answers): void {
  expect(withoutCosts(followed)).toEqual(withoutCosts(expected));
  expect(withoutCosts(asked)).toEqual(withoutCosts(expected));
  const costs = (answers: Answers) => Object.entries(answers).map(([name, answer]) => [name, costOf(answer)]);
  expect(costs(followed)).toEqual(costs(expected));
  const dearer = Object.keys(asked).filter((name) => costOf(asked[name] as string) > costOf(expected[name] as string));
  expect(dearer).toEqual([]);
}

/** What each operation is answered from the store, and from a model in memory that follows it: name → answer. */
async function answers(store: Database): Promise<Record<"asked" | "followed", Answers>> {
  const apollo = createApolloServer({ schema: buildSchema(), logger: pino({ enabled: false }), caches: queryCaches() });
  await apollo.start();
  const [asked, followed] = [await accessToStore(store), await accessToMemory(store)];
  const byName = async (access: typeof asked) => {
    const entries: [string, string][] = [];
    for (const operation of corpus) entries.push([operation.name, await httpAnswer(apollo, access, operation)]);
    return Object.fromEntries(entries);
  };
  return { asked: await byName(asked), followed: await byName(followed) };
}

describe("the corpus of operations", () => {
  let expected: Answers;
  beforeAll(async () => {
    const store = createMemoryStore();
    await commit(store, denseBank(4));
    expected = (await answers(store)).followed;
  });

  it("is answered the same from SQLite, asked each time, as from memory", () =>
    withSqliteStore(async (store) => {
      await commit(store, denseBank(4));
      expectSame(await answers(store), expected);
    }));

  describeNeo4j("on Neo4j", (neo4j) => {
    it("is answered the same, asked each time, as from memory", async () => {
      const store = await neo4j.emptyStore();
      for (const size of [1, 2, 4]) await commit(store, denseBank(size));
      expectSame(await answers(store), expected);
    });
  });
});
