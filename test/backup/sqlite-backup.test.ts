import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, copyFileSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { verifyChain } from "../../src/domain/changes/verify-chain";
import type { Database } from "../../src/domain/database";
import { findDrift } from "../../src/domain/drift";
import { SqliteConnection } from "../../src/store/sqlite/connection";
import { beginRestore } from "../../src/store/sqlite/copy-bank";
import { sql } from "../../src/store/sqlite/sql";
import { openSqliteStore } from "../../src/store/sqlite/sqlite-store";
import { commit, patch } from "../builders/changes";
import { aDraft } from "../builders/drafts";
import { aConcept } from "../builders/nodes";
import { itMounts } from "../cli/it-mounts";
import { runCli, startCli } from "../cli/run-cli";
import { keepLogAsBefore } from "../store/sqlite/older-log";
import { withFile, withOpenStore } from "../store/sqlite/store-file";
import { contentUpTo } from "./whole-content";

/** Commits so much to a file that copying it takes some time. */
const fillAtLength = (file: string): Promise<unknown> =>
  withOpenStore({ path: file }, (store) =>
    commit(
      store,
      Array.from({ length: 1_500 }, (_, i) =>
        aConcept({ slug: `c${i}`, explanation: `${i} at length. `.repeat(1_200).trim() }),
      ),
    ),
  );

const script = (name: string) => [
  "--require",
  path.join(__dirname, "..", "typescript.cjs"),
  path.join(__dirname, "..", "store", "sqlite", name),
];

const backup = (store: string, file: string, ...more: string[]) =>
  runCli(["backup", "--store", `sqlite:${store}`, file, ...more]);

const restore = (file: string, store: string, ...more: string[]) =>
  runCli(["restore", "--store", `sqlite:${store}`, file, ...more]);

async function aBank(store: Database): Promise<void> {
  await commit(store, [
    aConcept({ slug: "a" }),
    aConcept({ slug: "b", explanation: "At length. ".repeat(900).trim() }),
  ]);
  await commit(store, [patch("Concept:a", { title: "Another" })]);
}

/** Lends a closed file that holds a bank at revision 2. */
const withBank = <T>(use: (file: string) => Promise<T>): Promise<T> =>
  withFile(async (file) => {
    await withOpenStore({ path: file }, aBank);
    return use(file);
  });

const filesBeside = (file: string) => readdirSync(path.dirname(file)).sort();

