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

/** Without what depends on where reads come from: the revision that a test has reached and the work that it took. */
const comparable = (answer: string): string => answer.replace(/"revision":\d+,/, "").replace(/,"actual":\d+/, "");

/** What each operation is answered from the store, and from a model in memory that follows it: name → answer. */
async function answers(store: Database): Promise<{ readonly asked: object; readonly followed: object }> {
  const apollo = createApolloServer({ schema: buildSchema(), logger: pino({ enabled: false }), caches: queryCaches() });
  await apollo.start();
  const [asked, followed] = [await accessToStore(store), await accessToMemory(store)];
  const byName = async (access: typeof asked) => {
    const entries: [string, string][] = [];
    for (const operation of corpus)
      entries.push([operation.name, comparable(await httpAnswer(apollo, access, operation))]);
    return Object.fromEntries(entries);
  };
  return { asked: await byName(asked), followed: await byName(followed) };
}

describe("the corpus of operations", () => {
  let expected: object;
  beforeAll(async () => {
    const store = createMemoryStore();
    await commit(store, denseBank(4));
    expected = (await answers(store)).followed;
  });

  it("is answered the same from SQLite, asked each time, as from memory", () =>
    withSqliteStore(async (store) => {
      await commit(store, denseBank(4));
      expect(await answers(store)).toEqual({ asked: expected, followed: expected });
    }));

  describeNeo4j("on Neo4j", (neo4j) => {
    it("is answered the same, asked each time, as from memory", async () => {
      const store = await neo4j.emptyStore();
      for (const size of [1, 2, 4]) await commit(store, denseBank(size));
      expect(await answers(store)).toEqual({ asked: expected, followed: expected });
    });
  });
});
