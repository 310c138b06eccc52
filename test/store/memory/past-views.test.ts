import fc from "fast-check";
import { canonicalJson } from "../../../src/domain/changes/hash";
import type { GraphStore } from "../../../src/domain/graph/port";
import type { NodeId } from "../../../src/domain/ids";
import type { LongTexts, NodeKind } from "../../../src/domain/ontology/node-kinds";
import { emptyHead, type Head, nextHead, scan } from "../../../src/store/memory/head";
import { loadModel } from "../../../src/store/memory/load-model";
import { createMemoryStore } from "../../../src/store/memory/memory-store";
import { pastLimits, pastViewBytes, PastView, PastViews } from "../../../src/store/memory/past-views";
import { VersionedMap } from "../../../src/store/memory/versioned-map";
import { commit, id, patch, removal, renaming } from "../../builders/changes";
import { aConcept, aQuestion } from "../../builders/nodes";
import { secondsSince, tell } from "../../long/figures";
import { withSqliteStore } from "../../contract/with-store";
import { playStory, stories } from "../../contract/random/same-answers";
import { runs } from "../../contract/random/run-length";
import { wholeCommits } from "../../builders/whole-commits";

const content = (head: Head) =>
  [...scan(head)].flat().map((item) => canonicalJson("node" in item ? item.node : item.edge));

async function headOf(view: PastView, store: GraphStore, ids: readonly NodeId[]): Promise<Head> {
  const texts = await view.textsOf(ids, store.reader());
  return { model: view.model, texts: new VersionedMap<NodeId, LongTexts<NodeKind>>().with(texts) };
}

/** Stands for the bank of a test's store. */
const bank = {};

