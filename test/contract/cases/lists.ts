import type { Order } from "../../../src/domain/graph/order";
import { aBenchmark } from "../../builders/owned-nodes";
import { aConcept, aQuestion, aSource } from "../../builders/nodes";
import { commit, removal } from "../../builders/changes";
import { allListed, changeable, idsOf, listed, refusalOf } from "../asking";
import { casesAbout } from "../contract-case";

/** In code point order. Locales put Äpfel after apple; UTF-16 units put 𝒜 before ﬀ; case-blind orders put apple first. */
const titles = [
  "10 vectors",
  "9 vectors",
  "Zebra",
  "Zebra crossing",
  "apple",
  "zoo",
  "Äpfel",
  "ß",
  "日本",
  "\ue000",
  "ﬀ",
  "～",
  "𝒜",
  "👩",
];
const asc = (by: string): Order => ({ by, direction: "ASC" });
const desc = (by: string): Order => ({ by, direction: "DESC" });

const questions = [
  aQuestion({ slug: "a", difficulty: "MEDIUM", estimatedMinutes: 30, practicedCount: 9 }),
  aQuestion({ slug: "b", difficulty: "EASY", practicedCount: 100 }),
  aQuestion({ slug: "c", difficulty: "HARD", estimatedMinutes: 5 }),
  aQuestion({ slug: "d", difficulty: "EASY", estimatedMinutes: 30, practicedCount: 0 }),
  aQuestion({ slug: "e", difficulty: "MEDIUM" }),
];
const ids = (...slugs: string[]) => slugs.map((slug) => `Question:${slug}`);

