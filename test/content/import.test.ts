import { rm } from "node:fs/promises";
import { join } from "node:path";
import { importBank, type ImportRequest } from "../../src/content/import-bank";
import { describeChanges, describeKept, summarize } from "../../src/content/import/describe-plan";
import type { ImportPlan } from "../../src/content/import/import-plan";
import type { Change } from "../../src/domain/changes/change-set";
import { DomainError } from "../../src/domain/errors";
import type { CommitResult, GraphStore } from "../../src/domain/graph/port";
import { exportBank } from "../../src/content/export-bank";
import { commit, id, patch, removal, renaming } from "../builders/changes";
import { aLink, noLink } from "../builders/links";
import { withMemoryStore, type WithStore, withSqliteStore } from "../contract/with-store";
import { describeNeo4j } from "../neo4j/neo4j-for-tests";
import { sampleTexts, type Texts } from "./sample-bank";
import { readTexts, withFolder, writeTexts } from "./temporary-folder";
import { wholeCommits } from "../builders/whole-commits";

/** A bank's folder and a store that it was imported into, with a way to import other texts. */
interface Scene {
  readonly store: GraphStore;
  readonly dir: string;
  import(changes: Texts, request?: ImportRequest): Promise<ImportPlan & { readonly commits: number }>;
  exported(): Promise<Record<string, string>>;
}

const withImported = (play: (scene: Scene) => Promise<void>): Promise<void> =>
  withMemoryStore((store) => onSampleBank(store, play));

function onSampleBank(store: GraphStore, play: (scene: Scene) => Promise<void>): Promise<void> {
  return withFolder(async (dir) => {
    await writeTexts(dir, sampleTexts);
    await importBank(store, dir);
    await play({
      store,
      dir,
      async import(changes, request) {
        await writeTexts(dir, changes);
        const { plan, refused, commits } = await importBank(store, dir, request);
        if (!plan) throw new Error(refused.map(({ message }) => message).join("\n"));
        return { ...plan, commits };
      },
      exported: () =>
        withFolder(async (out) => {
          await exportBank(store, out);
          return readTexts(out);
        }),
    });
  });
}

const edited = (path: string, passage: string, replacement: string): Texts => {
  const text = sampleTexts[path] as string;
  expect(text).toContain(passage);
  return { [path]: text.replace(passage, replacement) };
};
const changed = (plan: ImportPlan): string[] => describeChanges(plan).split("\n").filter(Boolean);
const kept = (plan: ImportPlan): string[] => describeKept(plan).split("\n").filter(Boolean);
const titleOf = async (store: GraphStore, node: string): Promise<unknown> =>
  (await store.reader().nodes([id(node)])).get(id(node))?.["title" as never];

const roundTrips = (withStore: WithStore): void => {
  it("is exported as it was imported, byte for byte", () =>
    withStore((store) => onSampleBank(store, async ({ exported }) => expect(await exported()).toEqual(sampleTexts))));

  it("is not changed by a second import of the same files", () =>
    withStore((store) =>
      onSampleBank(store, async (scene) => {
        const before = await store.reader().revision();
        const plan = await scene.import({});
        expect([plan.commits, summarize(plan), await store.reader().revision()]).toEqual([
          0,
          "nothing differs",
          before,
        ]);
      }),
    ));

  it("keeps what a person edited, and follows the files in the rest", () =>
    withStore((store) =>
      onSampleBank(store, async (scene) => {
        await commit(store, [patch("Concept:hnsw", { title: "Edited" })]);
        const plan = await scene.import({
          ...edited("concepts/hnsw.yaml", "A layered graph", "A graph in layers"),
          ...edited("tools/faiss.yaml", "title: FAISS", "title: Faiss"),
        });
        expect(kept(plan)).toEqual(["kept Concept:hnsw: changed by a person"]);
        expect(changed(plan)).toEqual(["~ Tool:faiss", '    title: "FAISS" → "Faiss"']);
        expect([await titleOf(store, "Concept:hnsw"), await titleOf(store, "Tool:faiss")]).toEqual(["Edited", "Faiss"]);
      }),
    ));
};

describe("a bank in memory", () => roundTrips(withMemoryStore));
describe("a bank in SQLite", () => roundTrips(withSqliteStore));
describeNeo4j("a bank in Neo4j", (neo4j) => roundTrips(async (use) => use(await neo4j.emptyStore())));

