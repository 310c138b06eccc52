import type { WhereClause, Where } from "../../../src/domain/graph/where";
import type { GraphReader } from "../../../src/domain/graph/port";
import { commit, id } from "../../builders/changes";
import { richBank } from "../../contract/rich-bank";
import { statementsOf } from "./statements";
import { withStore } from "./store-file";

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** Asks one of everything about things with these numbers. */
async function ask(reader: GraphReader, numbers: readonly number[]): Promise<void> {
  const questions = numbers.map((number) => id(`Question:q${number}`));
  const position = { value: `title ${numbers[0]}`, id: `Question:q${numbers[0]}` };
  const order = { by: "title", direction: "ASC" } as const;
  const where: Where = {
    and: [
      { field: "estimatedMinutes", in: numbers },
      { relation: "Question.concepts", in: numbers.map((n) => id(`Concept:c${n}`)) },
    ],
    any: [[{ field: "title", in: numbers.map(String) }]],
    not: [{ relation: "Question.roles", all: numbers.map((n) => id(`Role:r${n}`)) }],
  };
  await reader.nodes(questions);
  await reader.texts(questions);
  await reader.idsBySlug(
    "Question",
    numbers.map((number) => `q${number}`),
  );
  await reader.neighbours({
    relation: "Question.concepts",
    of: questions,
    first: numbers.length,
    order,
    after: position,
  });
  await reader.neighbours({
    relation: "TradeOff.benchmarks",
    of: numbers.map((n) => id(`TradeOff:t${n}`)),
    first: numbers.length,
  });
  await reader.counts({ relation: "Question.concepts", of: questions });
  await reader.list({ kind: "Question", where, order, first: numbers.length, after: position });
  await reader.list({ kind: "Question", order, last: numbers.length, before: position });
  await reader.count({ kind: "Question", where });
  await reader.facets({ kind: "Question", where, by: "Question.roles" });
}

const textsOf = async (use: () => Promise<unknown>) => new Set((await statementsOf(use)).map(({ text }) => text));

describe("the catalogue of statements", () => {
  it("does not depend on values or on how many there are", () =>
    withStore(async (store) => {
      await commit(store, [richBank]);
      const reader = store.reader();
      const few = await textsOf(() => ask(reader, [1]));
      const others = await textsOf(() =>
        ask(
          reader,
          times(40, (index) => index),
        ),
      );
      expect(few.size).toBeGreaterThan(10);
      expect([...others].filter((text) => !few.has(text))).toEqual([]);
    }));

  it("does not depend on the order in which a filter's clauses are written", () =>
    withStore(async (store) => {
      const clauses = [
        { field: "difficulty", in: ["EASY"] },
        { field: "format", in: ["CODING"] },
        { relation: "Question.roles", all: [id("Role:r1")] },
      ] as const;
      const reader = store.reader();
      await reader.revision();
      const count = (and: readonly WhereClause[]) => textsOf(() => reader.count({ kind: "Question", where: { and } }));
      const [one, two, three] = clauses;
      expect(await count([one, two, three])).toEqual(await count([two, three, one]));
    }));

  it("never holds text that a caller gave", () =>
    withStore(async (store) => {
      const given = "'); DROP TABLE node; --";
      const where: Where = {
        and: [
          { field: "title", in: [given] },
          { relation: "Question.roles", in: [id(given)] },
        ],
      };
      const texts = await textsOf(async () => {
        await store.reader().list({ kind: "Question", where, first: 1, after: { value: given, id: given } });
        await store.reader().nodes([id(given)]);
        await store.reader().idsBySlug("Question", [given]);
        await store.lastChanges([given, `ABOUT ${given} ${given}`]);
      });
      expect([...texts].filter((text) => text.includes("DROP"))).toEqual([]);
      expect(await store.reader().count({ kind: "Question" })).toBe(0);
    }));
});
