import { aConcept } from "../../builders/nodes";
import { commit, id, patch } from "../../builders/changes";
import { findingsOf, refusalOf } from "../asking";
import { casesAbout } from "../contract-case";
import { wholeCommits } from "../../builders/whole-commits";

const ada = { kind: "person", name: "ada" } as const;

export const idempotency = casesAbout("idempotency", [
  {
    id: "retry",
    name: "a retry with the same key and change set gets the first result and applies nothing",
    async run(store) {
      await commit(store, [aConcept({ slug: "a" })]);
      const rename = () => commit(store, [patch("Concept:a", { title: "Mine" })], { idempotencyKey: "k" });
      expect(await rename()).toEqual({ revision: 2, changes: 1, replayed: false });
      await commit(store, [patch("Concept:a", { title: "Later" })]);
      expect(await rename()).toEqual({ revision: 2, changes: 1, replayed: true });
      expect(await rename()).toEqual({ revision: 2, changes: 1, replayed: true });
      expect(await store.reader().revision()).toBe(3);
      expect(await store.reader().count({ kind: "Concept", where: { and: [{ field: "title", in: ["Later"] }] } })).toBe(
        1,
      );
    },
  },
  {
    id: "another-change-set",
    name: "a key that comes again with another change set is refused, and nothing is applied",
    async run(store) {
      await commit(store, [aConcept({ slug: "a" })], { idempotencyKey: "k" });
      expect(await refusalOf(commit(store, [aConcept({ slug: "b" })], { idempotencyKey: "k" }))).toBe(
        "IDEMPOTENCY_KEY_REUSED",
      );
      expect(await store.reader().count({ kind: "Concept" })).toBe(1);
    },
  },
  {
    id: "key-order",
    name: "the same change set with its keys written in another order is the same",
    async run(store) {
      const options = { idempotencyKey: "k", actor: ada };
      await store.commit(
        { title: "T", changes: [{ op: "putNode", id: id("Concept:a"), fields: { title: "A", summary: "B" } }] },
        options,
      );
      const again = await store.commit(
        { changes: [{ fields: { summary: "B", title: "A" }, id: id("Concept:a"), op: "putNode" }], title: "T" },
        options,
      );
      expect(again.replayed).toBe(true);
    },
  },
  {
    id: "actors",
    name: "a key is one actor's own: another person, or an import of the same name, may use it too",
    async run(store) {
      const actors = [ada, { kind: "person", name: "bob" }, { kind: "import", name: "ada" }] as const;
      for (const [index, actor] of actors.entries()) {
        const result = await commit(store, [aConcept({ slug: `c-${index}` })], { idempotencyKey: "k", actor });
        expect(result).toEqual({ revision: index + 1, changes: 1, replayed: false });
      }
    },
  },
  {
    id: "at-once",
    name: "the same commit sent ten times at once is applied once",
    async run(store) {
      const results = await Promise.all(
        Array.from({ length: 10 }, () => commit(store, [aConcept({ slug: "a" })], { idempotencyKey: "k" })),
      );
      expect(results.filter((result) => !result.replayed)).toHaveLength(1);
      expect(new Set(results.map((result) => result.revision))).toEqual(new Set([1]));
      expect(await wholeCommits(store, { after: 0, first: 20 })).toHaveLength(1);
    },
  },
  {
    id: "empty",
    name: "the key of a commit that had nothing to change is kept too",
    async run(store) {
      await commit(store, [aConcept({ slug: "a" })]);
      const same = () => commit(store, [aConcept({ slug: "a" })], { idempotencyKey: "k" });
      expect(await same()).toEqual({ revision: 1, changes: 0, replayed: false });
      await commit(store, [patch("Concept:a", { title: "Another" })]);
      expect(await same()).toEqual({ revision: 1, changes: 0, replayed: true });
      expect(await refusalOf(commit(store, [], { idempotencyKey: "k" }))).toBe("IDEMPOTENCY_KEY_REUSED");
    },
  },
  {
    id: "refused",
    name: "a refused commit does not use up its key",
    async run(store) {
      const change = patch("Concept:a", { title: "Patched" });
      expect(await findingsOf(commit(store, [change], { idempotencyKey: "k" }))).toEqual(["REQUIRED_FIELD Concept:a"]);
      await commit(store, [aConcept({ slug: "a" })]);
      expect(await commit(store, [change], { idempotencyKey: "k" })).toEqual({
        revision: 2,
        changes: 1,
        replayed: false,
      });
    },
  },
  {
    id: "any-text",
    name: "keys and names of actors are any text",
    async run(store) {
      const actor = { kind: "person", name: "Åda 👩 'o\\'" } as const;
      await commit(store, [aConcept({ slug: "a" })], { idempotencyKey: 'k\' "x" 𝒜', actor });
      expect((await commit(store, [aConcept({ slug: "a" })], { idempotencyKey: 'k\' "x" 𝒜', actor })).replayed).toBe(
        true,
      );
      expect((await wholeCommits(store, { after: 0, first: 1 }))[0]?.actor).toEqual(actor);
    },
  },
]);
