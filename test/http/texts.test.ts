import { createMemoryStore } from "../../src/store/memory/memory-store";
import type { Database } from "../../src/domain/database";
import { cacheBudgets } from "../../src/cache-budgets";
import { commit, patch, removal } from "../builders/changes";
import { aConcept } from "../builders/nodes";
import { post, type RunningApp, runApp } from "./running-app";

/** The store, and how many nodes' texts were read from it one by one. */
function counting(store: Database) {
  const read: string[] = [];
  const reader: Database["reader"] = (options) => {
    const asked = store.reader(options);
    return {
      ...asked,
      texts: (ids) => {
        read.push(...ids);
        return asked.texts(ids);
      },
    };
  };
  return { store: { ...store, reader }, read };
}

async function textsHeld(app: RunningApp): Promise<unknown> {
  const response = await fetch(`${app.url}/readyz`);
  return ((await response.json()) as { texts?: unknown }).texts;
}

/** Ends when the graph is loaded with all of its texts; the test's time limit bounds it. */
async function untilLoaded(app: RunningApp): Promise<void> {
  while ((await textsHeld(app)) !== "all");
}

async function explanationOf(app: RunningApp, slug: string): Promise<unknown> {
  const answer = await post(app, { query: `{ concept(slug: "${slug}") { explanation } }` });
  return ((await answer.json()) as { data: { concept: { explanation: unknown } | null } }).data.concept?.explanation;
}

describe("long texts of a bank that is served from memory", () => {
  it("are all loaded at the start and kept up with commits, without a question to the store", async () => {
    const { store, read } = counting(createMemoryStore());
    await commit(store, [aConcept({ slug: "a", explanation: "One." }), aConcept({ slug: "b" })]);
    const app = await runApp({ store, env: { FULCRUM_ANSWERS_MB: "0" } });
    try {
      await untilLoaded(app);
      expect([await explanationOf(app, "a"), await explanationOf(app, "b")]).toEqual(["One.", null]);
      await commit(store, [patch("Concept:a", { explanation: "Two." }), patch("Concept:b", { explanation: "New." })]);
      while ((await explanationOf(app, "a")) !== "Two.");
      await commit(store, [removal("Concept:b"), aConcept({ slug: "c", explanation: "Three." })]);
      while ((await explanationOf(app, "c")) !== "Three.");
      expect([await explanationOf(app, "a"), await explanationOf(app, "b")]).toEqual(["Two.", undefined]);
      expect([read, await textsHeld(app)]).toEqual([[], "all"]);
    } finally {
      await app.close();
    }
  });

  it("are read when asked for where they do not fit, within the same bytes", async () => {
    const { store, read } = counting(createMemoryStore());
    const long = "x".repeat(20_000);
    const slugs = Array.from(
      { length: Math.ceil(cacheBudgets.texts.maxBytes / long.length) + 1 },
      (_, at) => `concept-${10_000 + at}`,
    );
    await commit(
      store,
      slugs.map((slug) => aConcept({ slug, explanation: long })),
    );
    const app = await runApp({ store, env: { FULCRUM_ANSWERS_MB: "0" } });
    try {
      await post(app, { query: '{ search(text: "concept", first: 1) { totalCount } }' });
      for (const slug of [...slugs.slice(0, 20), ...slugs.slice(-20)])
        expect(await explanationOf(app, slug)).toBe(long);
      const texts = app.caches.find(({ name }) => name === "texts");
      expect(texts?.bytes()).toBeLessThanOrEqual(cacheBudgets.texts.maxBytes);
      expect([read.length > 0, await textsHeld(app)]).toEqual([true, "cached"]);
    } finally {
      await app.close();
    }
  }, 60_000);

  it("are those of another bank once that is there in the store's place", async () => {
    const [first, second] = [createMemoryStore(), createMemoryStore()];
    await commit(first, [aConcept({ slug: "a", explanation: "Of the first." })]);
    await commit(second, [aConcept({ slug: "a", explanation: "Of the second." })]);
    let present = first;
    const store = new Proxy(first, { get: (_, name) => Reflect.get(present, name) as unknown });
    const app = await runApp({ store, env: { FULCRUM_ANSWERS_MB: "0" } });
    try {
      await untilLoaded(app);
      expect(await explanationOf(app, "a")).toBe("Of the first.");
      present = second;
      while ((await explanationOf(app, "a")) !== "Of the second.");
      await untilLoaded(app);
      expect(await explanationOf(app, "a")).toBe("Of the second.");
    } finally {
      await app.close();
    }
  });
});
