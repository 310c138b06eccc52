import type { Draft, DraftStore, RepeatKey } from "../../../src/domain/drafts/draft-store";
import { commit, id, patch } from "../../builders/changes";
import { aDraft, revised } from "../../builders/drafts";
import { aLink } from "../../builders/links";
import { aConcept, aQuestion } from "../../builders/nodes";
import { changeable, refusalOf } from "../asking";
import { casesAbout } from "../contract-case";
import { scannedItems } from "../../../src/domain/graph/port";
import { wholeCommits } from "../../builders/whole-commits";

const full = aDraft({
  id: "d1",
  title: "Any text 𝒜 'x' \"y\" \\",
  changes: [
    aQuestion({ slug: "q" }),
    { ...patch("Concept:a", { title: "A", explanation: null, aliases: ["𝒜", "'"] }), expectedRevision: 3 },
    aLink("ABOUT", "Question:q", "Concept:a"),
    { op: "rename", id: id("Concept:a"), slug: "b" },
    { op: "removeNode", id: id("Tool:t") },
    { op: "removeEdge", edge: "ABOUT", from: id("Question:q"), to: id("Concept:c") },
  ],
  base: {
    "Concept:a": { existed: true, values: { title: "Was", explanation: "Long.\nLines.", aliases: null } },
    "ABOUT Question:q Concept:a": { existed: false, values: {} },
  },
  comments: [{ by: "Bob", at: "2026-03-02T12:00:00.000Z", text: "Say more about 'it'. 👩" }],
});

const day = (number: number): string => `2026-03-0${number}T12:00:00.000Z`;
const idsOf = async (store: DraftStore, query: Parameters<DraftStore["drafts"]>[0]) =>
  (await store.drafts(query)).map((draft) => draft.id);

const key: RepeatKey = { principal: "key:ada", key: "k", inputHash: "h" };