describe("an import", () => {
  it("changes, adds and removes what the files do, in one commit", () =>
    withImported(async (scene) => {
      const before = await scene.store.reader().revision();
      const plan = await scene.import({
        ...edited("topics/search.yaml", "  - exact-or-not\n  - recall-drift\n", "  - recall-drift\n  - exact-or-not\n"),
        "concepts/third.yaml": "title: A third\nsummary: New, with [HNSW](concept:hnsw).\n",
        ...edited("questions/exact-or-not.md", "estimatedMinutes: 25\n", ""),
        "concepts/brute-force.yaml": (sampleTexts["concepts/brute-force.yaml"] as string).replace(/related:[^]*$/, ""),
      });
      expect(changed(plan)).toEqual([
        '+ Concept:third "A third"',
        "~ Question:exact-or-not",
        "    estimatedMinutes: 25 → nothing",
        "~ COVERS Topic:search Question:recall-drift",
        "    order: 1 → 0",
        "~ COVERS Topic:search Question:exact-or-not",
        "    order: 0 → 1",
        "- RELATED_TO Concept:brute-force Concept:hnsw",
      ]);
      expect(summarize(plan)).toBe("1 new node, 1 changed node, 2 changed links, 1 removed link");
      expect(await scene.store.reader().revision()).toBe(before + 1);
      expect((await scene.import({})).commits).toBe(0);
    }));

  it("follows an owner's file in what it owns", () =>
    withImported(async (scene) => {
      const text = sampleTexts["benchmarks/index-lab.yaml"] as string;
      const plan = await scene.import({
        "benchmarks/index-lab.yaml": text.replace("  small-graph:\n", "  tiny-graph:\n"),
        ...edited("trade-offs/exact-or-graph.yaml", "index-lab/small-graph", "index-lab/tiny-graph"),
      });
      expect(changed(plan)).toEqual([
        "+ Measurement:index-lab/tiny-graph",
        "+ REPORTS Benchmark:index-lab Measurement:index-lab/tiny-graph",
        "+ OF Measurement:index-lab/tiny-graph Metric:latency-p99",
        "+ MEASURES Measurement:index-lab/tiny-graph Tool:faiss",
        "+ MEASURES Measurement:index-lab/tiny-graph Concept:hnsw",
        "+ EVIDENCED_BY FlipCondition:exact-or-graph/collection-grows Measurement:index-lab/tiny-graph",
        "- EVIDENCED_BY FlipCondition:exact-or-graph/collection-grows Measurement:index-lab/small-graph",
        "- Measurement:index-lab/small-graph",
      ]);
      expect(kept(plan)).toEqual([]);
    }));

  it("renames what names its former slugs; what it owns follows, and links stay", () =>
    withImported(async (scene) => {
      const tradeOff = sampleTexts["trade-offs/exact-or-graph.yaml"] as string;
      const texts = {
        "trade-offs/scan-or-graph.yaml": `formerSlugs:\n  - exact-or-graph\n${tradeOff}`,
        ...edited("questions/exact-or-not.md", "tradeOff: exact-or-graph", "tradeOff: scan-or-graph"),
      };
      await rm(join(scene.dir, "trade-offs/exact-or-graph.yaml"));
      const plan = await scene.import(texts);
      expect(changed(plan)).toEqual(["~ TradeOff:exact-or-graph", "    slug: exact-or-graph → scan-or-graph"]);
      const { "trade-offs/exact-or-graph.yaml": _, ...others } = sampleTexts;
      expect(await scene.exported()).toEqual({ ...others, ...texts });
      expect((await scene.import({})).commits).toBe(0);
    }));

  it("removes what a text linked to, though its owner is renamed and each change is a commit of its own", () =>
    withImported(async (scene) => {
      const without = (text: string) =>
        text
          .replace(/ {2}small-exact:\n(?: {4}.*\n)*/, "")
          .replace(/ {6}- measurement: index-lab\/small-exact\n(?: {8}.*\n)*/, "")
          .replace(": [1.2 ms](measurement:index-lab/small-exact)", "")
          .replaceAll("index-lab/", "lab/");
      await rm(join(scene.dir, "benchmarks/index-lab.yaml"));
      const texts = {
        "benchmarks/lab.yaml": `formerSlugs:\n  - index-lab\n${without(sampleTexts["benchmarks/index-lab.yaml"] as string)}`,
        "trade-offs/exact-or-graph.yaml": without(sampleTexts["trade-offs/exact-or-graph.yaml"] as string),
        "questions/exact-or-not.md": without(sampleTexts["questions/exact-or-not.md"] as string),
      };
      const plan = await scene.import(texts, { limits: { items: 1, bytes: 1_000_000 } });
      expect(plan.removed).toEqual(["Measurement:index-lab/small-exact"]);
      const { "benchmarks/index-lab.yaml": _, ...others } = sampleTexts;
      expect(await scene.exported()).toEqual({ ...others, ...texts });
    }));

  it("refuses files with structural errors, and writes nothing", () =>
    withImported(async (scene) => {
      await writeTexts(scene.dir, edited("topics/search.yaml", "- tuning", "- tunning"));
      const before = await scene.store.reader().revision();
      const { plan, refused, commits } = await importBank(scene.store, scene.dir);
      expect([plan, refused.map(({ rule }) => rule), commits]).toEqual([null, ["target-not-found"], 0]);
      expect(await scene.store.reader().revision()).toBe(before);
    }));

  it("takes files with errors of quality, unless errors of quality are to stop it", () =>
    withImported(async (scene) => {
      await writeTexts(scene.dir, edited("questions/exact-or-not.md", "where: Measure", "where: Nowhere"));
      const strict = await importBank(scene.store, scene.dir, { quality: "error" });
      expect(strict.refused.map(({ rule }) => rule)).toEqual(["heading-of-answer"]);
      expect((await importBank(scene.store, scene.dir)).commits).toBe(1);
    }));

  it("that is a dry run shows what would change, and writes nothing", () =>
    withImported(async (scene) => {
      const before = await scene.store.reader().revision();
      const plan = await scene.import(edited("tools/faiss.yaml", "title: FAISS", "title: Faiss"), { dryRun: true });
      expect(changed(plan)).toEqual(["~ Tool:faiss", '    title: "FAISS" → "Faiss"']);
      expect([plan.commits, await scene.store.reader().revision()]).toEqual([0, before]);
    }));

  it("is stopped by an edit that comes between its look and its commit", () =>
    withImported(async ({ store, dir }) => {
      await writeTexts(dir, edited("tools/faiss.yaml", "title: FAISS", "title: Faiss"));
      const racing: GraphStore = {
        ...store,
        commit: async (...args): Promise<CommitResult> => {
          await commit(store, [patch("Tool:faiss", { title: "Mine" })]);
          return store.commit(...args);
        },
      };
      await expect(importBank(racing, dir)).rejects.toMatchObject({ findings: [{ code: "STALE_REVISION" }] });
      expect(await titleOf(store, "Tool:faiss")).toBe("Mine");
    }));
});

