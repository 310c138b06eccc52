import { aConcept, aQuestion } from "../../builders/nodes";
import { aCriterion, aModelAnswer } from "../../builders/owned-nodes";
import { aLink } from "../../builders/links";
import { commit, id, removal, renaming } from "../../builders/changes";
import { findingsOf, neighboursOf } from "../asking";
import { casesAbout } from "../contract-case";

export const rename = casesAbout("rename", [
  {
    id: "keeps-the-id",
    name: "a rename changes the slug alone: id, fields and links stay, and former slugs are listed, the first one first",
    async run(store) {
      await commit(store, [
        aQuestion({ slug: "q" }),
        aConcept({ slug: "a", title: "A" }),
        aLink("ABOUT", "Question:q", "Concept:a"),
      ]);
      await commit(store, [renaming("Concept:a", "b")]);
      await commit(store, [renaming("Concept:a", "c")]);
      const node = (await store.reader().nodes([id("Concept:a")])).get(id("Concept:a"));
      expect(node).toMatchObject({ id: "Concept:a", slug: "c", formerSlugs: ["a", "b"], title: "A", changedIn: 3 });
      expect(await neighboursOf(store.reader(), "Question:q", "concepts")).toEqual(["Concept:a"]);
    },
  },
  {
    id: "taken",
    name: "a slug that another node of the kind has, had, or had before it was removed is taken",
    async run(store) {
      await commit(store, [aConcept({ slug: "a" }), aConcept({ slug: "b" }), aConcept({ slug: "gone" })]);
      await commit(store, [renaming("Concept:b", "bb"), removal("Concept:gone")]);
      for (const slug of ["bb", "b", "gone"]) {
        expect(await findingsOf(commit(store, [renaming("Concept:a", slug)]))).toEqual(["SLUG_TAKEN Concept:a"]);
      }
      expect(await findingsOf(commit(store, [aConcept({ slug: "bb" })]))).toEqual(["SLUG_TAKEN Concept:bb"]);
      await commit(store, [aQuestion({ slug: "a" }), renaming("Question:a", "b")]);
    },
  },
  {
    id: "there-and-back",
    name: "a slug that a node had only within one change set is its own from then on",
    async run(store) {
      await commit(store, [aConcept({ slug: "a" }), aConcept({ slug: "c" })]);
      await commit(store, [renaming("Concept:a", "b"), renaming("Concept:a", "a")]);
      expect((await store.reader().nodes([id("Concept:a")])).get(id("Concept:a"))).toMatchObject({
        slug: "a",
        formerSlugs: ["b"],
      });
      expect(await store.reader().idsBySlug("Concept", ["b"])).toEqual(new Map([["b", "Concept:a"]]));
      expect(await findingsOf(commit(store, [renaming("Concept:c", "b")]))).toEqual(["SLUG_TAKEN Concept:c"]);
    },
  },
  {
    id: "back",
    name: "a node may go back to a slug that it had",
    async run(store) {
      await commit(store, [aConcept({ slug: "a" })]);
      await commit(store, [renaming("Concept:a", "b")]);
      await commit(store, [renaming("Concept:a", "a")]);
      expect((await store.reader().nodes([id("Concept:a")])).get(id("Concept:a"))).toMatchObject({
        slug: "a",
        formerSlugs: ["b"],
      });
      expect(await store.reader().idsBySlug("Concept", ["a", "b"])).toEqual(
        new Map([
          ["a", "Concept:a"],
          ["b", "Concept:a"],
        ]),
      );
    },
  },
  {
    id: "owned-follow",
    name: "owned nodes follow their owner's rename in the same commit, and may be renamed themselves",
    async run(store) {
      await commit(store, [
        aQuestion({ slug: "q" }),
        aCriterion({ question: "q", slug: "c" }),
        aModelAnswer({ question: "q", slug: "full" }),
      ]);
      expect((await commit(store, [renaming("Question:q", "asked")])).changes).toBe(3);
      await commit(store, [renaming("Criterion:q/c", "recall")]);
      const found = await store.reader().nodes(["Criterion:q/c", "ModelAnswer:q/full"].map(id));
      expect(found.get(id("Criterion:q/c"))).toMatchObject({ slug: "asked/recall", formerSlugs: ["q/c", "asked/c"] });
      expect(found.get(id("ModelAnswer:q/full"))).toMatchObject({ slug: "asked/full", formerSlugs: ["q/full"] });
      expect(await neighboursOf(store.reader(), "Question:q", "criteria")).toEqual(["Criterion:q/c"]);
    },
  },
  {
    id: "new-owned",
    name: "a node that comes after its owner's rename has the owner's first slug in its id and the current one in its slug",
    async run(store) {
      await commit(store, [aQuestion({ slug: "q" })]);
      await commit(store, [renaming("Question:q", "asked")]);
      await commit(store, aCriterion({ question: "q", slug: "c" }));
      expect(await store.reader().idsBySlug("Criterion", ["asked/c", "q/c"])).toEqual(
        new Map([["asked/c", "Criterion:q/c"]]),
      );
    },
  },
  {
    id: "chain",
    name: "one commit may rename several times; every slug on the way goes on leading to the node",
    async run(store) {
      await commit(store, [aConcept({ slug: "a" })]);
      await commit(store, [renaming("Concept:a", "b"), renaming("Concept:a", "c")]);
      expect(await store.reader().idsBySlug("Concept", ["a", "b", "c"])).toEqual(
        new Map(["a", "b", "c"].map((slug) => [slug, "Concept:a"])),
      );
    },
  },
]);
