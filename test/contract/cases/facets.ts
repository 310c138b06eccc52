import type { Where } from "../../../src/domain/graph/where";
import { aConcept, aQuestion, aRole, aTool } from "../../builders/nodes";
import { aLink } from "../../builders/links";
import { type Changes, commit, id } from "../../builders/changes";
import { changeable, refusalOf } from "../asking";
import { casesAbout } from "../contract-case";

const bank: Changes = [
  aQuestion({ slug: "a", difficulty: "EASY", format: "CODING" }),
  aQuestion({ slug: "b", difficulty: "HARD" }),
  aQuestion({ slug: "c", difficulty: "HARD" }),
  aQuestion({ slug: "d", difficulty: "EASY" }),
  ...["x", "y", "z"].map((slug) => aConcept({ slug })),
  aLink("ABOUT", "Question:a", "Concept:y"),
  aLink("ABOUT", "Question:a", "Concept:x"),
  aLink("ABOUT", "Question:b", "Concept:y"),
  aLink("ABOUT", "Question:c", "Concept:x"),
  aLink("ABOUT", "Question:c", "Concept:z"),
  aLink("RELATED_TO", "Question:a", "Question:b"),
  aLink("RELATED_TO", "Question:c", "Question:b"),
];

export const facets = casesAbout("facets", [
  {
    id: "enums",
    name: "values of an enum are counted, the most frequent first, ties by value, without zeroes",
    async run(store) {
      const reader = store.reader();
      expect(await reader.facets({ kind: "Question", by: "difficulty" })).toEqual([]);
      await commit(store, bank);
      expect(await reader.facets({ kind: "Question", by: "difficulty" })).toEqual([
        { value: "EASY", count: 2 },
        { value: "HARD", count: 2 },
      ]);
      expect(await reader.facets({ kind: "Question", by: "format" })).toEqual([
        { value: "TECHNICAL", count: 3 },
        { value: "CODING", count: 1 },
      ]);
    },
  },
  {
    id: "relations",
    name: "linked nodes are counted by the nodes linked to them",
    async run(store) {
      await commit(store, bank);
      expect(await store.reader().facets({ kind: "Question", by: "Question.concepts" })).toEqual([
        { value: "Concept:x", count: 2 },
        { value: "Concept:y", count: 2 },
        { value: "Concept:z", count: 1 },
      ]);
      expect(await store.reader().facets({ kind: "Concept", by: "Concept.questions" })).toEqual([
        { value: "Question:a", count: 2 },
        { value: "Question:c", count: 2 },
        { value: "Question:b", count: 1 },
      ]);
      expect(await store.reader().facets({ kind: "Question", by: "Question.roles" })).toEqual([]);
    },
  },
  {
    id: "undirected",
    name: "an undirected relation is counted from both ends",
    async run(store) {
      await commit(store, bank);
      expect(await store.reader().facets({ kind: "Question", by: "Question.related" })).toEqual([
        { value: "Question:b", count: 2 },
        { value: "Question:a", count: 1 },
        { value: "Question:c", count: 1 },
      ]);
    },
  },
  {
    id: "several-kinds",
    name: "a relation to several kinds counts the nodes of all of them",
    async run(store) {
      await commit(store, [
        ...bank,
        aTool({ slug: "x", summary: "Like [y](concept:y)." }),
        aTool({ slug: "y", summary: "[x](tool:x), [y](concept:y)" }),
      ]);
      expect(await store.reader().facets({ kind: "Tool", by: "Tool.mentions" })).toEqual([
        { value: "Concept:y", count: 2 },
        { value: "Tool:x", count: 1 },
      ]);
    },
  },
  {
    id: "filtered",
    name: "only nodes that match the filter are counted",
    async run(store) {
      await commit(store, bank);
      const where = { and: [{ field: "difficulty", in: ["HARD"] }] };
      expect(await store.reader().facets({ kind: "Question", by: "difficulty", where })).toEqual([
        { value: "HARD", count: 2 },
      ]);
      expect(await store.reader().facets({ kind: "Question", by: "Question.concepts", where })).toEqual([
        { value: "Concept:x", count: 1 },
        { value: "Concept:y", count: 1 },
        { value: "Concept:z", count: 1 },
      ]);
    },
  },
  {
    id: "filtered-by-relations",
    name: "a filter by a relation, the counted one or another, does not narrow which linked nodes are counted",
    async run(store) {
      await commit(store, [...bank, aRole({ slug: "r" }), aLink("ASKED_OF", "Question:c", "Role:r")]);
      const byConcept = async (where: Where) =>
        (await store.reader().facets({ kind: "Question", by: "Question.concepts", where })).map(({ value }) => value);
      const inX = { relation: "Question.concepts", in: [id("Concept:x")] } as const;
      expect(await byConcept({ and: [inX] })).toEqual(["Concept:x", "Concept:y", "Concept:z"]);
      expect(await byConcept({ not: [inX] })).toEqual(["Concept:y"]);
      expect(await byConcept({ and: [{ relation: "Question.roles", in: [id("Role:r")] }] })).toEqual([
        "Concept:x",
        "Concept:z",
      ]);
      expect(
        await byConcept({ and: [{ relation: "Question.concepts", all: [id("Concept:x"), id("Concept:z")] }] }),
      ).toEqual(["Concept:x", "Concept:z"]);
    },
  },
  {
    id: "unknown",
    name: "facets by anything but an indexed enum or an edge relation of the kind are refused",
    async run(store) {
      await commit(store, [...bank, aRole({ slug: "r" })]);
      for (const by of [
        "title",
        "estimatedMinutes",
        "nothing",
        "concepts",
        "Concept.questions",
        "constructor",
        "difficulty--",
      ]) {
        expect(await refusalOf(store.reader().facets({ kind: "Question", by }))).toBe("INVALID_ARGUMENT");
      }
      expect(await refusalOf(store.reader().facets({ kind: "TradeOff", by: "TradeOff.benchmarks" }))).toBe(
        "INVALID_ARGUMENT",
      );
      expect(await refusalOf(store.reader().facets({ kind: "Metric", by: "quantity" }))).toBe("INVALID_ARGUMENT");
    },
  },
  {
    id: "frozen",
    name: "facets cannot be changed",
    async run(store) {
      await commit(store, bank);
      expect(changeable(await store.reader().facets({ kind: "Question", by: "format" }))).toEqual([]);
    },
  },
]);