describe("what a person edited", () => {
  const added: Change[] = [
    aLink("IMPLEMENTS", "Tool:faiss", "Concept:extra"),
    patch("Concept:extra", { title: "E", summary: "S" }),
  ].reverse();

  it("is kept when it was added: a node, a link, and both are listed", () =>
    withImported(async (scene) => {
      await commit(scene.store, added);
      const plan = await scene.import({});
      expect(kept(plan)).toEqual([
        "kept IMPLEMENTS Tool:faiss Concept:extra: added by a person",
        "gone from the files Concept:extra: stays without --prune",
      ]);
      expect(plan.commits).toBe(0);
      expect((await scene.exported())["tools/faiss.yaml"]).toContain("concept: extra");
    }));

  it("is kept when it was removed: a link, and an owned node with what hangs on it", () =>
    withImported(async (scene) => {
      await commit(scene.store, [
        noLink("RELATED_TO", "Concept:brute-force", "Concept:hnsw"),
        noLink("JUDGED_BY", "Question:exact-or-not", "Criterion:exact-or-not/measures-tail"),
        noLink("MEETS", "ModelAnswer:exact-or-not/full", "Criterion:exact-or-not/measures-tail"),
        removal("Criterion:exact-or-not/measures-tail"),
      ]);
      const plan = await scene.import({});
      expect(kept(plan).sort()).toEqual([
        "kept Criterion:exact-or-not/measures-tail: removed by a person",
        "kept JUDGED_BY Question:exact-or-not Criterion:exact-or-not/measures-tail: removed by a person",
        "kept MEETS ModelAnswer:exact-or-not/full Criterion:exact-or-not/measures-tail: removed by a person",
        "kept RELATED_TO Concept:brute-force Concept:hnsw: removed by a person",
      ]);
      expect(plan.commits).toBe(0);
    }));

  it("is kept when it was removed, and so is not put what needs it", () =>
    withImported(async (scene) => {
      await commit(
        scene.store,
        [patch("Metric:gone", { title: "G", quantity: "TIME", direction: "LOWER_IS_BETTER" })],
        {
          actor: { kind: "import", name: "import" },
        },
      );
      await commit(scene.store, [removal("Metric:gone")]);
      const text = sampleTexts["benchmarks/index-lab.yaml"] as string;
      const plan = await scene.import({
        "metrics/gone.yaml": "title: G\nquantity: TIME\ndirection: LOWER_IS_BETTER\n",
        "benchmarks/index-lab.yaml": text.replace(
          "source:\n",
          "  late:\n    value: 3\n    unit: ms\n    subjectAsPrinted: late\n    metric: gone\nsource:\n",
        ),
      });
      expect(kept(plan)).toEqual([
        "kept Metric:gone: removed by a person",
        "kept Measurement:index-lab/late: Metric:gone is not there",
        "kept REPORTS Benchmark:index-lab Measurement:index-lab/late: Measurement:index-lab/late is not there",
        "kept OF Measurement:index-lab/late Metric:gone: Measurement:index-lab/late is not there",
      ]);
      expect(plan.commits).toBe(0);
    }));

  it("is kept when it was changed: the properties of a link, its place, a slug", () =>
    withImported(async (scene) => {
      await commit(scene.store, [
        aLink("IMPLEMENTS", "Tool:faiss", "Concept:hnsw", { reason: "By hand." }),
        aLink("COVERS", "Topic:search", "Question:exact-or-not", {}, 7),
        renaming("Role:ml-engineer", "engineer"),
      ]);
      const plan = await scene.import({});
      expect(kept(plan).sort()).toEqual([
        "kept COVERS Topic:search Question:exact-or-not: changed by a person",
        "kept IMPLEMENTS Tool:faiss Concept:hnsw: changed by a person",
        "kept Role:ml-engineer: changed by a person",
      ]);
      expect(plan.commits).toBe(0);
    }));

  it("is kept where there can be one link only and a person chose another", () =>
    withImported(async (scene) => {
      await commit(scene.store, [
        patch("Source:other", { title: "O", publisher: "P", retrievedAt: "2026" }),
        noLink("PUBLISHED_IN", "Benchmark:index-lab", "Source:index-lab"),
        aLink("PUBLISHED_IN", "Benchmark:index-lab", "Source:other"),
      ]);
      const plan = await scene.import({
        "sources/third.yaml": "title: T\npublisher: P\nretrievedAt: 2026-01\n",
        ...edited("benchmarks/index-lab.yaml", "source: index-lab\n  locator: Table 1", "source: third"),
      });
      expect(kept(plan)).toEqual([
        "kept PUBLISHED_IN Benchmark:index-lab Source:third: a person chose another",
        "kept PUBLISHED_IN Benchmark:index-lab Source:other: added by a person",
        "gone from the files Source:other: stays without --prune",
      ]);
      expect(changed(plan)).toEqual(['+ Source:third "T"']);
    }));

  it("gives way to the files when they are to overwrite it", () =>
    withImported(async (scene) => {
      await commit(scene.store, [
        patch("Concept:hnsw", { title: "Edited" }),
        renaming("Role:ml-engineer", "engineer"),
        noLink("RELATED_TO", "Concept:brute-force", "Concept:hnsw"),
        aLink("IMPLEMENTS", "Tool:faiss", "Concept:hnsw", { reason: "By hand." }),
        aLink("USES", "Question:recall-drift", "Tool:faiss"),
      ]);
      const plan = await scene.import({}, { overwrite: true });
      expect([plan.kept, summarize(plan)]).toEqual([[], "2 changed nodes, 1 new link, 1 changed link, 1 removed link"]);
      const texts = { ...sampleTexts };
      texts["roles/ml-engineer.yaml"] =
        `formerSlugs:\n  - ml-engineer\n  - engineer\n${sampleTexts["roles/ml-engineer.yaml"]}`;
      expect(await scene.exported()).toEqual(texts);
    }));
});