export const lists = casesAbout("lists", [
  {
    id: "by-id",
    name: "a list is in the order of ids unless another is asked for, and holds one kind only",
    async run(store) {
      await commit(
        store,
        ["b", "a-b", "a", "a0", "z"].map((slug) => aConcept({ slug })).concat(aQuestion({ slug: "c" })),
      );
      const order = ["Concept:a", "Concept:a-b", "Concept:a0", "Concept:b", "Concept:z"];
      const reader = store.reader();
      expect(await listed(reader, { kind: "Concept", first: 10 })).toEqual(order);
      expect(await listed(reader, { kind: "Concept", first: 10, order: desc("id") })).toEqual([...order].reverse());
    },
  },
  {
    id: "empty",
    name: "a kind without nodes has an empty page with nothing on either side",
    async run(store) {
      const empty = { nodes: [], hasNext: false, hasPrevious: false };
      expect(await store.reader().list({ kind: "Tool", first: 3 })).toEqual(empty);
      expect(await store.reader().list({ kind: "Tool", last: 3, order: desc("title") })).toEqual(empty);
    },
  },
  {
    id: "code-points",
    name: "texts are ordered by code point, not by locale, case or UTF-16 unit",
    async run(store) {
      await commit(
        store,
        titles.map((title, index) => aConcept({ slug: `c-${(index * 5) % titles.length}`, title })),
      );
      const reader = store.reader();
      const ordered = async (order: Order) =>
        (await reader.list({ kind: "Concept", first: 50, order })).nodes.map(
          (node) => (node as { title?: string }).title,
        );
      expect(await ordered(asc("title"))).toEqual(titles);
      expect(await ordered(desc("title"))).toEqual([...titles].reverse());
    },
  },
  {
    id: "code-point-places",
    name: "a page starts after a text by code point too",
    async run(store) {
      await commit(
        store,
        titles.map((title, index) => aConcept({ slug: `c-${(index * 5) % titles.length}`, title })),
      );
      for (const [direction, all] of [
        ["ASC", titles],
        ["DESC", [...titles].reverse()],
      ] as const) {
        for (const [index, title] of all.entries()) {
          const { nodes } = await store.reader().list({
            kind: "Concept",
            first: 50,
            order: { by: "title", direction },
            after: { value: title, id: `Concept:c-${(titles.indexOf(title) * 5) % titles.length}` },
          });
          expect(nodes.map((node) => (node as { title?: string }).title)).toEqual(all.slice(index + 1));
        }
      }
    },
  },
  {
    id: "ranks",
    name: "enums are ordered by rank, ties by id in the order's direction",
    async run(store) {
      await commit(store, questions);
      expect(await listed(store.reader(), { kind: "Question", first: 9, order: asc("difficulty") })).toEqual(
        ids("b", "d", "a", "e", "c"),
      );
      expect(await listed(store.reader(), { kind: "Question", first: 9, order: desc("difficulty") })).toEqual(
        ids("c", "e", "a", "d", "b"),
      );
    },
  },
  {
    id: "absent-last",
    name: "absent values come last in both directions, ties by id in the order's direction",
    async run(store) {
      await commit(store, questions);
      const reader = store.reader();
      expect(await listed(reader, { kind: "Question", first: 9, order: asc("estimatedMinutes") })).toEqual(
        ids("c", "a", "d", "b", "e"),
      );
      expect(await listed(reader, { kind: "Question", first: 9, order: desc("estimatedMinutes") })).toEqual(
        ids("d", "a", "c", "e", "b"),
      );
      expect(await listed(reader, { kind: "Question", first: 9, order: asc("practicedCount") })).toEqual(
        ids("d", "a", "b", "c", "e"),
      );
      expect(await listed(reader, { kind: "Question", first: 9, order: desc("practicedCount") })).toEqual(
        ids("b", "a", "d", "e", "c"),
      );
    },
  },
  {
    id: "dates",
    name: "dates of unequal precision are ordered as texts, so that a year comes before its months",
    async run(store) {
      const dates = ["2024-07-31", "2023", "2024", undefined, "2024-07", "2023-12"];
      await commit(store, [
        aSource({ slug: "s" }),
        ...dates.map((date, index) => aBenchmark({ slug: `b-${index}`, source: "s", date })),
      ]);
      expect(await listed(store.reader(), { kind: "Benchmark", first: 9, order: asc("date") })).toEqual(
        ["b-1", "b-5", "b-2", "b-4", "b-0", "b-3"].map((slug) => `Benchmark:${slug}`),
      );
    },
  },
  {
    id: "both-ways",
    name: "every order is walked to its end and back to its start, with nothing twice or missed, at any page size",
    async run(store) {
      await commit(store, questions);
      const reader = store.reader();
      for (const by of ["id", "title", "format", "difficulty", "estimatedMinutes", "practicedCount"]) {
        for (const order of [asc(by), desc(by)]) {
          const all = await listed(reader, { kind: "Question", first: 9, order });
          expect(all).toHaveLength(5);
          for (const size of [1, 2, 3, 5, 6]) {
            expect(await allListed(reader, { kind: "Question", order, size, towards: "end" })).toEqual(all);
            expect(await allListed(reader, { kind: "Question", order, size, towards: "start" })).toEqual(all);
          }
        }
      }
    },
  },
  {
    id: "filtered-both-ways",
    name: "a filtered list is walked both ways, and its pages know what is on either side by the filter",
    async run(store) {
      await commit(store, questions);
      const where = { not: [{ field: "difficulty", in: ["HARD"] }] };
      const query = { kind: "Question", where, order: asc("estimatedMinutes") } as const;
      const reader = store.reader();
      for (const towards of ["end", "start"] as const) {
        expect(await allListed(reader, { ...query, size: 2, towards })).toEqual(ids("a", "d", "b", "e"));
      }
      const page = await reader.list({ ...query, first: 2, after: { value: 5, id: "Question:c" } });
      expect([idsOf(page.nodes), page.hasPrevious, page.hasNext]).toEqual([ids("a", "d"), false, true]);
    },
  },
  {
    id: "last",
    name: "the last nodes come in the list's order",
    async run(store) {
      await commit(store, questions);
      const page = await store.reader().list({ kind: "Question", last: 2 });
      expect([idsOf(page.nodes), page.hasPrevious, page.hasNext]).toEqual([ids("d", "e"), true, false]);
      const before = await store
        .reader()
        .list({ kind: "Question", last: 2, before: { value: null, id: "Question:d" } });
      expect([idsOf(before.nodes), before.hasPrevious, before.hasNext]).toEqual([ids("b", "c"), true, true]);
      const all = await store.reader().list({ kind: "Question", last: 5 });
      expect([idsOf(all.nodes), all.hasPrevious, all.hasNext]).toEqual([ids("a", "b", "c", "d", "e"), false, false]);
    },
  },
  {
    id: "past-the-end",
    name: "pages past either end are empty and say that the list lies on the other side",
    async run(store) {
      await commit(store, questions);
      const reader = store.reader();
      expect(await reader.list({ kind: "Question", first: 2, after: { value: null, id: "Question:e" } })).toEqual({
        nodes: [],
        hasNext: false,
        hasPrevious: true,
      });
      expect(await reader.list({ kind: "Question", last: 2, before: { value: null, id: "Question:a" } })).toEqual({
        nodes: [],
        hasNext: true,
        hasPrevious: false,
      });
    },
  },
  {
    id: "removed-place",
    name: "a list goes on from the place of a node that was removed meanwhile, among values and among absent ones",
    async run(store) {
      await commit(store, questions);
      await commit(store, [removal("Question:a"), removal("Question:b")]);
      const reader = store.reader();
      const order = asc("estimatedMinutes");
      expect(
        await listed(reader, { kind: "Question", first: 9, order, after: { value: 30, id: "Question:a" } }),
      ).toEqual(ids("d", "e"));
      expect(
        await listed(reader, { kind: "Question", first: 9, order, after: { value: null, id: "Question:b" } }),
      ).toEqual(ids("e"));
      expect(
        await listed(reader, { kind: "Question", last: 9, order, before: { value: null, id: "Question:b" } }),
      ).toEqual(ids("c", "d"));
      expect(
        await listed(reader, { kind: "Question", last: 9, order, before: { value: 30, id: "Question:a" } }),
      ).toEqual(ids("c"));
    },
  },
  {
    id: "unknown-orders",
    name: "an order by a field that is not indexed, or by position, is refused",
    async run(store) {
      for (const by of ["summary", "position", "slug", "", "title DESC, id"]) {
        expect(await refusalOf(store.reader().list({ kind: "Concept", first: 1, order: asc(by) }))).toBe(
          "INVALID_ARGUMENT",
        );
      }
    },
  },
  {
    id: "frozen",
    name: "a page of a list cannot be changed",
    async run(store) {
      await commit(store, [aConcept({ slug: "c", aliases: ["One"] })]);
      expect(changeable(await store.reader().list({ kind: "Concept", first: 1 }))).toEqual([]);
    },
  },
]);
