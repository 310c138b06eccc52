import { aConcept, aQuestion } from "../../builders/nodes";
import { aLink, noLink } from "../../builders/links";
import { commit, expecting, patch, removal, renaming } from "../../builders/changes";
import { findingsOf, fullFindingsOf } from "../asking";
import { casesAbout } from "../contract-case";

const bank = [
  aQuestion({ slug: "q" }),
  aConcept({ slug: "a" }),
  aConcept({ slug: "b" }),
  aLink("ABOUT", "Question:q", "Concept:a"),
  aLink("RELATED_TO", "Concept:a", "Concept:b"),
];

export const expectedRevision = casesAbout("expected-revision", [
  {
    id: "current",
    name: "changes of nodes and edges that were seen at their current revisions are made",
    async run(store) {
      await commit(store, bank);
      await commit(store, [aConcept({ slug: "c" })]);
      await commit(store, [
        expecting(1, patch("Concept:a", { title: "New" })),
        expecting(1, aLink("ABOUT", "Question:q", "Concept:a", { emphasis: "TEACHES" })),
        expecting(1, renaming("Concept:b", "bb")),
        expecting(2, removal("Concept:c")),
        expecting(1, noLink("RELATED_TO", "Concept:b", "Concept:a")),
      ]);
      expect(await store.reader().revision()).toBe(3);
    },
  },
  {
    id: "stale",
    name: "a change of a node or edge that changed since is refused with its current revision",
    async run(store) {
      await commit(store, bank);
      await commit(store, [
        patch("Concept:a", { title: "Theirs" }),
        aLink("ABOUT", "Question:q", "Concept:a", { emphasis: "TEACHES" }),
      ]);
      const findings = await fullFindingsOf(
        commit(store, [
          expecting(1, patch("Concept:a", { title: "Mine" })),
          expecting(1, noLink("ABOUT", "Question:q", "Concept:a")),
          expecting(1, patch("Concept:b", { title: "Mine" })),
        ]),
      );
      expect(findings.map(({ code, subject, change }) => [code, subject, change])).toEqual([
        ["STALE_REVISION", "Concept:a", 0],
        ["STALE_REVISION", "ABOUT Question:q Concept:a", 1],
      ]);
      expect(findings[0]?.message).toContain("at revision 2");
      expect(await store.reader().revision()).toBe(2);
    },
  },
  {
    id: "links-apart",
    name: "a change of a node's links does not make the node stale, nor the other way round",
    async run(store) {
      await commit(store, bank);
      await commit(store, [aLink("ABOUT", "Question:q", "Concept:b")]);
      await commit(store, [expecting(1, patch("Question:q", { title: "Mine" }))]);
      await commit(store, [expecting(1, noLink("ABOUT", "Question:q", "Concept:a"))]);
      expect(await store.reader().revision()).toBe(4);
    },
  },
  {
    id: "absent",
    name: "a change of what does not exist, or not any more, is stale",
    async run(store) {
      await commit(store, bank);
      expect(await findingsOf(commit(store, [expecting(1, aConcept({ slug: "new" }))]))).toEqual([
        "STALE_REVISION Concept:new",
      ]);
      await commit(store, [noLink("RELATED_TO", "Concept:a", "Concept:b"), removal("Concept:b")]);
      const gone = commit(store, [
        expecting(1, aConcept({ slug: "b" })),
        expecting(1, aLink("RELATED_TO", "Concept:a", "Concept:b")),
      ]);
      expect(await findingsOf(gone)).toContain("STALE_REVISION Concept:b");
    },
  },
]);
