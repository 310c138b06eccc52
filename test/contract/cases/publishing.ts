import type { CommitOptions } from "../../../src/domain/graph/port";
import { aChangeSet, commit, patch } from "../../builders/changes";
import { aDraft, revised } from "../../builders/drafts";
import { aConcept } from "../../builders/nodes";
import { findingsOf, refusalOf } from "../asking";
import { casesAbout } from "../contract-case";
import { wholeCommits } from "../../builders/whole-commits";

const draft = aDraft({ id: "d1", status: "APPROVED", changes: [aConcept({ slug: "a" })] });
const changeSet = aChangeSet([draft.changes], draft.title);
const options: CommitOptions = {
  idempotencyKey: "k",
  actor: { kind: "person", name: "ada" },
  publishes: { draft: "d1", version: 1 },
};

export const publishing = casesAbout("publishing", [
  {
    id: "with-its-commit",
    name: "publishing a draft is its commit: the draft is published as the revision, and the log names it",
    async run(store) {
      await commit(store, [aConcept({ slug: "before" })]);
      await store.drafts.save(draft);
      expect(await store.commit(changeSet, options)).toEqual({ revision: 2, changes: 1, replayed: false });
      const published = await store.drafts.draft("d1");
      expect(published).toEqual({
        ...draft,
        status: "PUBLISHED",
        version: 2,
        publishedAs: 2,
        updatedAt: expect.any(String) as string,
      });
      const log = await wholeCommits(store, { after: 0, first: 10 });
      expect(log.map((entry) => entry.draft)).toEqual([undefined, "d1"]);
      expect(log.map((entry) => "draft" in entry)).toEqual([false, true]);
      expect(published?.updatedAt).toBe(log[1]?.at);
      expect((await store.drafts.drafts({ first: 9, statuses: ["PUBLISHED"] })).map(({ id }) => id)).toEqual(["d1"]);
      expect(await store.drafts.drafts({ first: 9, author: draft.author, statuses: ["APPROVED"] })).toEqual([]);
    },
  },
  {
    id: "stale",
    name: "a draft that was saved since it was read, or is not there, is a conflict, and nothing is committed",
    async run(store) {
      expect(await refusalOf(store.commit(changeSet, options))).toBe("CONFLICT");
      await store.drafts.save(draft);
      const second = revised(draft, { title: "Later" });
      await store.drafts.save(second);
      expect(await refusalOf(store.commit(changeSet, options))).toBe("CONFLICT");
      expect(await store.reader().revision()).toBe(0);
      expect(await store.drafts.draft("d1")).toEqual(second);
      const current = { ...options, publishes: { draft: "d1", version: 2 } };
      expect(await store.commit(changeSet, current)).toEqual({ revision: 1, changes: 1, replayed: false });
    },
  },
  {
    id: "refused",
    name: "a commit that is refused leaves its draft as it was",
    async run(store) {
      await store.drafts.save(draft);
      const faulty = aChangeSet([patch("Concept:none", { title: "None" })]);
      expect(await findingsOf(store.commit(faulty, options))).toEqual(["REQUIRED_FIELD Concept:none"]);
      expect(await store.drafts.draft("d1")).toEqual(draft);
      expect((await store.commit(changeSet, options)).replayed).toBe(false);
    },
  },
  {
    id: "repeated",
    name: "publishing again with the same key gives the first result, though the draft has moved on",
    async run(store) {
      await store.drafts.save(draft);
      const first = await store.commit(changeSet, options);
      expect(await store.commit(changeSet, options)).toEqual({ ...first, replayed: true });
      expect(await refusalOf(store.commit(changeSet, { ...options, idempotencyKey: "other" }))).toBe("CONFLICT");
      expect((await store.drafts.draft("d1"))?.version).toBe(2);
      expect(await wholeCommits(store, { after: 0, first: 10 })).toHaveLength(1);
    },
  },
  {
    id: "nothing-to-change",
    name: "a draft that comes to nothing is published as the current revision, without a commit",
    async run(store) {
      await commit(store, [aConcept({ slug: "a" })]);
      await store.drafts.save(draft);
      expect(await store.commit(changeSet, options)).toEqual({ revision: 1, changes: 0, replayed: false });
      expect(await store.drafts.draft("d1")).toMatchObject({ status: "PUBLISHED", version: 2, publishedAs: 1 });
      expect(await wholeCommits(store, { after: 0, first: 10 })).toHaveLength(1);
    },
  },
  {
    id: "against-a-save",
    name: "of a save and a publication of one version at once, one wins and the other is a conflict",
    async run(store) {
      await store.drafts.save(draft);
      const outcomes = await Promise.allSettled([
        store.commit(changeSet, options),
        store.drafts.save(revised(draft, { title: "Later" })),
      ]);
      const refused = outcomes.flatMap((each) => (each.status === "rejected" ? [each.reason as unknown] : []));
      expect(refused).toEqual([expect.objectContaining({ code: "CONFLICT" })]);
      const published = outcomes[0].status === "fulfilled";
      expect(await store.drafts.draft("d1")).toMatchObject({
        version: 2,
        status: published ? "PUBLISHED" : "APPROVED",
      });
      expect(await store.reader().revision()).toBe(published ? 1 : 0);
    },
  },
  {
    id: "at-once",
    name: "of ten publications of one draft at once, one wins",
    async run(store) {
      await store.drafts.save(draft);
      const outcomes = await Promise.allSettled(
        Array.from({ length: 10 }, (_, index) => store.commit(changeSet, { ...options, idempotencyKey: `k${index}` })),
      );
      const refused = outcomes.flatMap((each) => (each.status === "rejected" ? [each.reason as unknown] : []));
      expect(refused).toHaveLength(9);
      for (const reason of refused) expect(reason).toMatchObject({ code: "CONFLICT" });
      expect(await wholeCommits(store, { after: 0, first: 10 })).toHaveLength(1);
    },
  },
]);
