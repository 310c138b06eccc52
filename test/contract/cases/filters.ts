import type { GraphReader } from "../../../src/domain/graph/port";
import type { Where } from "../../../src/domain/graph/where";
import { aConcept, aQuestion, aRole, aTopic } from "../../builders/nodes";
import { aLink } from "../../builders/links";
import { type Changes, commit, id } from "../../builders/changes";
import { listed, refusalOf } from "../asking";
import { casesAbout } from "../contract-case";

const bank: Changes = [
  aQuestion({ slug: "a", title: "Same", difficulty: "EASY", format: "CODING", estimatedMinutes: 10 }),
  aQuestion({ slug: "b", title: "Same", difficulty: "MEDIUM", format: "TECHNICAL" }),
  aQuestion({ slug: "c", title: "Same 𝒜", difficulty: "HARD", format: "TECHNICAL", estimatedMinutes: 30 }),
  aQuestion({ slug: "d", title: "same", difficulty: "EASY", format: "TECHNICAL", estimatedMinutes: 30 }),
  ...["x", "y", "z"].map((slug) => aConcept({ slug })),
  aRole({ slug: "r" }),
  aTopic({ slug: "t" }),
  aLink("ABOUT", "Question:a", "Concept:x"),
  aLink("ABOUT", "Question:a", "Concept:y"),
  aLink("ABOUT", "Question:b", "Concept:y"),
  aLink("ABOUT", "Question:c", "Concept:x"),
  aLink("ASKED_OF", "Question:c", "Role:r"),
  aLink("COVERS", "Topic:t", "Question:d"),
  aLink("RELATED_TO", "Question:a", "Question:b"),
  aLink("RELATED_TO", "Question:b", "Question:d"),
  aLink("FOLLOWED_BY", "Question:a", "Question:c"),
];

/** The slugs of the questions that match, and a check that counting agrees. */
async function matching(reader: GraphReader, where: Where): Promise<string> {
  const found = await listed(reader, { kind: "Question", where, first: 10 });
  expect(await reader.count({ kind: "Question", where })).toBe(found.length);
  return found.map((each) => each.slice("Question:".length)).join("");
}

const difficulty = (...values: string[]) => ({ field: "difficulty", in: values });
const concepts = (...slugs: string[]) =>
  ({ relation: "Question.concepts", in: slugs.map((slug) => id(`Concept:${slug}`)) }) as const;
const allConcepts = (...slugs: string[]) =>
  ({ relation: "Question.concepts", all: slugs.map((slug) => id(`Concept:${slug}`)) }) as const;