describe("a view of the past", () => {
  it("shows at each revision what the graph held then, texts, links and names included, over random histories", async () => {
    const started = performance.now();
    let revisions = 0;
    await fc.assert(
      fc.asyncProperty(stories, async (story) => {
        const store = createMemoryStore();
        await playStory({ ...story, questions: [] }, store);
        const commits = await wholeCommits(store, { after: 0, first: 1_000 });
        const heads = [emptyHead];
        for (const { changes } of commits) heads.push(nextHead(heads.at(-1) as Head, changes));
        const ids = [
          ...new Set(commits.flatMap(({ changes }) => changes.flatMap((c) => ("node" in c ? [c.node] : [])))),
        ];
        const latest = await loadModel(store);
        revisions += heads.length;
        for (const head of heads) {
          const view = await PastView.before(latest, head.model.revision, store);
          expect(view.model.revision).toBe(head.model.revision);
          expect(content(await headOf(view, store, ids))).toEqual(content(head));
          for (const { kind, slug } of ids.flatMap((each) => latest.node(each) ?? [])) {
            const owner = head.model.slugOwner(kind, slug);
            const seen = view.model.slugOwner(kind, slug);
            expect(seen && view.model.node(seen)?.id).toBe(owner && head.model.node(owner)?.id);
          }
        }
      }),
      { ...runs, numRuns: Math.ceil(runs.numRuns / 10) },
    );
    tell("Views of the past", "memory", { revisions, seconds: secondsSince(started) });
  });

  it("knows a node by the names that it had then", async () => {
    const store = createMemoryStore();
    await commit(store, [aConcept({ slug: "tail", title: "Tail" })]);
    await commit(store, [renaming("Concept:tail", "tail-latency")]);
    const latest = await loadModel(store);
    const view = await new PastViews(store).at(1, latest, bank);
    expect([latest.slugOwner("Concept", "tail-latency"), view.model.slugOwner("Concept", "tail-latency")]).toEqual([
      "Concept:tail",
      undefined,
    ]);
    expect(view.model.slugOwner("Concept", "tail")).toBe("Concept:tail");
  });

  it("tells texts as they were, also of nodes that change or go after it was made", () =>
    withSqliteStore(async (store) => {
      await commit(store, [aQuestion({ slug: "a", prompt: "First" }), aQuestion({ slug: "b", prompt: "Other" })]);
      await commit(store, [patch("Question:a", { prompt: "Second" })]);
      const view = await new PastViews(store).at(1, await loadModel(store), bank);
      await commit(store, [patch("Question:b", { prompt: "Changed" })]);
      await commit(store, [removal("Question:b"), aQuestion({ slug: "c" })]);
      const texts = await view.textsOf([id("Question:a"), id("Question:b"), id("Question:c")], store.reader());
      expect(Object.fromEntries(texts)).toEqual({
        "Question:a": { prompt: "First" },
        "Question:b": { prompt: "Other" },
      });
    }));

  it("is kept for those who ask again, until another bank is there", async () => {
    const store = createMemoryStore();
    await commit(store, [aConcept({ slug: "a" })]);
    await commit(store, [patch("Concept:a", { title: "B" })]);
    let current = store;
    const views = new PastViews({ log: (query) => current.log(query), parts: (query) => current.parts(query) });
    const latest = await loadModel(store);
    const view = await views.at(1, latest, bank);
    expect(await views.at(1, latest, bank)).toBe(view);
    current = createMemoryStore();
    for (const slug of ["z", "y"]) await commit(current, [aConcept({ slug })]);
    expect((await views.at(1, await loadModel(current), {})).model.node(id("Concept:z"))).toBeDefined();
  });

  it("goes when others need its bytes, those of the texts that it keeps among them", async () => {
    const store = createMemoryStore();
    const slugs = Array.from({ length: 100 }, (_, at) => `q-${at}`);
    const long = (text: string) => text.repeat(20_000);
    await commit(
      store,
      slugs.map((slug) => aQuestion({ slug, prompt: long("a") })),
    );
    for (const text of "bcdefghij")
      await commit(
        store,
        slugs.map((slug) => patch(`Question:${slug}`, { prompt: long(text) })),
      );
    const head = await loadModel(store);
    const views = new PastViews(store);
    for (let revision = 1; revision <= 9; revision++) {
      await views.at(revision, head, bank);
      expect(views.usage.bytes()).toBeLessThanOrEqual(pastViewBytes);
    }
    expect(views.usage.entries()).toBeLessThan(6);
    const last = await views.at(9, head, bank);
    expect(await views.at(9, head, bank)).toBe(last);
  });

  it("is refused when the log that it is made by is another bank's, though it is as long", async () => {
    const [store, other] = [createMemoryStore(), createMemoryStore()];
    for (const slug of ["a", "b"]) await commit(store, [aConcept({ slug })]);
    for (const slug of ["z", "y"]) await commit(other, [aConcept({ slug })]);
    const view = new PastViews(other).at(1, await loadModel(store), bank);
    await expect(view).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("is refused when more commits, or more changes, lie in between than may be undone", async () => {
    const store = createMemoryStore();
    await commit(store, [aConcept({ slug: "a" })]);
    for (let i = 0; i < pastLimits.commits; i++) await commit(store, [patch("Concept:a", { title: `Title ${i}` })]);
    const views = new PastViews(store);
    const latest = await loadModel(store);
    expect((await views.at(1, latest, bank)).model.revision).toBe(1);
    await expect(views.at(0, latest, bank)).rejects.toMatchObject({ code: "TOO_COMPLEX" });

    const manyItems = pastLimits.changes / 4 + 1;
    const log: Pick<GraphStore, "log" | "parts"> = {
      log: async (query) => (await store.log(query)).map((head) => ({ ...head, itemCount: manyItems })),
      parts: () => Promise.reject(new Error("No part of so much is read.")),
    };
    const tooMuch = new PastViews(log).at(latest.revision - 4, latest, bank);
    await expect(tooMuch).rejects.toMatchObject({ code: "TOO_COMPLEX" });
  });
});
