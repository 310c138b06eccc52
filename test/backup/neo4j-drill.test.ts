import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { load } from "../../bench/load";
import { seedIfEmpty } from "../../src/content/seed-if-empty";
import type { LiveDumpPart } from "../../src/domain/backup/dump";
import type { Database } from "../../src/domain/database";
import { CommitWindow } from "../../src/store/neo4j/driver/commit-window";
import { Connections } from "../../src/store/neo4j/driver/connections";
import { Reads } from "../../src/store/neo4j/driver/reads";
import { type Transact, Writes } from "../../src/store/neo4j/driver/writes";
import { dump } from "../../src/store/neo4j/dump";
import { dumpNeo4j } from "../../src/store/neo4j/neo4j-backup";
import { finishCopy } from "../../src/store/sqlite/copy-bank";
import { loadBank } from "../../src/store/sqlite/load";
import { commit, patch } from "../builders/changes";
import { aDraft, revised } from "../builders/drafts";
import { aConcept } from "../builders/nodes";
import { runCli } from "../cli/run-cli";
import { secondsSince, tell } from "../long/figures";
import { isLong, share } from "../long/scale";
import { describeNeo4j } from "../neo4j/neo4j-for-tests";
import { patientTimeouts } from "../neo4j/timeouts";
import { withFile, withOpenStore } from "../store/sqlite/store-file";
import { editOf } from "./edits";
import { contentUpTo, expectSound } from "./whole-content";

const root = path.resolve(__dirname, "../..");
const rounds = share(5, 1);

/** Commits wait for as long as the machine needs, since no test may depend on how fast it is. */
const patient = { maxHoldMilliseconds: 600_000 };

/** A process that edits until it is killed. */
class Writer {
  /** How many of its edits were acknowledged. */
  acknowledged = 0;
  private readonly ended: Promise<unknown>;
  private waiting: (() => void)[] = [];

  private constructor(
    readonly name: string,
    private readonly child: ChildProcess,
  ) {
    this.ended = once(child, "exit");
    createInterface(child.stdout!).on("line", (line) => {
      this.acknowledged = Number(line);
      for (const wake of this.waiting.splice(0)) wake();
    });
  }

  static start(name: string, { uri, user = "", password = "" }: { uri: string; user?: string; password?: string }) {
    const script = ["--require", path.join(root, "test/typescript.cjs"), path.join(__dirname, "endless-editor.ts")];
    const args = [...script, name, uri, user, password];
    return new Writer(name, spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] }));
  }

  async until(count: number): Promise<void> {
    while (this.acknowledged < count) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  /** In the middle of whatever it is doing. */
  async kill(): Promise<void> {
    this.child.kill("SIGKILL");
    await this.ended;
  }
}

/**
 * The locking one, the head, changes and nodes of the commit that is new, keys of commits and of saves, versions of drafts,
 * and API keys. Rows: the head, the commit with a part of each, the keys of the commits since the look before, and that of a
 * save and the version of a draft.
 */
const mostUnderLock = { statements: 8, rows: 8 };

/** What a transaction did while it held the head's lock. */
interface Held {
  readonly statements: number;
  readonly rows: number;
  readonly milliseconds: number;
}

/** Counts what is done under the head's lock, which the first statement of each transaction takes. */
class WatchedWrites extends Writes {
  readonly held: Held[] = [];

  override async transact<T>(work: Parameters<Transact>[0]): Promise<T> {
    let [statements, rows, since] = [0, 0, 0];
    const result = await super.transact((run) => {
      [statements, rows] = [0, 0];
      return work(async (statement) => {
        const found = await run(statement);
        if (statements++ === 0) since = performance.now();
        rows += found.length;
        return found;
      });
    });
    this.held.push({ statements, rows, milliseconds: performance.now() - since });
    return result as T;
  }
}

const maxOf = (held: readonly Held[], of: keyof Held): number => Math.max(...held.map((each) => each[of]));