export const drafts = casesAbout("drafts", [
  {
    id: "edited-by",
    name: "a draft tells who edited it, in order, and has no such list where nobody did",
    async run({ drafts }) {
      const draft = aDraft({ id: "d", editedBy: ["key:bob", "key:ada"] });
      await drafts.save(draft);
      await drafts.save(revised(draft, { editedBy: ["key:bob", "key:ada", "jwt:https://x:eve"] }));
      await drafts.save(aDraft({ id: "e" }));
      expect((await drafts.draft("d"))?.editedBy).toEqual(["key:bob", "key:ada", "jwt:https://x:eve"]);
      expect((await drafts.drafts({ first: 9 })).map(({ id, editedBy }) => [id, editedBy])).toEqual([
        ["d", ["key:bob", "key:ada", "jwt:https://x:eve"]],
        ["e", undefined],
      ]);
    },
  },
  {
    id: "as-saved",
    name: "a draft is found as it was saved, frozen, and one that was not is null",
    async run({ drafts }) {
      expect(await drafts.save(full)).toEqual({ replayed: null });
      expect(await drafts.draft("d1")).toEqual(full);
      expect(await drafts.draft("d2")).toBeNull();
      expect(await drafts.draft("d1' OR '1'='1")).toBeNull();
      expect(changeable(await drafts.draft("d1"))).toEqual([]);
    },
  },
  {
    id: "next-version",
    name: "each save replaces what the last one left",
    async run({ drafts }) {
      await drafts.save(full);
      const second = revised(full, { title: "Less", status: "SUBMITTED", changes: [], base: {}, updatedAt: day(2) });
      await drafts.save(second);
      expect(await drafts.draft("d1")).toEqual(second);
      const third = revised(second, { changes: full.changes, comments: [] });
      await drafts.save(third);
      expect(await drafts.draft("d1")).toEqual(third);
    },
  },
  {
    id: "stale",
    name: "a save at any version but the next is a conflict, and changes nothing",
    async run({ drafts }) {
      expect(await refusalOf(drafts.save(aDraft({ id: "d1", version: 2 })))).toBe("CONFLICT");
      expect(await drafts.draft("d1")).toBeNull();
      await drafts.save(full);
      for (const version of [1, 3, 7]) {
        expect(await refusalOf(drafts.save(aDraft({ id: "d1", title: "Other", version })))).toBe("CONFLICT");
      }
      expect(await drafts.draft("d1")).toEqual(full);
    },
  },
  {
    id: "at-once",
    name: "of ten saves of one version at once, one wins and the others are conflicts",
    async run({ drafts }) {
      await drafts.save(full);
      const saves = Array.from({ length: 10 }, (_, index) => revised(full, { title: `Save ${index}` }));
      const outcomes = await Promise.allSettled(saves.map((draft) => drafts.save(draft)));
      const winner = outcomes.findIndex(({ status }) => status === "fulfilled");
      const refused = outcomes.flatMap((each) => (each.status === "rejected" ? [each.reason as unknown] : []));
      expect(refused).toHaveLength(9);
      for (const reason of refused) expect(reason).toMatchObject({ code: "CONFLICT" });
      expect(await drafts.draft("d1")).toEqual(saves[winner]);
    },
  },
  {
    id: "large",
    name: "a draft of 300 nodes and 2,000 edges fits, grows beyond a million characters, and shrinks",
    async run({ drafts }) {
      const slugs = Array.from({ length: 300 }, (_, index) => `node-${index}`);
      const nodes = slugs.map((slug) => aQuestion({ slug, prompt: "How would you 𝒜 decide this? ".repeat(40).trim() }));
      const edges = Array.from({ length: 2_000 }, (_, index) =>
        aLink("ABOUT", `Question:node-${index % 300}`, `Concept:c-${index}`),
      );
      const base = Object.fromEntries(
        slugs.map((slug) => [`Question:${slug}`, { existed: true, values: { prompt: "𝒜".repeat(1_500) } }]),
      );
      const large = aDraft({ id: "d1", changes: [nodes, edges].flat(2), base });
      expect(JSON.stringify(large).length).toBeGreaterThan(1_500_000);
      await drafts.save(large);
      expect(await drafts.draft("d1")).toEqual(large);
      const small = revised(large, { changes: [], base: {} });
      await drafts.save(small);
      expect(await drafts.draft("d1")).toEqual(small);
    },
  },
  {
    id: "order",
    name: "drafts are listed newest first, ties by id, page by page",
    async run({ drafts }) {
      expect(await drafts.drafts({ first: 10 })).toEqual([]);
      for (const [name, created, status] of [
        ["b", 2, "OPEN"],
        ["d", 1, "OPEN"],
        ["a", 2, "SUBMITTED"],
        ["c", 3, "DISCARDED"],
        ["e", 2, "OPEN"],
      ] as const)
        await drafts.save(aDraft({ id: name, createdAt: day(created), status }));
      expect(await idsOf(drafts, { first: 10 })).toEqual(["c", "a", "b", "e", "d"]);
      expect(await idsOf(drafts, { first: 2 })).toEqual(["c", "a"]);
      expect(await idsOf(drafts, { first: 2, after: { createdAt: day(2), id: "a" } })).toEqual(["b", "e"]);
      expect(await idsOf(drafts, { first: 2, after: { createdAt: day(2), id: "e" } })).toEqual(["d"]);
      expect(await idsOf(drafts, { first: 2, after: { createdAt: day(1), id: "d" } })).toEqual([]);
      expect(await idsOf(drafts, { first: 2, after: { createdAt: day(2), id: "aa" } })).toEqual(["b", "e"]);
    },
  },
  {
    id: "filters",
    name: "drafts are listed by author and by status, whatever status they had before",
    async run({ drafts }) {
      const bobs = aDraft({ id: "b", author: "key:bob", createdAt: day(2) });
      await drafts.save(aDraft({ id: "a", createdAt: day(1) }));
      await drafts.save(bobs);
      await drafts.save(aDraft({ id: "c", createdAt: day(3), status: "APPROVED" }));
      await drafts.save(revised(bobs, { status: "SUBMITTED" }));
      expect(await idsOf(drafts, { first: 10, author: "key:ada" })).toEqual(["c", "a"]);
      expect(await idsOf(drafts, { first: 10, author: "key:eve" })).toEqual([]);
      expect(await idsOf(drafts, { first: 10, statuses: ["OPEN"] })).toEqual(["a"]);
      expect(await idsOf(drafts, { first: 10, statuses: ["APPROVED", "SUBMITTED", "APPROVED"] })).toEqual(["c", "b"]);
      expect(await idsOf(drafts, { first: 10, statuses: [] })).toEqual([]);
      expect(await idsOf(drafts, { first: 10, author: "key:ada", statuses: ["OPEN", "SUBMITTED"] })).toEqual(["a"]);
      const after = { createdAt: day(3), id: "c" };
      expect(await idsOf(drafts, { first: 10, author: "key:ada", statuses: ["OPEN", "APPROVED"], after })).toEqual([
        "a",
      ]);
      expect(await drafts.drafts({ first: 1, author: "key:bob" })).toEqual([revised(bobs, { status: "SUBMITTED" })]);
    },
  },
  {
    id: "repeated",
    name: "a save that comes again with its key saves nothing and gives the first result",
    async run({ drafts }) {
      const first = { ...key, result: '{"id":"d1","text":"𝒜 \'x\'"}' };
      expect(await drafts.resultOf(key)).toBeNull();
      expect(await drafts.save(full, first)).toEqual({ replayed: null });
      const second = revised(full, { title: "Later" });
      await drafts.save(second);
      expect(await drafts.save(full, { ...first, result: "another" })).toEqual({ replayed: first.result });
      expect(await drafts.resultOf(key)).toBe(first.result);
      expect(await drafts.draft("d1")).toEqual(second);
    },
  },
  {
    id: "key-reused",
    name: "a key that comes again with another input is refused; another principal may use it",
    async run({ drafts }) {
      await drafts.save(full, { ...key, result: "1" });
      const second = revised(full, { title: "Later" });
      const other = { ...key, inputHash: "other" };
      expect(await refusalOf(drafts.save(second, { ...other, result: "2" }))).toBe("IDEMPOTENCY_KEY_REUSED");
      expect(await refusalOf(drafts.resultOf(other))).toBe("IDEMPOTENCY_KEY_REUSED");
      expect(await drafts.draft("d1")).toEqual(full);
      const bobs = { ...other, principal: "key:bob" };
      expect(await drafts.resultOf(bobs)).toBeNull();
      expect(await drafts.save(second, { ...bobs, result: "3" })).toEqual({ replayed: null });
      expect(await drafts.resultOf(bobs)).toBe("3");
      expect(await drafts.resultOf(key)).toBe("1");
    },
  },
  {
    id: "key-of-a-conflict",
    name: "a save that is refused does not use up its key",
    async run({ drafts }) {
      const second = revised(full, {});
      expect(await refusalOf(drafts.save(second, { ...key, result: "1" }))).toBe("CONFLICT");
      expect(await drafts.resultOf(key)).toBeNull();
      await drafts.save(full);
      expect(await drafts.save(second, { ...key, inputHash: "other", result: "2" })).toEqual({ replayed: null });
    },
  },
  {
    id: "repeated-at-once",
    name: "the same save sent ten times at once with its key is made once, and all get one result",
    async run({ drafts }) {
      const results = await Promise.all(
        Array.from({ length: 10 }, (_, index) => drafts.save(full, { ...key, result: `Result ${index}` })),
      );
      const result = await drafts.resultOf(key);
      expect(results.filter(({ replayed }) => replayed === null)).toHaveLength(1);
      expect(new Set(results.map(({ replayed }) => replayed))).toEqual(new Set([null, result]));
      expect(await drafts.draft("d1")).toEqual(full);
    },
  },
  {
    id: "kept-apart",
    name: "a draft that was saved does not follow what its maker does to it later",
    async run({ drafts }) {
      const fields = { title: "A" };
      const draft: Draft = aDraft({ id: "d1", changes: [patch("Concept:a", fields)] });
      await drafts.save(draft);
      fields.title = "B";
      expect((await drafts.draft("d1"))?.changes).toEqual([patch("Concept:a", { title: "A" })]);
    },
  },
  {
    id: "beside-the-graph",
    name: "drafts are no part of the graph: no revision, no commit, nothing to scan; migrating again keeps them",
    async run(store) {
      await commit(store, [aConcept({ slug: "a" })]);
      await store.drafts.save(full, { ...key, result: "1" });
      await store.migrate();
      expect(await store.reader().revision()).toBe(1);
      expect(await wholeCommits(store, { after: 0, first: 10 })).toHaveLength(1);
      const scanned: string[] = [];
      for await (const item of scannedItems(store.reader().scan()))
        scanned.push("node" in item ? item.node.id : item.edge.edge);
      expect(scanned).toEqual(["Concept:a"]);
      expect(await store.drafts.draft("d1")).toEqual(full);
      expect(await store.drafts.resultOf(key)).toBe("1");
    },
  },
]);