describe("nodes that are gone from the files", () => {
  const withExtra = (play: (scene: Scene) => Promise<void>) =>
    withImported(async (scene) => {
      await commit(
        scene.store,
        [
          patch("Concept:extra", { title: "E", summary: "S" }),
          patch("Concept:other", { title: "O", summary: "See [E](concept:extra)." }),
          aLink("PREREQUISITE_OF", "Concept:extra", "Concept:other"),
        ],
        { actor: { kind: "import", name: "import" } },
      );
      await play(scene);
    });

  it("stay and are listed", () =>
    withExtra(async (scene) => {
      const plan = await scene.import({});
      expect([kept(plan), plan.commits]).toEqual([
        [
          "gone from the files Concept:extra: stays without --prune",
          "gone from the files Concept:other: stays without --prune",
        ],
        0,
      ]);
    }));

  it("go when they are to be pruned", () =>
    withExtra(async (scene) => {
      const plan = await scene.import({}, { prune: true });
      expect([changed(plan), kept(plan)]).toEqual([["- Concept:extra", "- Concept:other"], []]);
      expect(await scene.exported()).toEqual(sampleTexts);
    }));

  it("stay, though they are to be pruned, where a person has edited them or what links to them", () =>
    withExtra(async (scene) => {
      await commit(scene.store, [patch("Concept:other", { title: "Mine" })]);
      const plan = await scene.import({}, { prune: true });
      expect([changed(plan), kept(plan)]).toEqual([
        [],
        ["kept Concept:other: edited by a person", "kept Concept:extra: Concept:other links to it"],
      ]);
      const overwritten = await scene.import({}, { prune: true, overwrite: true });
      expect(changed(overwritten)).toEqual(["- Concept:extra", "- Concept:other"]);
    }));
});

