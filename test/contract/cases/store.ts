import { aConcept } from "../../builders/nodes";
import { commit } from "../../builders/changes";
import { casesAbout } from "../contract-case";

export const store = casesAbout("store", [
  {
    id: "ping",
    name: "a migrated store answers",
    async run(store) {
      await expect(store.ping()).resolves.toBeUndefined();
    },
  },
  {
    id: "migrate-again",
    name: "migrating and settling again keep what is there",
    async run(store) {
      await commit(store, [aConcept({ slug: "a" })]);
      await store.migrate();
      await store.settle();
      await store.migrate();
      expect(await store.reader().count({ kind: "Concept" })).toBe(1);
      expect((await commit(store, [aConcept({ slug: "b" })])).revision).toBe(2);
    },
  },
]);
