import type { Commit, CommitHead } from "../../../src/domain/changes/change-set";
import { itemsOfPart } from "../../../src/domain/changes/log-part";
import { touchedIn } from "../../../src/domain/changes/touched-nodes";
import type { LogQuery } from "../../../src/domain/graph/port";
import { aConcept, aQuestion } from "../../builders/nodes";
import { aCriterion } from "../../builders/owned-nodes";
import { aLink, noLink } from "../../builders/links";
import { commit, patch, removal, renaming } from "../../builders/changes";
import { changeable } from "../asking";
import { casesAbout } from "../contract-case";
import { wholeCommits } from "../../builders/whole-commits";

export const log = casesAbout("log", [
  {
    id: "images",
    name: "an entry tells each changed item in full, before and after: nodes by id, then edges by kind, from, to",
    async run(store) {
      await commit(store, [
        aConcept({ slug: "b", explanation: "Long." }),
        aConcept({ slug: "a" }),
        aQuestion({ slug: "q" }),
      ]);
      await commit(store, [
        aLink("ABOUT", "Question:q", "Concept:b"),
        aLink("ABOUT", "Question:q", "Concept:a"),
        aLink("RELATED_TO", "Concept:b", "Concept:a"),
      ]);
      await commit(store, [
        noLink("RELATED_TO", "Concept:a", "Concept:b"),
        patch("Concept:b", { explanation: null, aliases: ["Bee"] }),
        renaming("Concept:a", "c"),
      ]);
      const entries = await wholeCommits(store, { after: 1, first: 10 });
      const about = (to: string) => ({
        edge: "ABOUT",
        from: "Question:q",
        to,
        properties: { reason: "It matters here.", emphasis: "ASSUMES" },
      });
      const related = {
        edge: "RELATED_TO",
        from: "Concept:a",
        to: "Concept:b",
        properties: { reason: "It matters here." },
      };
      const a = {
        id: "Concept:a",
        kind: "Concept",
        slug: "a",
        formerSlugs: [],
        fields: { title: "Tail latency", summary: "The slowest few requests." },
        texts: {},
      };
      const b = { ...a, id: "Concept:b", slug: "b", texts: { explanation: "Long." } };
      expect(entries.map((entry) => entry.changes)).toEqual([
        [
          { edge: "ABOUT", from: "Question:q", to: "Concept:a", before: null, after: about("Concept:a") },
          { edge: "ABOUT", from: "Question:q", to: "Concept:b", before: null, after: about("Concept:b") },
          { edge: "RELATED_TO", from: "Concept:a", to: "Concept:b", before: null, after: related },
        ],
        [
          { node: "Concept:a", before: a, after: { ...a, slug: "c", formerSlugs: ["a"] } },
          { node: "Concept:b", before: b, after: { ...b, fields: { ...b.fields, aliases: ["Bee"] }, texts: {} } },
          { edge: "RELATED_TO", from: "Concept:a", to: "Concept:b", before: related, after: null },
        ],
      ]);
    },
  },
  {
    id: "ordered-edges",
    name: "images of ordered edges hold their order",
    async run(store) {
      await commit(store, [
        aQuestion({ slug: "q" }),
        aCriterion({ question: "q", slug: "a" }),
        aCriterion({ question: "q", slug: "b" }),
      ]);
      const [entry] = await wholeCommits(store, { after: 0, first: 1 });
      expect(entry?.changes.slice(-2).map((change) => change.after)).toEqual([
        { edge: "JUDGED_BY", from: "Question:q", to: "Criterion:q/a", order: 0, properties: {} },
        { edge: "JUDGED_BY", from: "Question:q", to: "Criterion:q/b", order: 1, properties: {} },
      ]);
    },
  },
  {
    id: "who-and-when",
    name: "an entry tells its revision, title, actor and time in UTC",
    async run(store) {
      const started = Date.now() - 1;
      const actor = { kind: "import", name: "seed" } as const;
      await store.commit(
        { title: "A title 𝒜 'x'", changes: [aConcept({ slug: "a" })] },
        { idempotencyKey: "k", actor },
      );
      const [entry] = await wholeCommits(store, { after: 0, first: 1 });
      expect(entry).toMatchObject({ revision: 1, title: "A title 𝒜 'x'", actor });
      expect(entry?.at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
      expect(Date.parse(entry?.at ?? "")).toBeGreaterThanOrEqual(started - 60_000);
    },
  },
  {
    id: "pages",
    name: "entries are read in order after a revision, as many as asked for",
    async run(store) {
      for (const slug of ["a", "b", "c", "d"]) await commit(store, [aConcept({ slug })]);
      const revisions = async (after: number, first: number) =>
        (await wholeCommits(store, { after, first })).map((entry) => entry.revision);
      expect(await revisions(0, 10)).toEqual([1, 2, 3, 4]);
      expect(await revisions(1, 2)).toEqual([2, 3]);
      expect(await revisions(3, 2)).toEqual([4]);
      expect(await revisions(4, 2)).toEqual([]);
      expect(await revisions(99, 2)).toEqual([]);
    },
  },
  {
    id: "removals",
    name: "a removal is told with everything that went",
    async run(store) {
      await commit(store, [aQuestion({ slug: "q" }), aCriterion({ question: "q", slug: "c" })]);
      await commit(store, [removal("Question:q")]);
      const [entry] = await wholeCommits(store, { after: 1, first: 1 });
      expect(
        entry?.changes.map((change) => [
          "node" in change ? change.node : change.edge,
          change.before !== null,
          change.after,
        ]),
      ).toEqual([
        ["Criterion:q/c", true, null],
        ["Question:q", true, null],
        ["JUDGED_BY", true, null],
      ]);
    },
  },
  {
    id: "frozen",
    name: "entries cannot be changed",
    async run(store) {
      await commit(store, [aConcept({ slug: "a", aliases: ["One"] })]);
      const [entry] = await wholeCommits(store, { after: 0, first: 1 });
      expect(entry?.changes).toHaveLength(1);
      expect(changeable(entry)).toEqual([]);
    },
  },
  {
    id: "counts",
    name: "an entry tells how many nodes, items, fields and bytes its commit is about, and of which kinds",
    async run(store) {
      await commit(store, [aQuestion({ slug: "q" }), aConcept({ slug: "a" }), aConcept({ slug: "b" })]);
      await commit(store, [
        patch("Concept:a", { title: "Ä", explanation: "日本" }),
        aLink("ABOUT", "Question:q", "Concept:b"),
      ]);
      const [head] = (await store.log({ after: 1, first: 1 })) as [CommitHead];
      expect(head).toMatchObject({ nodeCount: 3, nodeKinds: ["Concept", "Question"], itemCount: 2, changeCount: 4 });
      const [{ changes }] = (await wholeCommits(store, { after: 1, first: 1 })) as [Commit];
      expect(head.bytes).toBe(Buffer.byteLength(JSON.stringify(changes)));
    },
  },
  {
    id: "parts",
    name: "a long entry is read in parts that follow one another, from the part that holds a row on",
    async run(store) {
      const at = (slug: string) => aConcept({ slug, explanation: "At length. ".repeat(1_700).trim() });
      await commit(store, [aConcept({ slug: "z" })]);
      await commit(store, ["c", "a", "g", "b", "d", "e", "f"].map(at));
      const [head] = (await store.log({ after: 1, first: 1 })) as [CommitHead];
      for (const [of, rows] of [
        ["changes", head.changeCount],
        ["nodes", head.nodeCount],
      ] as const) {
        const all = await store.parts({ revision: 2, of, first: 9 });
        expect(all.map(({ part }) => part)).toEqual(all.map((_, index) => index));
        let before = 0;
        for (const part of all) {
          expect(part.before).toBe(before);
          expect(await store.parts({ revision: 2, of, from: before, first: 1 })).toEqual([part]);
          expect(await store.parts({ revision: 2, of, from: before + part.rows - 1, first: 1 })).toEqual([part]);
          before += part.rows;
        }
        expect(before).toBe(rows);
        expect(await store.parts({ revision: 2, of, from: rows, first: 9 })).toEqual([]);
        expect(await store.parts({ revision: 3, of, first: 9 })).toEqual([]);
        expect(all.flatMap((part) => changeable(part))).toEqual([]);
      }
      const [first, ...others] = await store.parts({ revision: 2, of: "changes", first: 9 });
      expect(others.length).toBeGreaterThan(0);
      const items = [first!, ...others].flatMap((part) => itemsOfPart<{ node: string }>(part));
      expect(items.map(({ node }) => node)).toEqual(
        ["a", "b", "c", "d", "e", "f", "g"].map((slug) => `Concept:${slug}`),
      );
      const nodes = (await store.parts({ revision: 2, of: "nodes", first: 9 })).flatMap(touchedIn);
      expect(nodes[0]).toEqual({ id: "Concept:a", changeType: "CREATED", holdsLinks: false });
    },
  },
  {
    id: "entries",
    name: "its entries without their changes are read from either end, between revisions, and by who made them",
    async run(store) {
      const makers = ["ada", "bob", "ada", "seed", "ada"];
      for (const [index, name] of makers.entries()) {
        const actor = { kind: name === "seed" ? ("import" as const) : ("person" as const), name };
        await commit(store, [aConcept({ slug: `c${index}` })], { actor });
      }
      const revisions = async (query: LogQuery) => (await store.log(query)).map(({ revision }) => revision);
      expect(await revisions({ first: 2 })).toEqual([1, 2]);
      expect(await revisions({ last: 2 })).toEqual([4, 5]);
      expect(await revisions({ after: 2, before: 5, first: 9 })).toEqual([3, 4]);
      expect(await revisions({ actor: "ada", last: 2 })).toEqual([3, 5]);
      expect(await revisions({ actor: "ada", after: 1, first: 1 })).toEqual([3]);
      expect(await revisions({ kind: "import", first: 9 })).toEqual([4]);
      expect(await revisions({ kind: "import", actor: "ada", first: 9 })).toEqual([]);
      expect(await revisions({ after: 5, first: 9 })).toEqual([]);
      const [entry] = await store.log({ first: 1 });
      const [{ changes: _, ...commitOfIt }] = (await wholeCommits(store, { after: 0, first: 1 })) as [Commit];
      expect(entry).toEqual(commitOfIt);
    },
  },
]);