export const filters = casesAbout("filters", [
  {
    id: "none",
    name: "an empty filter matches every node, and so does an empty conjunction",
    async run(store) {
      await commit(store, bank);
      expect(await matching(store.reader(), {})).toBe("abcd");
      expect(await matching(store.reader(), { and: [] })).toBe("abcd");
    },
  },
  {
    id: "fields",
    name: "a field matches any of its values: enums, texts by every character, numbers",
    async run(store) {
      await commit(store, bank);
      const reader = store.reader();
      expect(await matching(reader, { and: [difficulty("EASY", "HARD")] })).toBe("acd");
      expect(await matching(reader, { and: [{ field: "title", in: ["Same"] }] })).toBe("ab");
      expect(await matching(reader, { and: [{ field: "title", in: ["Same 𝒜", "same "] }] })).toBe("c");
      expect(await matching(reader, { and: [{ field: "estimatedMinutes", in: [30, 11] }] })).toBe("cd");
      expect(await matching(reader, { and: [difficulty("NONE")] })).toBe("");
    },
  },
  {
    id: "conjunction",
    name: "clauses together must all hold",
    async run(store) {
      await commit(store, bank);
      const where = {
        and: [difficulty("EASY"), { field: "format", in: ["TECHNICAL"] }, { field: "estimatedMinutes", in: [30] }],
      };
      expect(await matching(store.reader(), where)).toBe("d");
      expect(
        await matching(store.reader(), { and: [difficulty("EASY", "MEDIUM"), difficulty("MEDIUM", "HARD")] }),
      ).toBe("b");
    },
  },
  {
    id: "empty-lists",
    name: "an empty list of values or ids matches nothing, and its complement everything",
    async run(store) {
      await commit(store, bank);
      for (const clause of [difficulty(), concepts(), allConcepts()]) {
        expect(await matching(store.reader(), { and: [clause] })).toBe("");
        expect(await matching(store.reader(), { not: [clause] })).toBe("abcd");
        expect(await matching(store.reader(), { any: [[clause], [difficulty("HARD")]] })).toBe("c");
      }
      expect(await matching(store.reader(), { any: [] })).toBe("");
    },
  },
  {
    id: "relation-in",
    name: "a relation matches nodes that are linked to any of the ids",
    async run(store) {
      await commit(store, bank);
      expect(await matching(store.reader(), { and: [concepts("x")] })).toBe("ac");
      expect(await matching(store.reader(), { and: [concepts("x", "y", "z")] })).toBe("abc");
      expect(await matching(store.reader(), { and: [concepts("z")] })).toBe("");
      expect(await matching(store.reader(), { and: [concepts("none", "y")] })).toBe("ab");
    },
  },
  {
    id: "relation-all",
    name: "a relation matches nodes that are linked to all of the ids",
    async run(store) {
      await commit(store, bank);
      expect(await matching(store.reader(), { and: [allConcepts("x", "y")] })).toBe("a");
      expect(await matching(store.reader(), { and: [allConcepts("y")] })).toBe("ab");
      expect(await matching(store.reader(), { and: [allConcepts("x", "x")] })).toBe("ac");
      expect(await matching(store.reader(), { and: [allConcepts("x", "none")] })).toBe("");
    },
  },
  {
    id: "relation-ends",
    name: "relations filter from either end of an edge, and both ends of an undirected one",
    async run(store) {
      await commit(store, bank);
      const linked = (field: "topics" | "related" | "followUps" | "precededBy" | "roles", to: string) =>
        matching(store.reader(), { and: [{ relation: `Question.${field}`, in: [id(to)] }] });
      expect(await linked("topics", "Topic:t")).toBe("d");
      expect(await linked("roles", "Role:r")).toBe("c");
      expect(await linked("related", "Question:b")).toBe("ad");
      expect(await linked("related", "Question:a")).toBe("b");
      expect(await linked("followUps", "Question:c")).toBe("a");
      expect(await linked("precededBy", "Question:a")).toBe("c");
      expect(await linked("roles", "Topic:t")).toBe("");
    },
  },
  {
    id: "any",
    name: "of several groups at least one must hold, each as a whole",
    async run(store) {
      await commit(store, bank);
      const where = {
        any: [[difficulty("EASY"), concepts("x")], [{ relation: "Question.roles", in: [id("Role:r")] } as const]],
      };
      expect(await matching(store.reader(), where)).toBe("ac");
      expect(await matching(store.reader(), { and: [concepts("y")], ...where })).toBe("a");
    },
  },
  {
    id: "any-limit",
    name: "eight groups are answered and nine are refused",
    async run(store) {
      await commit(store, bank);
      const groups = (count: number) =>
        Array.from({ length: count }, (_, index) => [{ field: "estimatedMinutes", in: [index + 3] }]);
      expect(await matching(store.reader(), { any: groups(8) })).toBe("a");
      expect(await refusalOf(store.reader().count({ kind: "Question", where: { any: groups(9) } }))).toBe(
        "INVALID_ARGUMENT",
      );
    },
  },
  {
    id: "not",
    name: "not is the complement: what lacks the field is in it, and its clauses count together",
    async run(store) {
      await commit(store, bank);
      const reader = store.reader();
      expect(await matching(reader, { not: [{ field: "estimatedMinutes", in: [30] }] })).toBe("ab");
      expect(await matching(reader, { not: [concepts("x")] })).toBe("bd");
      expect(await matching(reader, { not: [allConcepts("x", "y")] })).toBe("bcd");
      expect(await matching(reader, { not: [difficulty("EASY"), concepts("x")] })).toBe("bcd");
      expect(
        await matching(reader, {
          and: [difficulty("EASY", "MEDIUM")],
          any: [[concepts("y")], [{ field: "format", in: ["TECHNICAL"] }]],
          not: [difficulty("MEDIUM")],
        }),
      ).toBe("ad");
    },
  },
  {
    id: "foreign",
    name: "values that look like statements are values",
    async run(store) {
      await commit(store, bank);
      expect(
        await matching(store.reader(), { and: [{ field: "title", in: ["' OR 1=1 --", "$title", "Same' //"] }] }),
      ).toBe("");
      expect(await matching(store.reader(), { and: [concepts("' OR 1=1 --")] })).toBe("");
    },
  },
  {
    id: "unknown",
    name: "fields that are not indexed, and relations of other kinds or derived ones, are refused",
    async run(store) {
      const reader = store.reader();
      for (const field of ["prompt", "hints", "nothing", "title) OR (1=1", "id"]) {
        expect(await refusalOf(reader.count({ kind: "Question", where: { and: [{ field, in: ["x"] }] } }))).toBe(
          "INVALID_ARGUMENT",
        );
      }
      for (const relation of ["Concept.questions", "TradeOff.benchmarks"] as const) {
        expect(
          await refusalOf(reader.list({ kind: "Question", first: 1, where: { any: [[{ relation, in: [] }]] } })),
        ).toBe("INVALID_ARGUMENT");
        expect(
          await refusalOf(
            reader.facets({ kind: "Question", by: "difficulty", where: { not: [{ relation, all: [] }] } }),
          ),
        ).toBe("INVALID_ARGUMENT");
      }
    },
  },
]);
