import { DomainError } from "../../../src/domain/errors";
import type { GraphReader } from "../../../src/domain/graph/port";
import { aConcept, aQuestion } from "../../builders/nodes";
import { aLink } from "../../builders/links";
import { commit, id } from "../../builders/changes";
import { neighboursOf, refusalOf } from "../asking";
import { casesAbout } from "../contract-case";
import { scannedItems } from "../../../src/domain/graph/port";

const everyRead: Readonly<Record<string, (reader: GraphReader) => Promise<unknown>>> = {
  nodes: (reader) => reader.nodes([id("Concept:a")]),
  texts: (reader) => reader.texts([id("Concept:a")]),
  idsBySlug: (reader) => reader.idsBySlug("Concept", ["a"]),
  neighbours: (reader) => reader.neighbours({ relation: "Concept.questions", of: [id("Concept:a")], first: 1 }),
  counts: (reader) => reader.counts({ relation: "Concept.questions", of: [id("Concept:a")] }),
  list: (reader) => reader.list({ kind: "Concept", first: 1 }),
  count: (reader) => reader.count({ kind: "Concept" }),
  facets: (reader) => reader.facets({ kind: "Question", by: "difficulty" }),
  revision: (reader) => reader.revision(),
  scan: async (reader) => {
    for await (const item of scannedItems(reader.scan())) return item;
    return null;
  },
};

export const readers = casesAbout("readers", [
  {
    id: "own-writes",
    name: "a reader that is asked to see a commit sees it, and so does one that was made before it",
    async run(store) {
      const early = store.reader();
      for (let index = 1; index <= 20; index++) {
        const { revision } = await commit(store, [aConcept({ slug: `c-${index}` })]);
        const reader = store.reader({ after: revision });
        expect(await reader.revision()).toBe(index);
        expect(await reader.count({ kind: "Concept" })).toBe(index);
      }
      expect(await early.count({ kind: "Concept" })).toBe(20);
    },
  },
  {
    id: "future",
    name: "a revision that is not there yet cannot be read",
    async run(store) {
      await commit(store, [aConcept({ slug: "a" })]);
      expect(await refusalOf(store.reader({ after: 5 }).count({ kind: "Concept" }))).toBe("STORE_UNAVAILABLE");
    },
  },
  {
    id: "aborted",
    name: "every read ends with ABORTED when the signal has fired, and the store goes on",
    async run(store) {
      await commit(store, [aConcept({ slug: "a" })]);
      const reader = store.reader({ signal: AbortSignal.abort() });
      for (const [name, read] of Object.entries(everyRead))
        expect([name, await refusalOf(read(reader))]).toEqual([name, "ABORTED"]);
      expect(await store.reader().count({ kind: "Concept" })).toBe(1);
    },
  },
  {
    id: "deadline",
    name: "a signal whose reason is one of our errors ends reads with that error",
    async run(store) {
      const signal = AbortSignal.abort(new DomainError("DEADLINE_EXCEEDED", "It took too long."));
      for (const [name, read] of Object.entries(everyRead)) {
        expect([name, await refusalOf(read(store.reader({ signal })))]).toEqual([name, "DEADLINE_EXCEEDED"]);
      }
    },
  },
  {
    id: "unfired",
    name: "a signal that does not fire changes nothing",
    async run(store) {
      await commit(store, [aConcept({ slug: "a" })]);
      const reader = store.reader({ signal: new AbortController().signal });
      for (const [name, read] of Object.entries(everyRead))
        expect([name, await read(reader)]).toEqual([name, await everyRead[name]?.(store.reader())]);
    },
  },
  {
    id: "whole-commits",
    name: "no read sees half a commit",
    async run(store) {
      await commit(store, [aConcept({ slug: "hub" })]);
      let writing = true;
      const writer = (async () => {
        for (let round = 0; round < 15; round++) {
          const slugs = [0, 1, 2].map((index) => `q-${round}-${index}`);
          await commit(store, [
            ...slugs.map((slug) => aQuestion({ slug })),
            ...slugs.map((slug) => aLink("ABOUT", `Question:${slug}`, "Concept:hub")),
          ]);
        }
      })().finally(() => (writing = false));
      const seen = new Set<number>();
      while (writing) {
        const found = await neighboursOf(store.reader(), "Concept:hub", "questions");
        seen.add(found.length % 3);
        await new Promise(setImmediate);
      }
      await writer;
      expect([...seen]).toEqual([0]);
    },
  },
]);
