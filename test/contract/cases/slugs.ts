import { aConcept, aQuestion, aTool } from "../../builders/nodes";
import { aCriterion } from "../../builders/owned-nodes";
import { commit, removal, renaming } from "../../builders/changes";
import { casesAbout } from "../contract-case";

export const slugs = casesAbout("slugs", [
  {
    id: "current",
    name: "nodes are found by their current slugs, in a batch; unknown slugs have no entry",
    async run(store) {
      await commit(store, [aConcept({ slug: "hnsw" }), aConcept({ slug: "ivf" })]);
      const found = await store.reader().idsBySlug("Concept", ["ivf", "pq", "hnsw", "", "Concept:hnsw"]);
      expect(found).toEqual(
        new Map([
          ["ivf", "Concept:ivf"],
          ["hnsw", "Concept:hnsw"],
        ]),
      );
    },
  },
  {
    id: "two-kinds",
    name: "nodes of two kinds may have the same slug",
    async run(store) {
      await commit(store, [aConcept({ slug: "cache" }), aTool({ slug: "cache" })]);
      const reader = store.reader();
      expect(await reader.idsBySlug("Concept", ["cache"])).toEqual(new Map([["cache", "Concept:cache"]]));
      expect(await reader.idsBySlug("Tool", ["cache"])).toEqual(new Map([["cache", "Tool:cache"]]));
      expect((await reader.idsBySlug("Question", ["cache"])).size).toBe(0);
    },
  },
  {
    id: "former",
    name: "nodes are found by every slug that they have had",
    async run(store) {
      await commit(store, [aConcept({ slug: "one" })]);
      await commit(store, [renaming("Concept:one", "two")]);
      await commit(store, [renaming("Concept:one", "three")]);
      const found = await store.reader().idsBySlug("Concept", ["one", "two", "three", "four"]);
      expect(found).toEqual(
        new Map([
          ["one", "Concept:one"],
          ["two", "Concept:one"],
          ["three", "Concept:one"],
        ]),
      );
    },
  },
  {
    id: "owned",
    name: "owned nodes are found by owner and own slug, also under a former slug of the owner",
    async run(store) {
      await commit(store, [aQuestion({ slug: "q" }), aCriterion({ question: "q", slug: "c" })]);
      await commit(store, [renaming("Question:q", "asked")]);
      const found = await store.reader().idsBySlug("Criterion", ["q/c", "asked/c", "c"]);
      expect(found).toEqual(
        new Map([
          ["q/c", "Criterion:q/c"],
          ["asked/c", "Criterion:q/c"],
        ]),
      );
    },
  },
  {
    id: "removed",
    name: "the slugs of a removed node lead nowhere, and to it again when it returns",
    async run(store) {
      await commit(store, [aConcept({ slug: "one" })]);
      await commit(store, [renaming("Concept:one", "two")]);
      await commit(store, [removal("Concept:one")]);
      expect((await store.reader().idsBySlug("Concept", ["one", "two"])).size).toBe(0);
      await commit(store, [aConcept({ slug: "one" })]);
      const found = await store.reader().idsBySlug("Concept", ["one", "two"]);
      expect(found).toEqual(
        new Map([
          ["one", "Concept:one"],
          ["two", "Concept:one"],
        ]),
      );
    },
  },
]);
