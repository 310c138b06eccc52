import { aConcept, aQuestion } from "../../builders/nodes";
import { aCriterion } from "../../builders/owned-nodes";
import { aLink, noLink } from "../../builders/links";
import { commit, patch, removal, renaming } from "../../builders/changes";
import { casesAbout } from "../contract-case";

const importer = { kind: "import", name: "seed" } as const;
const ada = { kind: "person", name: "ada" } as const;

export const lastChanges = casesAbout("last-changes", [
  {
    id: "latest",
    name: "each node and edge has the commit that changed it last, and who made it",
    async run(store) {
      await commit(
        store,
        [aQuestion({ slug: "q" }), aConcept({ slug: "a" }), aLink("ABOUT", "Question:q", "Concept:a")],
        { actor: importer },
      );
      await commit(store, [patch("Concept:a", { title: "Mine" })], { actor: ada });
      const about = "ABOUT Question:q Concept:a";
      expect(
        await store.lastChanges([
          "Concept:a",
          "Question:q",
          about,
          "Concept:none",
          "ABOUT Question:q Concept:none",
          "",
        ]),
      ).toEqual(
        new Map([
          ["Concept:a", { revision: 2, actor: ada, removed: false }],
          ["Question:q", { revision: 1, actor: importer, removed: false }],
          [about, { revision: 1, actor: importer, removed: false }],
        ]),
      );
      expect((await store.lastChanges([])).size).toBe(0);
    },
  },
  {
    id: "removed",
    name: "removed nodes and edges, and what went with them, are remembered as removed until they return",
    async run(store) {
      await commit(store, [
        aQuestion({ slug: "q" }),
        aCriterion({ question: "q", slug: "c" }),
        aConcept({ slug: "a" }),
        aLink("ABOUT", "Question:q", "Concept:a"),
      ]);
      await commit(store, [noLink("ABOUT", "Question:q", "Concept:a")], { actor: importer });
      await commit(store, [removal("Question:q")]);
      const subjects = [
        "ABOUT Question:q Concept:a",
        "Question:q",
        "Criterion:q/c",
        "JUDGED_BY Question:q Criterion:q/c",
      ];
      const gone = { revision: 3, actor: ada, removed: true };
      const unlinked = { revision: 2, actor: importer, removed: true };
      const expected = subjects.map((subject, index) => [subject, index === 0 ? unlinked : gone] as const);
      expect(await store.lastChanges(subjects)).toEqual(new Map(expected));
      await commit(store, [aQuestion({ slug: "q" })]);
      expect(await store.lastChanges(["Question:q", "Criterion:q/c"])).toEqual(
        new Map([
          ["Question:q", { revision: 4, actor: ada, removed: false }],
          ["Criterion:q/c", gone],
        ]),
      );
    },
  },
  {
    id: "renames",
    name: "a rename changes the node and what it owns, not its links",
    async run(store) {
      await commit(store, [aQuestion({ slug: "q" }), aCriterion({ question: "q", slug: "c" })]);
      await commit(store, [renaming("Question:q", "p")]);
      const found = await store.lastChanges(["Question:q", "Criterion:q/c", "JUDGED_BY Question:q Criterion:q/c"]);
      expect([...found.values()].map((change) => change.revision).sort()).toEqual([1, 2, 2]);
    },
  },
  {
    id: "many",
    name: "one call answers for 2,000 subjects",
    async run(store) {
      const concepts = Array.from({ length: 2_000 }, (_, index) => aConcept({ slug: `c-${index}` }));
      await commit(store, concepts);
      const found = await store.lastChanges(concepts.map((change) => ("id" in change ? change.id : "")));
      expect(found.size).toBe(2_000);
    },
  },
]);
