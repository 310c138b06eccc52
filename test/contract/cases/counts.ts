import { aConcept, aQuestion, aRole } from "../../builders/nodes";
import { aLink, noLink } from "../../builders/links";
import { type Changes, commit, id, removal } from "../../builders/changes";
import { casesAbout } from "../contract-case";

const bank: Changes = [
  aQuestion({ slug: "a", difficulty: "EASY" }),
  aQuestion({ slug: "b", difficulty: "HARD" }),
  aQuestion({ slug: "c", difficulty: "HARD" }),
  aConcept({ slug: "x" }),
  aConcept({ slug: "y" }),
  aRole({ slug: "r" }),
  aLink("ABOUT", "Question:a", "Concept:x"),
  aLink("ABOUT", "Question:b", "Concept:x"),
  aLink("ABOUT", "Question:c", "Concept:x"),
  aLink("RELATED_TO", "Question:a", "Question:b"),
  aLink("RELATED_TO", "Question:c", "Question:b"),
];

export const counts = casesAbout("counts", [
  {
    id: "kinds",
    name: "the nodes of a kind are counted, with and without a filter",
    async run(store) {
      const reader = store.reader();
      expect(await reader.count({ kind: "Question" })).toBe(0);
      await commit(store, bank);
      expect(await reader.count({ kind: "Question" })).toBe(3);
      expect(await reader.count({ kind: "Concept" })).toBe(2);
      expect(await reader.count({ kind: "Question", where: { and: [{ field: "difficulty", in: ["HARD"] }] } })).toBe(2);
      await commit(store, [removal("Question:c")]);
      expect(await reader.count({ kind: "Question" })).toBe(2);
    },
  },
  {
    id: "links",
    name: "links are counted for each parent that exists; one without links has zero",
    async run(store) {
      await commit(store, bank);
      const of = ["Concept:y", "Concept:x", "Concept:none", "Question:a", "Concept:x"].map(id);
      expect(await store.reader().counts({ relation: "Concept.questions", of })).toEqual(
        new Map([
          ["Concept:y", 0],
          ["Concept:x", 3],
        ]),
      );
      expect((await store.reader().counts({ relation: "Concept.questions", of: [] })).size).toBe(0);
      await commit(store, [noLink("ABOUT", "Question:b", "Concept:x")]);
      expect((await store.reader().counts({ relation: "Concept.questions", of })).get(id("Concept:x"))).toBe(2);
    },
  },
  {
    id: "filtered-links",
    name: "links are counted by a filter on the neighbours, zero included",
    async run(store) {
      await commit(store, bank);
      const where = { and: [{ field: "difficulty", in: ["HARD"] }] };
      const of = ["Concept:x", "Concept:y"].map(id);
      expect(await store.reader().counts({ relation: "Concept.questions", of, where })).toEqual(
        new Map([
          ["Concept:x", 2],
          ["Concept:y", 0],
        ]),
      );
    },
  },
  {
    id: "undirected",
    name: "undirected links are counted from both ends",
    async run(store) {
      await commit(store, bank);
      const of = ["a", "b", "c"].map((slug) => id(`Question:${slug}`));
      expect(await store.reader().counts({ relation: "Question.related", of })).toEqual(
        new Map([
          ["Question:a", 1],
          ["Question:b", 2],
          ["Question:c", 1],
        ]),
      );
    },
  },
  {
    id: "mentions",
    name: "links to several kinds are counted together",
    async run(store) {
      await commit(store, [...bank, aQuestion({ slug: "m", prompt: "[x](concept:x) and [y](concept:y)" })]);
      expect(await store.reader().counts({ relation: "Question.mentions", of: [id("Question:m")] })).toEqual(
        new Map([["Question:m", 2]]),
      );
      expect(await store.reader().counts({ relation: "Concept.mentionedBy", of: [id("Concept:x")] })).toEqual(
        new Map([["Concept:x", 1]]),
      );
    },
  },
]);