describe("an import that is cut short", () => {
  const limits = { items: 12, bytes: 1_000_000 };

  /** The store, failing at the commit of this number. */
  const failingAt = (store: GraphStore, failing: number): GraphStore => {
    let count = 0;
    return {
      ...store,
      commit: (...args) =>
        ++count === failing ? Promise.reject(new Error("The line was cut.")) : store.commit(...args),
    };
  };

  it("resumes wherever it was cut, with the same result and without doing anything twice", () =>
    withFolder(async (dir) => {
      await writeTexts(dir, sampleTexts);
      const whole = await withMemoryStore((store) => importBank(store, dir, { limits }));
      expect(whole.commits).toBeGreaterThan(5);
      for (let cut = 1; cut <= whole.commits; cut++) {
        await withMemoryStore(async (store) => {
          await expect(importBank(failingAt(store, cut), dir, { limits })).rejects.toThrow("The line was cut.");
          expect(await store.reader().revision()).toBe(cut - 1);
          await importBank(store, dir, { limits });
          expect((await importBank(store, dir)).commits).toBe(0);
          await withFolder(async (out) => {
            await exportBank(store, out);
            expect(await readTexts(out)).toEqual(sampleTexts);
          });
        });
      }
    }));

  it("makes smaller commits for a store that is not done with large ones in time", () =>
    withFolder(async (dir) => {
      await writeTexts(dir, sampleTexts);
      await withMemoryStore(async (store) => {
        const late = new DomainError("DEADLINE_EXCEEDED", "The store was not done in time.");
        const slow: GraphStore = {
          ...store,
          commit: (given, options) =>
            "changes" in given && given.changes.length > 60 ? Promise.reject(late) : store.commit(given, options),
        };
        const { commits } = await importBank(slow, dir, { limits: { items: 500, bytes: 1_000_000 } });
        expect(commits).toBeGreaterThan(1);
        expect((await importBank(store, dir)).commits).toBe(0);
        const stuck: GraphStore = { ...store, commit: () => Promise.reject(late) };
        await writeTexts(dir, { "topics/tuning.yaml": "title: Tuned\nsummary: S\n" });
        await expect(importBank(stuck, dir)).rejects.toBe(late);
      });
    }));

  it("applies a commit once whose answer was lost", () =>
    withFolder(async (dir) => {
      await writeTexts(dir, sampleTexts);
      await withMemoryStore(async (store) => {
        const losing: GraphStore = {
          ...store,
          commit: async (...args) => {
            await store.commit(...args);
            throw new Error("The answer was lost.");
          },
        };
        await expect(importBank(losing, dir)).rejects.toThrow("The answer was lost.");
        expect((await importBank(store, dir)).commits).toBe(0);
        expect((await wholeCommits(store, { after: 0, first: 9 })).length).toBe(1);
      });
    }));

  it("makes the same change again when another import has undone it in between", () =>
    withImported(async (scene) => {
      const [one, two] = [
        edited("tools/faiss.yaml", "title: FAISS", "title: Faiss"),
        { "tools/faiss.yaml": sampleTexts["tools/faiss.yaml"] as string },
      ];
      for (const texts of [one, two, one, two, one]) expect((await scene.import(texts)).commits).toBe(1);
      expect(await titleOf(scene.store, "Tool:faiss")).toBe("Faiss");
    }));
});
