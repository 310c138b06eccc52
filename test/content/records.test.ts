import { setTimeout as wait } from "node:timers/promises";
import { type Committer, committerOf } from "../../src/content/import/run-import";
import { importBank } from "../../src/content/import-bank";
import { exportBank } from "../../src/content/export-bank";
import { DomainError } from "../../src/domain/errors";
import type { GraphStore } from "../../src/domain/graph/port";
import { createMemoryStore } from "../../src/store/memory/memory-store";
import { commit, patch, renaming } from "../builders/changes";
import { withMemoryStore, type WithStore, withSqliteStore } from "../contract/with-store";
import { Draw } from "../contract/random/draw";
import { describeNeo4j } from "../neo4j/neo4j-for-tests";
import { asLines, exportedLines, faults, importLines } from "./records";
import { sampleTexts } from "./sample-bank";
import { readTexts, withFolder, writeTexts } from "./temporary-folder";

/** The sample bank in a store, as lines. */
async function sampleLines(): Promise<string> {
  const store = createMemoryStore();
  await withFolder(async (dir) => {
    await writeTexts(dir, sampleTexts);
    await importBank(store, dir);
  });
  return exportedLines(store);
}

const filesOf = (store: GraphStore): Promise<Record<string, string>> =>
  withFolder(async (out) => {
    await exportBank(store, out);
    return readTexts(out);
  });

const concept = (slug: string, more: object = {}) => ({ kind: "Concept", slug, title: slug, summary: "One.", ...more });
const titles = async (store: GraphStore): Promise<unknown> =>
  (await store.reader().list({ kind: "Concept", first: 100 })).nodes.map(
    (node) => `${node.slug} ${node["title" as "slug"]}`,
  );

const roundTrips = (withStore: WithStore): void => {
  it("is the same after it was exported and imported, and a second import changes nothing", () =>
    withStore(async (store) => {
      const lines = await sampleLines();
      expect(await importLines(store, lines)).toMatchObject({ records: 14, findings: [], kept: [] });
      expect(await exportedLines(store)).toBe(lines);
      expect(await filesOf(store)).toEqual(sampleTexts);
      expect(await importLines(store, lines)).toMatchObject({ changes: 0, commits: 0 });
    }));
};

describe("records in memory", () => roundTrips(withMemoryStore));
describe("records in SQLite", () => roundTrips(withSqliteStore));
describeNeo4j("records in Neo4j", (neo4j) => roundTrips(async (use) => use(await neo4j.emptyStore())));

