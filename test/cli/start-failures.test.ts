import { once } from "node:events";
import { mkdirSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import path from "node:path";
import { commit } from "../builders/changes";
import { aConcept } from "../builders/nodes";
import { openSqliteStore } from "../../src/store/sqlite/sqlite-store";
import { withFolder } from "../content/temporary-folder";
import { itMounts } from "./it-mounts";
import { startCli } from "./run-cli";

const quiet = { HOST: "127.0.0.1", PORT: "0", FULCRUM_SEED: "off", FULCRUM_DRAIN_MS: "0", FULCRUM_IDE: "off" };

/** Starts the server, after commands of a shell that see disks of their own, and expects it to end with one sentence. */
async function expectSentence(
  sentence: RegExp,
  env: Record<string, string>,
  cwd: string,
  before?: string,
): Promise<void> {
  const { outcome } = startCli(["serve"], { cwd, env: { ...quiet, ...env }, ...(before && { before }) });
  const { code, stderr } = await outcome;
  expect(stderr.trim()).toMatch(sentence);
  expect(stderr.trim().split("\n")).toHaveLength(1);
  expect(code).toBe(1);
}

async function aStore(file: string, concepts = 1): Promise<void> {
  const store = await openSqliteStore({ path: file });
  await store.migrate();
  const all = Array.from({ length: concepts }, (_, i) =>
    aConcept({ slug: `c${i}`, summary: `Summary ${i}. `.repeat(20).trim() }),
  );
  await commit(store, all);
  await store.close();
}

describe("a server that cannot start says why in one sentence and ends with exit code 1", () => {
  it("where its port is taken", () =>
    withFolder(async (cwd) => {
      const other = createServer().listen(0, "127.0.0.1");
      await once(other, "listening");
      const { port } = other.address() as AddressInfo;
      await expectSentence(
        new RegExp(`^The server cannot listen on port ${port} of 127.0.0.1: another program does already.`),
        { PORT: String(port) },
        cwd,
      );
      other.close();
    }));

  it("where its address is no address of this machine", () =>
    withFolder((cwd) =>
      expectSentence(/port 0 of 192.0.2.1: this machine has no such address/, { HOST: "192.0.2.1" }, cwd),
    ));

  it("where its host has no address at all", () =>
    withFolder((cwd) =>
      expectSentence(/of nowhere.invalid: this machine has no such address/, { HOST: "nowhere.invalid" }, cwd),
    ));

  it("where the store's folder does not exist", () =>
    withFolder((cwd) =>
      expectSentence(
        /file none\/a.db cannot be opened: its folder does not exist/,
        { FULCRUM_STORE: "sqlite:none/a.db" },
        cwd,
      ),
    ));

  it("where the store's file is a folder", () =>
    withFolder(async (cwd) => {
      mkdirSync(path.join(cwd, "a.db"));
      await expectSentence(/a.db cannot be opened: it is a folder/, { FULCRUM_STORE: "sqlite:a.db" }, cwd);
    }));

  it("where the store's file is no database", () =>
    withFolder(async (cwd) => {
      writeFileSync(path.join(cwd, "a.db"), "Not a database, but long enough to be taken for one. ".repeat(50));
      await expectSentence(/is not a SQLite database/, { FULCRUM_STORE: "sqlite:a.db" }, cwd);
    }));

  it.each([
    ["in its middle", 0.5],
    ["near its start", 0.1],
  ])("where the store's file is damaged %s", (_, place) =>
    withFolder(async (cwd) => {
      const file = path.join(cwd, "a.db");
      await aStore(file, 500);
      const { size } = statSync(file);
      const handle = openSync(file, "r+");
      const start = Math.floor((size * place) / 4_096) * 4_096;
      writeSync(handle, Buffer.alloc(Math.min(size - start, 40 * 4_096), 0x5a), 0, undefined, start);
      await expectSentence(/damaged|cannot be read/, { FULCRUM_STORE: "sqlite:a.db" }, cwd);
    }),
  );

  itMounts("where the disk is full", () =>
    withFolder((cwd) => {
      mkdirSync(path.join(cwd, "disk"));
      return expectSentence(
        /the disk or its quota is full|the disk is full/,
        { FULCRUM_STORE: "sqlite:disk/a.db" },
        cwd,
        "mount -t tmpfs -o size=16k none disk",
      );
    }),
  );

  itMounts("where the disk can only be read and the store is to be upgraded", () =>
    withFolder(async (cwd) => {
      mkdirSync(path.join(cwd, "disk"));
      await aStore(path.join(cwd, "disk", "a.db"));
      await expectSentence(
        /may not be written; it can be served for reading, with FULCRUM_MIGRATE=off/,
        { FULCRUM_STORE: "sqlite:disk/a.db" },
        cwd,
        "mount --bind disk disk && mount -o remount,ro,bind disk",
      );
    }),
  );
});

itMounts("a store on a disk that can only be read is served for reading when it is not to be upgraded", () =>
  withFolder(async (cwd) => {
    mkdirSync(path.join(cwd, "disk"));
    const file = path.join(cwd, "disk", "a.db");
    await aStore(file);
    const before = readFileSync(file);
    const { child, outcome } = startCli(["serve"], {
      cwd,
      env: { ...quiet, FULCRUM_STORE: "sqlite:disk/a.db", FULCRUM_MIGRATE: "off" },
      before: "mount --bind disk disk && mount -o remount,ro,bind disk",
    });
    const url = await new Promise<string>((resolve, reject) => {
      let text = "";
      child.stdout?.on("data", (chunk: Buffer) => {
        text += chunk.toString();
        const ready = text.split("\n").find((line) => line.includes('"ready"') && line.endsWith("}"));
        if (ready) resolve((JSON.parse(ready) as { url: string }).url);
      });
      void outcome.then(({ code, stderr }) => reject(new Error(`It ended with ${code}:\n${stderr}`)));
    });
    const answer = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: '{ concept(slug: "c0") { summary } }' }),
    });
    expect(await answer.json()).toMatchObject({
      data: { concept: { summary: expect.stringContaining("Summary 0") as string } },
    });
    child.kill("SIGTERM");
    expect((await outcome).code).toBe(0);
    expect(readFileSync(file).equals(before)).toBe(true);
  }),
);
