import { commit, patch, removal, renaming } from "../../builders/changes";
import { aLink, noLink } from "../../builders/links";
import { aConcept, aQuestion, aTool } from "../../builders/nodes";
import { aCriterion } from "../../builders/owned-nodes";
import type { GraphStore, LogQuery } from "../../../src/domain/graph/port";
import { changeable } from "../asking";
import { casesAbout } from "../contract-case";

const revisionsOf = async (store: GraphStore, subject: string, before?: number, first = 100) =>
  (await store.history(subject, { first, ...(before !== undefined && { before }) })).commits.map(
    ({ revision }) => revision,
  );

export const history = casesAbout("history", [
  {
    id: "of-a-node",
    name: "a node's history is the commits that changed it, what it owns, or the links that its file holds",
    async run(store) {
      await commit(store, [aQuestion({ slug: "q" }), aQuestion({ slug: "other" }), aConcept({ slug: "a" })]);
      await commit(store, [aCriterion({ question: "q", slug: "c" })]);
      await commit(store, [aLink("ABOUT", "Question:q", "Concept:a")]);
      await commit(store, [patch("Concept:a", { title: "Of the concept alone" })]);
      await commit(store, [patch("Criterion:q/c", { statement: "Of what it owns." })]);
      await commit(store, [patch("Question:other", { title: "Another" })]);
      await commit(store, [noLink("ABOUT", "Question:q", "Concept:a")]);
      await commit(store, [renaming("Question:q", "renamed")]);
      expect(await revisionsOf(store, "Question:q")).toEqual([8, 7, 5, 3, 2, 1]);
      expect(await revisionsOf(store, "Question:other")).toEqual([6, 1]);
      expect(await revisionsOf(store, "Concept:a")).toEqual([4, 1]);
    },
  },
  {
    id: "of-an-owned-node",
    name: "an owned node's history is its own, not its owner's",
    async run(store) {
      await commit(store, [
        aQuestion({ slug: "q" }),
        aCriterion({ question: "q", slug: "c" }),
        aCriterion({ question: "q", slug: "d" }),
      ]);
      for (const title of ["One", "Two", "Three"]) await commit(store, [patch("Question:q", { title })]);
      await commit(store, [patch("Criterion:q/c", { statement: "Better." })]);
      await commit(store, [patch("Criterion:q/d", { statement: "Better." })]);
      expect(await revisionsOf(store, "Criterion:q/c")).toEqual([5, 1]);
      expect(await revisionsOf(store, "Criterion:q/c", undefined, 1)).toEqual([5]);
      expect(await revisionsOf(store, "Criterion:q/c", 5, 1)).toEqual([1]);
      expect(await revisionsOf(store, "Criterion:q/c", 1, 1)).toEqual([]);
    },
  },
  {
    id: "of-a-link",
    name: "a link's history is its own, whichever file holds it; an undirected one is in that of both its ends",
    async run(store) {
      await commit(store, [aQuestion({ slug: "q" }), aConcept({ slug: "a" }), aConcept({ slug: "b" })]);
      await commit(store, [aLink("ABOUT", "Question:q", "Concept:a"), aLink("RELATED_TO", "Concept:b", "Concept:a")]);
      await commit(store, [aLink("PREREQUISITE_OF", "Concept:a", "Concept:b")]);
      await commit(store, [aLink("ABOUT", "Question:q", "Concept:a", { reason: "Another reason, as good." })]);
      await commit(store, [noLink("RELATED_TO", "Concept:a", "Concept:b")]);
      expect(await revisionsOf(store, "ABOUT Question:q Concept:a")).toEqual([4, 2]);
      expect(await revisionsOf(store, "RELATED_TO Concept:a Concept:b")).toEqual([5, 2]);
      expect(await revisionsOf(store, "PREREQUISITE_OF Concept:a Concept:b")).toEqual([3]);
      expect(await revisionsOf(store, "Concept:a")).toEqual([5, 2, 1]);
      expect(await revisionsOf(store, "Concept:b")).toEqual([5, 3, 2, 1]);
    },
  },
  {
    id: "pages",
    name: "a history is read page by page, newest first",
    async run(store) {
      for (const title of ["One", "Two", "Three", "Four", "Five"])
        await commit(store, [aConcept({ slug: "a", title })]);
      expect(await revisionsOf(store, "Concept:a", undefined, 2)).toEqual([5, 4]);
      expect(await revisionsOf(store, "Concept:a", 4, 2)).toEqual([3, 2]);
      expect(await revisionsOf(store, "Concept:a", 2, 2)).toEqual([1]);
      expect(await revisionsOf(store, "Concept:a", 1, 2)).toEqual([]);
    },
  },
  {
    id: "of-what-is-gone",
    name: "the history of a removed node, of what it owned and of its links stays",
    async run(store) {
      await commit(store, [
        aQuestion({ slug: "q" }),
        aConcept({ slug: "a" }),
        aCriterion({ question: "q", slug: "c" }),
        aLink("ABOUT", "Question:q", "Concept:a"),
      ]);
      await commit(store, [removal("Question:q")]);
      for (const subject of ["Question:q", "Criterion:q/c", "ABOUT Question:q Concept:a"])
        expect(await revisionsOf(store, subject)).toEqual([2, 1]);
    },
  },
  {
    id: "of-nothing",
    name: "what never was has no history, nor has a text that is no subject",
    async run(store) {
      await commit(store, [aConcept({ slug: "a" })]);
      for (const subject of [
        "Concept:b",
        "Concept:a/b",
        "Concept",
        "Nothing:a",
        "",
        " ",
        "A B C",
        "ABOUT x y",
        "a b c d",
      ])
        expect(await revisionsOf(store, subject)).toEqual([]);
      expect(await revisionsOf(store, "ABOUT Question:q Concept:a")).toEqual([]);
    },
  },
  {
    id: "entries",
    name: "a history holds the log's entries, frozen",
    async run(store) {
      await commit(store, [aConcept({ slug: "a" }), aConcept({ slug: "b" })]);
      await commit(store, [patch("Concept:a", { title: "A" }), patch("Concept:b", { title: "B" })]);
      const { commits } = await store.history("Concept:a", { first: 10 });
      expect(commits.toReversed()).toEqual(await store.log({ first: 10 }));
      expect(commits.flatMap((entry) => changeable(entry))).toEqual([]);
    },
  },
  {
    id: "feed",
    name: "the log can be read by actor, by kind of node or edge, and by both",
    async run(store) {
      const bob = { actor: { kind: "person", name: "bob" } } as const;
      await commit(store, [aConcept({ slug: "a" }), aQuestion({ slug: "q" })]);
      await commit(store, [aTool({ slug: "t" })], bob);
      await commit(store, [aLink("ABOUT", "Question:q", "Concept:a")], bob);
      await commit(store, [patch("Concept:a", { title: "A" })]);
      await commit(store, [removal("Tool:t")], { actor: { kind: "import", name: "bob" } });
      await commit(store, [patch("Concept:a", { title: "B" })], bob);
      const revisions = async (query: Partial<LogQuery>) =>
        (await store.log({ first: 10, ...query })).map(({ revision }) => revision);
      expect(await revisions({ actor: "bob" })).toEqual([2, 3, 5, 6]);
      expect(await revisions({ actor: "bob", after: 2, first: 2 })).toEqual([3, 5]);
      expect(await revisions({ actor: "eve" })).toEqual([]);
      expect(await revisions({ actor: "bob\0" })).toEqual([]);
      expect(await revisions({ about: "Concept" })).toEqual([1, 4, 6]);
      expect(await revisions({ about: "Concept", after: 1, first: 1 })).toEqual([4]);
      expect(await revisions({ about: "Tool" })).toEqual([2, 5]);
      expect(await revisions({ about: "ABOUT" })).toEqual([3]);
      expect(await revisions({ about: "COVERS" })).toEqual([]);
      expect(await revisions({ about: "Concept", actor: "ada" })).toEqual([1, 4]);
      expect(await revisions({ about: "Concept", actor: "bob" })).toEqual([6]);
      expect(await revisions({ about: "Concept", actor: "bob", after: 6 })).toEqual([]);
    },
  },
]);
