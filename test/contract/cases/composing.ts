import type { ChangeSet } from "../../../src/domain/changes/change-set";
import { DomainError } from "../../../src/domain/errors";
import type { CommitOptions, Compose } from "../../../src/domain/graph/port";
import { aChangeSet, commit, id, patch, removal } from "../../builders/changes";
import { aLink } from "../../builders/links";
import { aConcept, aQuestion } from "../../builders/nodes";
import { findingsOf, neighboursOf, refusalOf } from "../asking";
import { casesAbout } from "../contract-case";
import { wholeCommits } from "../../builders/whole-commits";

const options: CommitOptions = {
  idempotencyKey: "k",
  actor: { kind: "person", name: "ada" },
  inputHash: "the input",
};

/** Makes the concepts that a question is about these, whichever they are. */
const aboutExactly =
  (...concepts: readonly string[]): Compose =>
  async (reader) => {
    const question = id("Question:q");
    const found = await reader.adjacent({ edge: "ABOUT", end: "from", of: [question], limit: 100 });
    const present: readonly string[] = (found.get(question) ?? []).map(({ to }) => to);
    return aChangeSet([
      present
        .filter((to) => !concepts.includes(to))
        .map((to) => ({ op: "removeEdge", edge: "ABOUT", from: question, to: id(to) })),
      concepts.filter((to) => !present.includes(to)).map((to) => aLink("ABOUT", question, to)),
    ]);
  };

const bank = [aQuestion({ slug: "q" }), ...["a", "b", "c"].map((slug) => aConcept({ slug }))];

export const composing = casesAbout("composing", [
  {
    id: "what-is-there",
    name: "a change set is composed of what is there, and committed under its title",
    async run(store) {
      await commit(store, [...bank, aLink("ABOUT", "Question:q", "Concept:a")]);
      expect(await store.commit(aboutExactly("Concept:b"), options)).toEqual({
        revision: 2,
        changes: 2,
        replayed: false,
      });
      expect(await neighboursOf(store.reader(), "Question:q", "concepts")).toEqual(["Concept:b"]);
      expect((await wholeCommits(store, { after: 1, first: 1 }))[0]?.title).toBe("A change");
    },
  },
  {
    id: "at-once",
    name: "composed at once, each is composed of what the one before left: a whole list never becomes a mixture",
    async run(store) {
      await commit(store, bank);
      const lists = [["Concept:a"], ["Concept:b", "Concept:c"], ["Concept:c"], ["Concept:a", "Concept:b"]];
      await Promise.all(
        lists.map((list, index) => store.commit(aboutExactly(...list), { ...options, idempotencyKey: `k${index}` })),
      );
      const last = (await wholeCommits(store, { after: 0, first: 10 })).at(-1);
      const present = await neighboursOf(store.reader(), "Question:q", "concepts");
      expect(lists).toContainEqual(present);
      expect(
        last?.changes.filter(({ after }) => after).every((change) => "to" in change && present.includes(change.to)),
      ).toBe(true);
    },
  },
  {
    id: "who-changed-it",
    name: "composing is told who last changed what, and what was removed, as of the commit",
    async run(store) {
      await commit(store, [...bank, aLink("ABOUT", "Question:q", "Concept:a")]);
      await commit(store, [patch("Concept:b", { title: "B" }), removal("Concept:c")]);
      const subjects = ["Concept:a", "Concept:b", "Concept:c", "ABOUT Question:q Concept:a", "Concept:none"];
      const told: unknown[] = [];
      const compose: Compose = async (_, log) => {
        for (const [subject, { revision, removed }] of await log.lastChanges(subjects))
          told.push([subject, revision, removed]);
        return aChangeSet([]);
      };
      await store.commit(compose, options);
      expect(told).toHaveLength(4);
      expect(told).toEqual(
        expect.arrayContaining([
          ["Concept:a", 1, false],
          ["Concept:b", 2, false],
          ["Concept:c", 2, true],
          ["ABOUT Question:q Concept:a", 1, false],
        ]),
      );
    },
  },
  {
    id: "repeated",
    name: "a key that comes again with the same input composes nothing and gives the first result",
    async run(store) {
      await commit(store, bank);
      const first = await store.commit(aboutExactly("Concept:a"), options);
      await store.commit(aboutExactly("Concept:b"), { ...options, idempotencyKey: "other" });
      const never: Compose = () => Promise.reject(new Error("It was composed."));
      expect(await store.commit(never, options)).toEqual({ ...first, replayed: true });
      expect(await store.reader().revision()).toBe(3);
    },
  },
  {
    id: "another-input",
    name: "a key that comes again with another input is refused, whatever would be composed",
    async run(store) {
      await commit(store, bank);
      await store.commit(aboutExactly("Concept:a"), options);
      const again = store.commit(aboutExactly("Concept:a"), { ...options, inputHash: "another input" });
      expect(await refusalOf(again)).toBe("IDEMPOTENCY_KEY_REUSED");
    },
  },
  {
    id: "input-of-a-change-set",
    name: "a given change set counts as the same input if its hash is said to be the same",
    async run(store) {
      const put = (title: string): ChangeSet => aChangeSet([aConcept({ slug: "a", title })]);
      expect((await store.commit(put("One"), options)).replayed).toBe(false);
      expect((await store.commit(put("Two"), options)).replayed).toBe(true);
      expect(await refusalOf(store.commit(put("One"), { ...options, inputHash: "another" }))).toBe(
        "IDEMPOTENCY_KEY_REUSED",
      );
    },
  },
  {
    id: "without-input",
    name: "a commit that is composed but does not say of which input is refused",
    async run(store) {
      await commit(store, bank);
      const { inputHash, ...rest } = options;
      expect(inputHash).toBeDefined();
      expect(await refusalOf(store.commit(aboutExactly("Concept:a"), rest))).toBe("INVALID_ARGUMENT");
      expect(await store.reader().revision()).toBe(1);
    },
  },
  {
    id: "thrown",
    name: "what composing throws ends the commit, applies nothing, and does not use up the key",
    async run(store) {
      await commit(store, bank);
      const refusal = new DomainError("NOT_FOUND", "There is no such thing.");
      await expect(store.commit(() => Promise.reject(refusal), options)).rejects.toBe(refusal);
      const faulty: Compose = async () => aChangeSet([patch("Concept:none", { title: "None" })]);
      expect(await findingsOf(store.commit(faulty, options))).toEqual(["REQUIRED_FIELD Concept:none"]);
      expect(await store.reader().revision()).toBe(1);
      expect((await store.commit(aboutExactly("Concept:a"), options)).revision).toBe(2);
    },
  },
]);