describe("records", () => {
  it("may stand in any order", async () => {
    const lines = await sampleLines();
    const random = new Draw(3);
    const records = lines.trimEnd().split("\n");
    for (let round = 0; round < 5; round++) {
      const store = createMemoryStore();
      const shuffled = `${random.some(records, records.length, records.length).join("\n")}\n`;
      expect(faults(await importLines(store, shuffled, { limits: { items: 5, bytes: 2_000 } }))).toEqual([]);
      expect(await exportedLines(store)).toBe(lines);
    }
  });

  it("hold the fields of files under their keys, sections among them", async () => {
    const [record] = (await sampleLines())
      .split("\n")
      .filter((line) => line.includes("exact-or-not") && line.includes("Question"));
    expect(JSON.parse(record ?? "")).toMatchObject({
      kind: "Question",
      slug: "exact-or-not",
      format: "TECHNICAL",
      prompt: expect.any(String) as string,
      roles: ["ml-engineer"],
      answers: { full: { level: "FULL", body: expect.stringContaining("## Measure") as string } },
    });
  });

  it("may lead to what comes later, in more parts than one, by links and in texts", async () => {
    const store = createMemoryStore();
    const count = 450;
    const records = Array.from({ length: count }, (_, i) =>
      concept(`c-${i}`, {
        explanation: `See [the next](concept:c-${(i + 1) % count}).`,
        ...(i + 250 < count ? { prerequisites: [{ concept: `c-${i + 250}`, reason: "It comes first." }] } : {}),
      }),
    );
    expect(await importLines(store, asLines(records))).toMatchObject({ records: count, findings: [] });
    const reader = store.reader();
    const of = ["Concept:c-0", "Concept:c-199", "Concept:c-449"] as never[];
    const [links, mentions] = await Promise.all([
      reader.counts({ relation: "Concept.prerequisites", of }),
      reader.counts({ relation: "Concept.mentions", of }),
    ]);
    expect([[...links.values()], [...mentions.values()]]).toEqual([
      [1, 1, 0],
      [1, 1, 1],
    ]);
    expect(await importLines(store, asLines(records))).toMatchObject({ changes: 0, commits: 0 });
  });

  it("are compared with the next ones while they are committed, and may hold what those link to", async () => {
    const store = createMemoryStore();
    const committer = committerOf(store);
    const events: string[] = [];
    const slow: Committer = {
      ...committer,
      commitAll: async (...args) => {
        events.push("begun");
        await wait(300);
        await committer.commitAll(...args);
        events.push("done");
      },
    };
    const metric = {
      kind: "Metric",
      slug: "latency",
      title: "Latency",
      quantity: "TIME",
      direction: "LOWER_IS_BETTER",
    };
    const source = { kind: "Source", slug: "paper", title: "Paper", publisher: "P", retrievedAt: "2026-05-01" };
    const benchmark = (i: number) => ({
      kind: "Benchmark",
      slug: `b-${i}`,
      title: `Benchmark ${i}`,
      summary: "One.",
      hardware: "2 cores",
      date: "2026-05",
      evidenceKind: "MEASURED",
      source: { source: "paper" },
      measurements: { m: { value: i, unit: "ms", subjectAsPrinted: "all", metric: "latency" } },
    });
    const question = {
      kind: "Question",
      slug: "q",
      title: "A question",
      format: "TECHNICAL",
      difficulty: "MEDIUM",
      prompt: "Why is [this](measurement:b-0/m) like [that](measurement:b-3997/m)?",
    };
    const lines = asLines([question, metric, source, ...Array.from({ length: 3_998 }, (_, i) => benchmark(i))]);
    const watched: GraphStore = { ...store, reader: () => (events.push("read"), store.reader()) };
    const result = await importLines(watched, lines, { committer: slow });
    expect(faults(result).slice(0, 3)).toEqual([]);
    expect(events.slice(events.indexOf("begun"), events.indexOf("done"))).toContain("read");
    const mentions = await store.reader().counts({ relation: "Question.mentions", of: ["Question:q"] as never[] });
    expect([...mentions.values()]).toEqual([2]);
    expect(await importLines(createMemoryStore(), lines, { dryRun: true })).toMatchObject({ findings: [], commits: 0 });
  });

  it("go on where an import was cut off, whichever commit was the last", async () => {
    const lines = await sampleLines();
    for (let cut = 0; ; cut++) {
      const store = createMemoryStore();
      let left = cut;
      const failing = Object.create(store, {
        commit: {
          value: (...args: Parameters<GraphStore["commit"]>) => {
            if (left-- === 0) throw new Error("cut off");
            return store.commit(...args);
          },
        },
      }) as GraphStore;
      const limits = { items: 8, bytes: 4_000 };
      const whole = await importLines(failing, lines, { limits }).then(
        () => true,
        () => false,
      );
      if (whole) {
        expect(cut).toBeGreaterThan(5);
        break;
      }
      expect(faults(await importLines(store, lines, { limits }))).toEqual([]);
      expect(await exportedLines(store)).toBe(lines);
    }
  });

  it("go in smaller commits into a store that is not done with large ones in time", async () => {
    const lines = await sampleLines();
    const records = lines.trimEnd().split("\n").toReversed().join("\n");
    const store = createMemoryStore();
    const late = new DomainError("DEADLINE_EXCEEDED", "The store was not done in time.");
    const slow: GraphStore = {
      ...store,
      commit: (given, options) =>
        "changes" in given && given.changes.length > 60 ? Promise.reject(late) : store.commit(given, options),
    };
    const changes = 97;
    expect(await importLines(slow, records, { limits: { items: 500, bytes: 1_000_000 } })).toMatchObject({ changes });
    expect(await exportedLines(store)).toBe(lines);
    expect(await importLines(store, records)).toMatchObject({ changes: 0, commits: 0 });
    await expect(importLines({ ...createMemoryStore(), commit: () => Promise.reject(late) }, records)).rejects.toBe(
      late,
    );
  });

  it("change, add and take away what their node holds, and leave others alone", async () => {
    const store = createMemoryStore();
    await importLines(
      store,
      asLines([concept("a", { prerequisites: [{ concept: "b", reason: "B first." }] }), concept("b"), concept("c")]),
    );
    const result = await importLines(store, asLines([concept("a", { title: "New" })]));
    expect([result.changes, result.commits]).toEqual([2, 1]);
    expect(await titles(store)).toEqual(["a New", "b b", "c c"]);
    expect(await store.reader().counts({ relation: "Concept.prerequisites", of: ["Concept:a" as never] })).toEqual(
      new Map([["Concept:a", 0]]),
    );
  });

  it("keep what a person edited, unless they are to overwrite it", async () => {
    const store = createMemoryStore();
    const lines = asLines([concept("a"), concept("b")]);
    await importLines(store, lines);
    await commit(store, [patch("Concept:a", { title: "Edited" })]);
    expect((await importLines(store, lines)).kept).toEqual([{ subject: "Concept:a", why: "changed by a person" }]);
    expect(await titles(store)).toEqual(["a Edited", "b b"]);
    await importLines(store, lines, { overwrite: true });
    expect(await titles(store)).toEqual(["a a", "b b"]);
  });

  it("find what the store alone holds, by a slug that it has taken since", async () => {
    const store = createMemoryStore();
    await importLines(store, asLines([concept("a")]));
    await commit(store, [renaming("Concept:a", "alpha")]);
    const lines = asLines([concept("b", { prerequisites: [{ concept: "alpha", reason: "First." }] })]);
    expect(faults(await importLines(store, lines))).toEqual([]);
    expect(await store.reader().counts({ relation: "Concept.unlocks", of: ["Concept:a" as never] })).toEqual(
      new Map([["Concept:a", 1]]),
    );
  });

  it("know their nodes by former slugs", async () => {
    const store = createMemoryStore();
    await importLines(store, asLines([concept("a")]));
    await importLines(store, asLines([concept("alpha", { formerSlugs: ["a"] })]));
    expect(await exportedLines(store)).toBe(
      asLines([{ kind: "Concept", slug: "alpha", formerSlugs: ["a"], title: "alpha", summary: "One." }]),
    );
  });

  it.each(["formerSlugs", "former\\u0053lugs"])("know nested nodes by what stands under %s", async (key) => {
    const store = createMemoryStore();
    const lines = await sampleLines();
    await importLines(store, lines);
    const renamed = lines
      .replaceAll("index-lab/large-exact", "index-lab/big-exact")
      .replace('"large-exact":{', '"big-exact":{"formerSlugs":["large-exact"],');
    expect(faults(await importLines(store, renamed.replaceAll("formerSlugs", key)))).toEqual([]);
    expect((await store.reader().nodes(["Measurement:index-lab/large-exact" as never])).size).toBe(1);
    expect(await exportedLines(store)).toBe(renamed);
  });

  it("show what they would do without doing it", async () => {
    const store = createMemoryStore();
    const plans: string[] = [];
    await importLines(store, asLines([concept("a")]), {
      dryRun: true,
      onPlan: ({ nodes }) => plans.push(...nodes.map(({ id }) => id)),
    });
    expect([plans, await store.reader().revision()]).toEqual([["Concept:a"], 0]);
  });
});
