import { aConcept, aQuestion, aRole, aTopic } from "../../builders/nodes";
import { aCriterion } from "../../builders/owned-nodes";
import { aLink } from "../../builders/links";
import { commit, id, patch, removal, renaming } from "../../builders/changes";
import { findingsOf, fullFindingsOf, neighboursOf } from "../asking";
import { casesAbout } from "../contract-case";
import { wholeCommits } from "../../builders/whole-commits";

export const commits = casesAbout("commits", [
  {
    id: "revisions",
    name: "the empty bank is revision 0, and each commit makes the next and says how many items it changed",
    async run(store) {
      expect(await store.reader().revision()).toBe(0);
      expect(await commit(store, [aConcept({ slug: "a" }), aConcept({ slug: "b" })])).toEqual({
        revision: 1,
        changes: 2,
        replayed: false,
      });
      expect(await commit(store, [aLink("RELATED_TO", "Concept:a", "Concept:b")])).toEqual({
        revision: 2,
        changes: 1,
        replayed: false,
      });
      expect(await store.reader().revision()).toBe(2);
    },
  },
  {
    id: "nothing-to-change",
    name: "a commit that changes nothing makes no revision and no log entry",
    async run(store) {
      await commit(store, [aConcept({ slug: "a", aliases: ["One", "Two"] })]);
      expect(await commit(store, [])).toEqual({ revision: 1, changes: 0, replayed: false });
      expect(await commit(store, [aConcept({ slug: "a", aliases: ["One", "Two"] })])).toEqual({
        revision: 1,
        changes: 0,
        replayed: false,
      });
      expect(
        await commit(store, [patch("Concept:a", { title: "B" }), patch("Concept:a", { title: "Tail latency" })]),
      ).toEqual({ revision: 1, changes: 0, replayed: false });
      expect(await commit(store, [aConcept({ slug: "b" }), removal("Concept:b")])).toEqual({
        revision: 1,
        changes: 0,
        replayed: false,
      });
      expect(await store.reader().revision()).toBe(1);
      expect(await wholeCommits(store, { after: 0, first: 10 })).toHaveLength(1);
    },
  },
  {
    id: "in-order",
    name: "changes build on each other in their order",
    async run(store) {
      await commit(store, [
        aQuestion({ slug: "q" }),
        aConcept({ slug: "c" }),
        aLink("ABOUT", "Question:q", "Concept:c"),
        renaming("Concept:c", "d"),
        patch("Concept:c", { title: "Renamed" }),
        aLink("ABOUT", "Question:q", "Concept:c", { emphasis: "TEACHES" }),
      ]);
      expect((await store.reader().nodes([id("Concept:c")])).get(id("Concept:c"))).toMatchObject({
        slug: "d",
        formerSlugs: ["c"],
        title: "Renamed",
      });
      expect(await neighboursOf(store.reader(), "Question:q", "concepts")).toEqual(["Concept:c"]);
    },
  },
  {
    id: "ordered-links",
    name: "a new link of an ordered kind goes last unless its order is given; a patch keeps the order",
    async run(store) {
      await commit(store, [
        aTopic({ slug: "t" }),
        ...["a", "b", "c"].map((slug) => aQuestion({ slug })),
        aLink("COVERS", "Topic:t", "Question:b"),
        aLink("COVERS", "Topic:t", "Question:c", {}, 7),
        aLink("COVERS", "Topic:t", "Question:a"),
      ]);
      const pages = async () => {
        const page = (
          await store.reader().neighbours({ relation: "Topic.questions", of: [id("Topic:t")], first: 9 })
        ).get(id("Topic:t"));
        return page?.links.map((link) => [link.node.id, link.position]);
      };
      const expected = [
        ["Question:b", 0],
        ["Question:c", 7],
        ["Question:a", 8],
      ];
      expect(await pages()).toEqual(expected);
      expect((await commit(store, [aLink("COVERS", "Topic:t", "Question:c")])).changes).toBe(0);
      await commit(store, [
        aLink("COVERS", "Topic:t", "Question:c", {}, 0),
        aLink("COVERS", "Topic:t", "Question:b", {}, 1),
      ]);
      expect(await pages()).toEqual([
        ["Question:c", 0],
        ["Question:b", 1],
        ["Question:a", 8],
      ]);
    },
  },
  {
    id: "all-or-nothing",
    name: "a change set with a fault changes nothing, and every fault is told at once",
    async run(store) {
      await commit(store, [aConcept({ slug: "hnsw" })]);
      const refused = commit(store, [
        aConcept({ slug: "ivf" }),
        patch("Concept:hnsw", { title: "Changed" }),
        patch("Concept:hnsw", { title: "", nonsense: 1 }),
        aLink("ABOUT", "Question:none", "Concept:hnsw"),
        aLink("RELATED_TO", "Concept:hnsw", "Concept:hnws"),
        removal("Concept:gone"),
      ]);
      expect((await findingsOf(refused)).sort()).toEqual([
        "INVALID_FIELD Concept:hnsw",
        "TARGET_NOT_FOUND ABOUT Question:none Concept:hnsw",
        "TARGET_NOT_FOUND Concept:gone",
        "TARGET_NOT_FOUND RELATED_TO Concept:hnsw Concept:hnws",
        "UNKNOWN_FIELD Concept:hnsw",
      ]);
      const reader = store.reader();
      expect(await reader.revision()).toBe(1);
      expect(await reader.count({ kind: "Concept" })).toBe(1);
      expect((await reader.nodes([id("Concept:hnsw")])).get(id("Concept:hnsw"))).toMatchObject({
        title: "Tail latency",
        changedIn: 1,
      });
      expect(await wholeCommits(store, { after: 1, first: 1 })).toEqual([]);
    },
  },
  {
    id: "near-names",
    name: "a link to a node that does not exist names nodes that may have been meant",
    async run(store) {
      await commit(store, [
        aQuestion({ slug: "q" }),
        ...["hnsw", "recall", "caching"].map((slug) => aConcept({ slug })),
      ]);
      const [finding] = await fullFindingsOf(commit(store, [aLink("ABOUT", "Question:q", "Concept:hsnw")]));
      expect(finding).toMatchObject({ code: "TARGET_NOT_FOUND", didYouMean: ["hnsw"], change: 0 });
    },
  },
  {
    id: "cycles",
    name: "a chain that would lead back to its start is refused, also through links that are stored",
    async run(store) {
      await commit(store, [
        ...["a", "b", "c"].map((slug) => aConcept({ slug })),
        aLink("PREREQUISITE_OF", "Concept:a", "Concept:b"),
        aLink("PREREQUISITE_OF", "Concept:b", "Concept:c"),
      ]);
      expect(await findingsOf(commit(store, [aLink("PREREQUISITE_OF", "Concept:c", "Concept:a")]))).toEqual([
        expect.stringMatching(/^CYCLE Concept:/),
      ]);
      expect(await neighboursOf(store.reader(), "Concept:c", "unlocks")).toEqual([]);
    },
  },
  {
    id: "limits",
    name: "a relation's most links are counted over what is stored, removed and added, from both ends of an undirected one",
    async run(store) {
      const slugs = Array.from({ length: 14 }, (_, index) => `c-${String(index).padStart(2, "0")}`);
      await commit(store, [
        aConcept({ slug: "hub" }),
        ...slugs.map((slug) => aConcept({ slug })),
        ...slugs.slice(0, 12).map((slug) => aLink("RELATED_TO", "Concept:hub", `Concept:${slug}`)),
      ]);
      const more = [aLink("RELATED_TO", "Concept:c-12", "Concept:hub")];
      expect(await findingsOf(commit(store, more))).toEqual(["TOO_MANY Concept:hub"]);
      const swap = { op: "removeEdge", edge: "RELATED_TO", from: id("Concept:hub"), to: id("Concept:c-00") } as const;
      expect((await commit(store, [...more, swap])).changes).toBe(2);
    },
  },
  {
    id: "one-at-a-time",
    name: "forty commits at once make forty revisions, none lost, each seeing those before it",
    async run(store) {
      await commit(store, [aTopic({ slug: "t" })]);
      const slugs = Array.from({ length: 40 }, (_, index) => `q-${index}`);
      const results = await Promise.all(
        slugs.map((slug) => commit(store, [aQuestion({ slug }), aLink("COVERS", "Topic:t", `Question:${slug}`)])),
      );
      expect(results.map((result) => result.revision).sort((a, b) => a - b)).toEqual(
        slugs.map((_, index) => index + 2),
      );
      const page = (
        await store.reader().neighbours({ relation: "Topic.questions", of: [id("Topic:t")], first: 100 })
      ).get(id("Topic:t"));
      expect(page?.links.map((link) => link.position)).toEqual(slugs.map((_, index) => index));
      expect((await wholeCommits(store, { after: 0, first: 100 })).map((each) => each.revision)).toEqual([
        1,
        ...slugs.map((_, index) => index + 2),
      ]);
    },
  },
  {
    id: "race-for-a-slug",
    name: "of two writers who want one slug one gets it and the other is told",
    async run(store) {
      await commit(store, [aConcept({ slug: "a" }), aConcept({ slug: "b" })]);
      const writers = ["Concept:a", "Concept:b"].map((each) => commit(store, [renaming(each, "c")]));
      const outcomes = await Promise.allSettled(writers);
      expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
      const loser = outcomes.findIndex((outcome) => outcome.status === "rejected");
      expect(await findingsOf(writers[loser] as Promise<unknown>)).toEqual([`SLUG_TAKEN Concept:${"ab"[loser]}`]);
      expect((await store.reader().idsBySlug("Concept", ["c"])).size).toBe(1);
      expect(await store.reader().revision()).toBe(2);
    },
  },
  {
    id: "race-for-a-cycle",
    name: "of two writers whose links together would make a cycle one is refused",
    async run(store) {
      await commit(store, [aConcept({ slug: "a" }), aConcept({ slug: "b" })]);
      const outcomes = await Promise.allSettled([
        commit(store, [aLink("PREREQUISITE_OF", "Concept:a", "Concept:b")]),
        commit(store, [aLink("PREREQUISITE_OF", "Concept:b", "Concept:a")]),
      ]);
      expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
    },
  },
  {
    id: "many-items",
    name: "a commit of 5,000 items is made whole, and one of 5,001 is refused whole",
    async run(store) {
      const concepts = Array.from({ length: 5_001 }, (_, index) => aConcept({ slug: `c-${index}` }));
      expect(await findingsOf(commit(store, concepts))).toEqual(["TOO_LARGE "]);
      expect(await store.reader().count({ kind: "Concept" })).toBe(0);
      expect(await commit(store, concepts.slice(1))).toEqual({ revision: 1, changes: 5_000, replayed: false });
      expect(await store.reader().count({ kind: "Concept" })).toBe(5_000);
    },
  },
  {
    id: "owned-order",
    name: "a node and its owner may come in one change set in which the owner comes first",
    async run(store) {
      await commit(store, [aRole({ slug: "r" }), aQuestion({ slug: "q" }), aCriterion({ question: "q", slug: "c" })]);
      expect(await neighboursOf(store.reader(), "Question:q", "criteria")).toEqual(["Criterion:q/c"]);
      expect(await findingsOf(commit(store, aCriterion({ question: "none", slug: "c" })))).toContain(
        "TARGET_NOT_FOUND Criterion:none/c",
      );
    },
  },
]);