describeNeo4j("a backup of a Neo4j that is written to", (neo4j) => {
  const address = () => ({ ...neo4j.address, user: neo4j.address.user ?? "", password: neo4j.address.password ?? "" });

  /** What a dump did under the head's lock, while something is done after each of its pieces. */
  async function heldBy(disturb: (part: LiveDumpPart) => Promise<void>, options = patient): Promise<readonly Held[]> {
    const connections = new Connections({ ...address(), timeouts: patientTimeouts }, 4);
    const window = new CommitWindow();
    const reads = new Reads(connections, window);
    const writes = new WatchedWrites(connections, window, (bookmarks) => (reads.bookmarks = bookmarks));
    try {
      for await (const part of dump(reads, writes, options)) await disturb(part);
      return writes.held;
    } finally {
      await connections.close();
    }
  }

  it(`holds all that was acknowledged before it began, though writers are killed meanwhile, in ${rounds} rounds`, async () => {
    const started = performance.now();
    let compared = 0;
    for (let round = 0; round < rounds; round++) compared += await withFile(drill);
    tell("Backup of Neo4j under writers that are killed", "Neo4j", {
      rounds,
      "edits acknowledged before": compared,
      "of them lost": 0,
      seconds: secondsSince(started),
    });
  });

  /** Gives how many edits were compared. */
  async function drill(file: string): Promise<number> {
    const store = await neo4j.emptyStore();
    await commit(
      store,
      Array.from({ length: 500 }, (_, n) => aConcept({ slug: `old-${n}` })),
    );
    const writers = ["ada", "grace"].map((name) => Writer.start(name, neo4j.address));
    const [dying, going] = writers as [Writer, Writer];
    let before: readonly (readonly [string, number])[];
    try {
      await Promise.all(writers.map((writer) => writer.until(5)));
      before = writers.map(({ name, acknowledged }) => [name, acknowledged]);
      const parts = async function* () {
        let isFirst = true;
        for await (const part of dumpNeo4j(address(), patient)) {
          yield part;
          if (!("items" in part && isFirst)) continue;
          isFirst = false;
          await dying.kill();
          await going.until(going.acknowledged + 2);
        }
      };
      await loadBank(file, parts());
    } finally {
      await Promise.all(writers.map((writer) => writer.kill()));
    }
    await finishCopy(file);
    expect(await runCli(["restore", "--store", `sqlite:${file}.restored`, file])).toMatchObject({
      code: 0,
      stdout: "",
    });
    await withOpenStore({ path: `${file}.restored` }, async (copy) => {
      const { revision } = await copy.head();
      expect((await store.head()).revision).toBeGreaterThanOrEqual(revision);
      expect(await contentUpTo(copy, Infinity)).toEqual(await contentUpTo(store, revision));
      await expectSound(copy);
      for (const [name, count] of before) await expectEdits(copy, store, name, count);
    });
    return before.reduce((sum, [, count]) => sum + count, 0);
  }

  /** Fails unless the copy has all that the edits of a writer left in the original, and does none of them again. */
  async function expectEdits(copy: Database, original: Database, writer: string, count: number): Promise<void> {
    const keys = new Set((await copy.keys.keys()).map(({ id }) => id));
    for (let n = 1; n <= count; n++) {
      const { draft, save, commit, apiKey } = editOf(writer, n);
      expect(await copy.drafts.draft(draft.id)).toEqual(await original.drafts.draft(draft.id));
      expect(await copy.drafts.resultOf(save)).toBe(save.result);
      expect(await copy.commit(...commit)).toEqual({ ...(await original.commit(...commit)), replayed: true });
      expect(keys).toContain(apiKey.id);
    }
  }

  it("does no more under the head's lock for a long log of a large bank than for a short one", async () => {
    const held: Pick<Held, "statements" | "rows">[] = [];
    for (const commits of [5, 60]) {
      const store = await neo4j.emptyStore();
      for (let n = 0; n < commits; n++)
        await commit(
          store,
          Array.from({ length: 40 }, (_, i) => aConcept({ slug: `c-${n}-${i}` })),
        );
      await saveOftenBefore(store, commits);
      // One commit while the graph is read, and one after the last look without the lock, which is read under it.
      const titles = new Map([
        ["slugs", "One"],
        ["laterEntries", "Two"],
      ]);
      const all = await heldBy(async (part) => {
        const [kind] = Object.keys(part) as [string];
        const title = titles.get(kind);
        if (title) await commit(store, [patch("Concept:c-0-0", { title })]);
        titles.delete(kind);
      });
      expect(titles.size).toBe(0);
      held.push({ statements: maxOf(all, "statements"), rows: maxOf(all, "rows") });
    }
    expect(held).toEqual([mostUnderLock, mostUnderLock]);
  });

  /** Saves a draft so many times half an hour ago, and once now. */
  async function saveOftenBefore(store: Database, count: number): Promise<void> {
    let draft = aDraft({ id: "d" });
    for (let n = 0; n <= count; n++) {
      await store.drafts.save(draft, { principal: "key:ada", key: `save-${n}`, inputHash: "h", result: "1" });
      draft = revised(draft, {});
    }
    await neo4j.query("MATCH (k:_RepeatKey) WHERE k.key <> $last SET k.at = k.at - 1800000", { last: `save-${count}` });
  }

  const banks: readonly (readonly [string, (store: Database) => Promise<unknown>])[] = [
    ["the seed", (store) => seedIfEmpty(store, path.join(root, "seed"))],
    ["3,000 questions", (store) => load(store, 3_000)],
  ];
  (isLong ? it : it.skip).each(banks)("lets commits go on within a second, of %s", async (bank, fill) => {
    const store = await neo4j.emptyStore();
    await fill(store);
    const writer = Writer.start("ada", neo4j.address);
    try {
      await writer.until(3);
      const started = performance.now();
      const held = await heldBy(() => Promise.resolve(), { maxHoldMilliseconds: 750 });
      tell("How long a backup of Neo4j keeps commits waiting", bank, {
        "times that the head was locked": held.length,
        "statements at most, the locking one included": maxOf(held, "statements"),
        "rows at most": maxOf(held, "rows"),
        "milliseconds at most": Math.round(maxOf(held, "milliseconds")),
        "milliseconds at the end": Math.round(held.at(-1)!.milliseconds),
        "seconds of the whole backup": secondsSince(started),
      });
    } finally {
      await writer.kill();
    }
  });
});