describe("a backup of a SQLite store", () => {
  it("holds all that was acknowledged before it began, though a process writes meanwhile and is then killed", () =>
    withFile(async (file) => {
      const key = {
        id: "k1",
        name: "ci",
        role: "EDITOR",
        hash: "0".repeat(64),
        createdAt: "2026-12-01T00:00:00.000Z",
        expiresAt: null,
        revokedAt: null,
        lastUsedAt: null,
      } as const;
      const draft = aDraft({ id: "d1" });
      const repeat = { principal: "p", key: "s", inputHash: "h" };
      const actor = { kind: "person", name: "ada" } as const;
      const first = { title: "First", changes: [aConcept({ slug: "first" })] };
      await withOpenStore({ path: file }, async (store) => {
        await store.commit(first, { actor, idempotencyKey: "first" });
        await store.keys.add(key);
        await store.drafts.save(draft, { ...repeat, result: '"saved"' });
      });

      const writer = spawn(process.execPath, [...script("endless-writer.ts"), file], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const ended = once(writer, "exit");
      let acknowledged = 0;
      let before: number | null = null;
      let copied: ReturnType<typeof backup> | null = null;
      for await (const line of createInterface(writer.stdout)) {
        acknowledged = Number(line);
        if (acknowledged < 30 || copied) continue;
        before = acknowledged;
        copied = backup(file, `${file}.backup`);
        void copied.then(() => writer.kill("SIGKILL"));
      }
      await ended;
      const { code, stderr } = await copied!;
      expect(stderr).toMatch(/backed up revision \d+ to .*: \d+\.\d MB, head \d+:[0-9a-f]{64}\n$/);
      expect(code).toBe(0);
      expect(acknowledged).toBeGreaterThan(before!);
      const [, revision, hash] = /head (\d+):([0-9a-f]{64})/.exec(stderr)!;
      expect(Number(revision)).toBeGreaterThanOrEqual(before!);

      const restored = await restore(`${file}.backup`, `${file}.restored`);
      expect(restored).toMatchObject({ code: 0, stdout: "" });
      expect(restored.stderr).toContain(`the log is chained up to ${revision}:${hash}`);
      await withOpenStore({ path: file }, (original) =>
        withOpenStore({ path: `${file}.restored` }, async (copy) => {
          expect(await copy.head()).toEqual({ revision: Number(revision), hash });
          expect(await contentUpTo(copy, Infinity)).toEqual(await contentUpTo(original, Number(revision)));
          expect((await verifyChain(copy)).faults).toEqual([]);
          expect(await findDrift(copy)).toMatchObject({ items: [], strays: [] });
          expect(await copy.keys.keys()).toEqual([key]);
          expect(await copy.drafts.draft("d1")).toEqual(draft);
          expect(await copy.drafts.resultOf(repeat)).toBe('"saved"');
          const again = await copy.commit(first, { actor, idempotencyKey: "first" });
          expect(again).toEqual({ revision: 1, changes: 1, replayed: true });
        }),
      );
    }));

  it("is one file that only its owner reads, and holds what lies in the write-ahead log", () =>
    withFile((file) =>
      withOpenStore({ path: file, idleMilliseconds: 600_000 }, async (store) => {
        await aBank(store);
        expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);
        expect((await backup(file, `${file}.backup`)).code).toBe(0);
        expect(statSync(`${file}.backup`).mode & 0o777).toBe(0o600);
        expect(filesBeside(file)).toEqual(["bank.db", "bank.db-shm", "bank.db-wal", "bank.db.backup"]);
        const { code, stderr } = await runCli(["verify", "--store", `sqlite:${file}.backup`]);
        expect([code, stderr]).toEqual([0, expect.stringContaining("2 items as the log has them at revision 2")]);
      }),
    ));

  it("takes no file's place unless told to, nor ever the store's own", () =>
    withBank(async (file) => {
      writeFileSync(`${file}.backup`, "mine");
      const refused = await backup(file, `${file}.backup`);
      expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("is there already") as string });
      expect(readFileSync(`${file}.backup`, "utf8")).toBe("mine");
      expect((await backup(file, `${file}.backup`, "--force")).code).toBe(0);
      expect(statSync(`${file}.backup`).mode & 0o777).toBe(0o600);
      const itself = await backup(file, file, "--force");
      expect(itself).toMatchObject({ code: 1, stderr: `${file} is the store itself.\n` });
    }));

  it.each(["SIGKILL", "SIGTERM"] as const)("leaves no file under its name when it ends by %s", (signal) =>
    withFile(async (file) => {
      await fillAtLength(file);
      const { child, outcome } = startCli(["backup", "--progress", "--store", `sqlite:${file}`, `${file}.backup`]);
      child.stderr!.once("data", () => child.kill(signal));
      expect((await outcome).code).not.toBe(0);
      const left = filesBeside(file).filter((name) => name.startsWith("bank.db.backup"));
      if (signal === "SIGTERM") expect(left).toEqual([]);
      else expect(left.every((name) => /\.tmp(-\w+)?$/.test(name))).toBe(true);
    }),
  );

  itMounts("is given up in one sentence where the disk is full", () =>
    withBank(async (file) => {
      const cwd = path.dirname(file);
      const before = "mkdir -p disk && mount -t tmpfs -o size=64k none disk";
      for (const args of [
        ["backup", "--store", `sqlite:${file}`, "disk/a.db"],
        ["restore", "--store", "sqlite:disk/a.db", file],
      ]) {
        const { code, stderr } = await runCli(args, { cwd, before });
        expect([code, stderr]).toEqual([1, expect.stringMatching(/disk\/a\.db cannot be written.*\.\n$/)]);
        expect(stderr.trim().split("\n")).toHaveLength(1);
      }
    }),
  );

  it("is refused for a file that is not there or is no bank, and leaves nothing", () =>
    withFile(async (file) => {
      expect(await backup(file, `${file}.backup`)).toMatchObject({ code: 1, stderr: `There is no file ${file}.\n` });
      writeFileSync(file, "no database at all, but long enough to be looked at\n".repeat(100));
      expect(await backup(file, `${file}.backup`)).toMatchObject({
        code: 1,
        stderr: `${file} is not a SQLite database.\n`,
      });
      expect(filesBeside(file)).toEqual(["bank.db"]);
    }));
});

