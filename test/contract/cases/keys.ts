import { anApiKey } from "../../builders/api-keys";
import { commit } from "../../builders/changes";
import { aConcept } from "../../builders/nodes";
import { changeable, refusalOf } from "../asking";
import { casesAbout } from "../contract-case";
import { scannedItems } from "../../../src/domain/graph/port";
import { wholeCommits } from "../../builders/whole-commits";

const [first, second, third] = ["2026-03-01T12:00:00.000Z", "2026-03-02T12:00:00.000Z", "2026-03-03T12:00:00.000Z"];

export const keys = casesAbout("keys", [
  {
    id: "as-added",
    name: "a key is found as it was added, and one that was not is null",
    async run({ keys }) {
      const plain = anApiKey({ id: "a1" });
      const full = anApiKey({
        id: "b2",
        name: "CI 𝒜 'x' \"y\" \\",
        role: "ADMIN",
        expiresAt: second,
        revokedAt: second,
        lastUsedAt: first,
      });
      await keys.add(plain);
      await keys.add(full);
      expect(await keys.key("a1")).toEqual(plain);
      expect(await keys.key("b2")).toEqual(full);
      expect(await keys.key("c3")).toBeNull();
      expect(await keys.key("a1' OR '1'='1")).toBeNull();
      expect(changeable(await keys.keys()).filter((path) => path !== "it")).toEqual([]);
    },
  },
  {
    id: "id-taken",
    name: "a second key with the same id is refused, and the first one stays",
    async run({ keys }) {
      await keys.add(anApiKey({ id: "a1" }));
      expect(await refusalOf(keys.add(anApiKey({ id: "a1", role: "ADMIN" })))).toBe("INVALID_ARGUMENT");
      expect(await keys.keys()).toEqual([anApiKey({ id: "a1" })]);
    },
  },
  {
    id: "added-at-once",
    name: "of ten keys with one id added at once, one is added",
    async run({ keys }) {
      const adding = Array.from({ length: 10 }, (_, index) => keys.add(anApiKey({ id: "a1", name: `Key ${index}` })));
      const outcomes = await Promise.allSettled(adding);
      const winner = outcomes.findIndex(({ status }) => status === "fulfilled");
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      expect(await keys.keys()).toEqual([anApiKey({ id: "a1", name: `Key ${winner}` })]);
    },
  },
  {
    id: "order",
    name: "keys are listed by creation, then id",
    async run({ keys }) {
      expect(await keys.keys()).toEqual([]);
      for (const key of [
        anApiKey({ id: "b", createdAt: second }),
        anApiKey({ id: "c", createdAt: first }),
        anApiKey({ id: "a", createdAt: second }),
      ])
        await keys.add(key);
      expect((await keys.keys()).map(({ id }) => id)).toEqual(["c", "a", "b"]);
    },
  },
  {
    id: "revoke",
    name: "a revoked key is still found, revoking again keeps the first time, and one that is not there is told",
    async run({ keys }) {
      await keys.add(anApiKey({ id: "a1" }));
      await keys.add(anApiKey({ id: "b2" }));
      expect(await keys.revoke("a1", first)).toBe(true);
      expect(await keys.revoke("a1", second)).toBe(true);
      expect(await keys.revoke("none", second)).toBe(false);
      expect(await keys.keys()).toEqual([anApiKey({ id: "a1", revokedAt: first }), anApiKey({ id: "b2" })]);
    },
  },
  {
    id: "used",
    name: "the time of the last use moves forward, never back, and for one key alone",
    async run({ keys }) {
      await keys.add(anApiKey({ id: "a1" }));
      await keys.add(anApiKey({ id: "b2" }));
      const lastUse = async () => (await keys.key("a1"))?.lastUsedAt;
      await keys.used("a1", second);
      expect(await lastUse()).toBe(second);
      await keys.used("a1", first);
      expect(await lastUse()).toBe(second);
      await Promise.all([keys.used("a1", third), keys.used("a1", first), keys.used("a1", second)]);
      expect(await lastUse()).toBe(third);
      await keys.used("none", third);
      expect(await keys.keys()).toEqual([anApiKey({ id: "a1", lastUsedAt: third }), anApiKey({ id: "b2" })]);
    },
  },
  {
    id: "beside-the-graph",
    name: "keys are no part of the graph: no revision, no commit, nothing to scan; migrating again keeps them",
    async run(store) {
      await commit(store, [aConcept({ slug: "a" })]);
      await store.keys.add(anApiKey({ id: "a1" }));
      await store.keys.used("a1", second);
      await store.migrate();
      expect(await store.reader().revision()).toBe(1);
      expect(await wholeCommits(store, { after: 0, first: 10 })).toHaveLength(1);
      const scanned: string[] = [];
      for await (const item of scannedItems(store.reader().scan()))
        scanned.push("node" in item ? item.node.id : item.edge.edge);
      expect(scanned).toEqual(["Concept:a"]);
      expect(await store.keys.key("a1")).toEqual(anApiKey({ id: "a1", lastUsedAt: second }));
    },
  },
]);