describe("a restore into a SQLite file", () => {
  it("is refused where the store holds anything, and changes nothing", () =>
    withBank(async (file) => {
      await backup(file, `${file}.backup`);
      const { code, stderr } = await restore(`${file}.backup`, file);
      expect([code, stderr]).toEqual([
        1,
        `sqlite:${file} is not empty; a backup goes into a store that holds nothing.\n`,
      ]);
      await withOpenStore({ path: file }, async (store) => expect((await store.head()).revision).toBe(2));
    }));

  it("fills a store that was set up and holds nothing", () =>
    withBank(async (file) => {
      await backup(file, `${file}.backup`);
      await withOpenStore({ path: `${file}.empty` }, () => Promise.resolve());
      expect((await restore(`${file}.backup`, `${file}.empty`)).code).toBe(0);
      await withOpenStore({ path: `${file}.empty` }, async (store) => expect((await store.head()).revision).toBe(2));
    }));

  it("that was cut short leaves a store that nothing opens, until it is done again", () =>
    withBank(async (file) => {
      await backup(file, `${file}.backup`);
      await beginRestore(`${file}.half`);
      const sentence = /^A restore into this store is going on, or was cut short/;
      await expect(openSqliteStore({ path: `${file}.half` })).rejects.toMatchObject({ code: "STORE_MISMATCH" });
      for (const command of ["verify", "migrate", "serve"]) {
        const { code, stderr } = await runCli([command, "--store", `sqlite:${file}.half`]);
        expect([code, stderr]).toEqual([1, expect.stringMatching(sentence)]);
      }
      const copied = await backup(`${file}.half`, `${file}.never`);
      expect([copied.code, copied.stderr]).toEqual([1, expect.stringMatching(sentence)]);
      expect((await restore(`${file}.backup`, `${file}.half`)).code).toBe(0);
      await withOpenStore({ path: `${file}.half` }, async (store) => expect((await store.head()).revision).toBe(2));
    }));

  it("that is killed leaves the mark, or all of it", () =>
    withFile(async (file) => {
      await fillAtLength(file);
      await backup(file, `${file}.backup`);
      const { child, outcome } = startCli([
        ...["restore", "--progress", "--store", `sqlite:${file}.half`],
        `${file}.backup`,
      ]);
      child.stderr!.once("data", () => child.kill("SIGKILL"));
      await outcome;
      const opened = await openSqliteStore({ path: `${file}.half` }).then(
        async (store) => {
          const { revision } = await store.head();
          await store.close();
          return revision;
        },
        (error: { code: string }) => error.code,
      );
      expect([1, "STORE_MISMATCH"]).toContain(opened);
    }));

  it("is refused for a damaged backup, for a file that is none, and for one of a newer program", () =>
    withBank(async (file) => {
      await backup(file, `${file}.backup`);
      const refusal = async (name: string) => {
        const { code, stderr } = await restore(name, `${file}.target`);
        expect(code).toBe(1);
        expect(filesBeside(file)).not.toContain("bank.db.target");
        return stderr;
      };
      copyFileSync(`${file}.backup`, `${file}.damaged`);
      const bytes = readFileSync(`${file}.damaged`);
      for (let page = 2; page < bytes.length / 4_096; page++) bytes.fill(0xff, page * 4_096, page * 4_096 + 64);
      writeFileSync(`${file}.damaged`, bytes);
      expect(await refusal(`${file}.damaged`)).toMatch(/damaged cannot be restored: .* is damaged/);
      writeFileSync(`${file}.text`, "a text, and no bank\n".repeat(500));
      expect(await refusal(`${file}.text`)).toMatch(/cannot be restored: .* is not a SQLite database\.$/m);
      const newer = new SqliteConnection(`${file}.backup`);
      newer.execute("PRAGMA user_version = 1000");
      newer.close();
      expect(await refusal(`${file}.backup`)).toMatch(/storage version 1000, .* use a newer program/);
    }));

  it("is refused where a backup is cut off", () =>
    withBank(async (file) => {
      await backup(file, `${file}.backup`);
      const bytes = readFileSync(`${file}.backup`);
      writeFileSync(`${file}.backup`, bytes.subarray(0, Math.floor(bytes.length / 2 / 4_096) * 4_096));
      const { code, stderr } = await restore(`${file}.backup`, `${file}.target`);
      expect([code, stderr]).toEqual([1, expect.stringMatching(/cannot be restored: .*damaged/)]);
    }));

  it("shows a backup whose log was tampered with, by exit code and entry", () =>
    withBank(async (file) => {
      await backup(file, `${file}.backup`);
      const connection = new SqliteConnection(`${file}.backup`);
      connection.execute("UPDATE commit_log SET actor_name = 'mallory' WHERE revision = 2");
      connection.close();
      const { code, stdout } = await restore(`${file}.backup`, `${file}.target`);
      expect([code, stdout]).toEqual([1, expect.stringMatching(/^entry 2 of the log has the hash/)]);
    }));

  it("brings a backup of an older format to this one", () =>
    withBank(async (file) => {
      await withOpenStore({ path: file }, (store) => keepLogAsBefore(store, file));
      const { code, stderr } = await backup(file, `${file}.backup`);
      expect([code, stderr]).toEqual([0, expect.stringMatching(/^backed up revision 2 to .*: \d+\.\d MB\n$/)]);
      const restored = await restore(`${file}.backup`, `${file}.target`);
      expect(restored).toMatchObject({ code: 0, stdout: "" });
      expect(restored.stderr).toContain("entries up to 2 are older than the chain");
      const connection = new SqliteConnection(`${file}.backup`);
      expect(connection.row(sql`PRAGMA user_version`)).toEqual([6]);
      connection.close();
    }));

  it("takes a backup that may only be read", () =>
    withBank(async (file) => {
      await backup(file, `${file}.backup`);
      chmodSync(`${file}.backup`, 0o400);
      expect((await restore(`${file}.backup`, `${file}.target`)).code).toBe(0);
    }));
});
