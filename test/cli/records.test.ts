import { once } from "node:events";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withFolder } from "../content/temporary-folder";
import { asLines } from "../content/records";
import { runCli, startCli } from "./run-cli";

const concept = (slug: string, more: object = {}) => ({ kind: "Concept", slug, title: slug, summary: "One.", ...more });
const lines = asLines([concept("a"), concept("b", { explanation: "After [a](concept:a)." })]);

const withLines = (text: string, use: (cwd: string, store: string) => Promise<void>) =>
  withFolder(async (cwd) => {
    await writeFile(join(cwd, "bank.jsonl"), text);
    await use(cwd, `sqlite:${join(cwd, "bank.db")}`);
  });

describe("fulcrum import and export of JSON Lines", () => {
  it("bring a store to what a file holds, once, and back, to a file or standard output", () =>
    withLines(lines, async (cwd, store) => {
      expect(await runCli(["import", "--store", store, "bank.jsonl"], { cwd })).toEqual({
        code: 0,
        stdout: "",
        stderr: "imported in 1 commit: 2 records, 2 changes\n",
      });
      expect(await runCli(["export", "--store", store, "-"], { cwd })).toEqual({
        code: 0,
        stdout: lines,
        stderr: "wrote 2 records\n",
      });
      for (const target of [["out.jsonl"], ["--format", "jsonl", "out"]]) {
        expect(await runCli(["export", "--store", store, ...target], { cwd })).toMatchObject({ code: 0, stdout: "" });
        expect(await readFile(join(cwd, target.at(-1) as string), "utf8")).toBe(lines);
      }
      const folder = ["export", "--store", store, "--format", "files", "bank.of.jsonl"];
      expect(await runCli(folder, { cwd })).toMatchObject({ code: 0 });
      expect(await readdir(join(cwd, "bank.of.jsonl"))).toContain("concepts");
    }));

  it("take lines from standard input, show what they would do, and what is weak in them", () =>
    withLines("", async (cwd, store) => {
      const input = asLines([concept("a", { explanation: "It takes [5 ms](derived:2*2 ms)." })]);
      expect(await runCli(["import", "--dry-run", "--store", store, "-"], { cwd, input })).toEqual({
        code: 0,
        stdout:
          '+ Concept:a "a"\nstandard input:1:1 warning figure-in-text The text says "5 ms", but 2*2 ms is 4 ms.\n' +
          "    Write 4 ms, or another unit of its quantity.\n",
        stderr: "would be imported: 1 record, 1 change\n",
      });
      expect(await runCli(["import", "--quality", "error", "--store", store, "-"], { cwd, input })).toMatchObject({
        code: 1,
        stderr: "nothing imported: 1 error\n",
      });
    }));

  it("refuse faulty lines by their numbers, and options that go with folders", () =>
    withLines(`${lines}{"kind":"Con`, async (cwd, store) => {
      expect(await runCli(["import", "--store", store, "bank.jsonl"], { cwd })).toEqual({
        code: 1,
        stdout: "bank.jsonl:3:1 error json-record The line is not JSON, or is cut off.\n",
        stderr: "nothing imported: 1 error\n",
      });
      expect(await runCli(["import", "--prune", "--store", store, "bank.jsonl"], { cwd })).toMatchObject({ code: 2 });
      expect(await runCli(["export", "--prune", "-"], { cwd })).toMatchObject({ code: 2 });
      expect(await runCli(["import", "--store", store, "gone.jsonl"], { cwd })).toMatchObject({
        code: 1,
        stderr: "gone.jsonl cannot be read (ENOENT).\n",
      });
    }));

  it("stop at what only the store refuses, with what came before it in the store", () => {
    const prerequisites = Array.from({ length: 13 }, (_, i) => ({ concept: `c-${i}`, reason: `The ${i}th.` }));
    const many = Array.from({ length: 6_000 }, (_, i) => concept(`c-${i}`, i === 3_000 ? { prerequisites } : {}));
    return withLines(asLines(many), async (cwd, store) => {
      expect(await runCli(["import", "--quality", "off", "--store", store, "bank.jsonl"], { cwd })).toEqual({
        code: 1,
        stdout:
          "bank.jsonl:3001:1 error too-many Concept:c-3000 may have at most 12 prerequisites, but would have 13.\n",
        stderr: "stopped after 1 commit, which stand: 1 error\n",
      });
      const { stdout } = await runCli(["export", "--format", "jsonl", "--store", store, "-"], { cwd });
      expect(stdout.trimEnd().split("\n")).toHaveLength(2_000);
    });
  });

  it("go on where an import was interrupted", () => {
    const many = asLines(
      Array.from({ length: 3_000 }, (_, i) =>
        concept(`c-${String(i).padStart(4, "0")}`, {
          explanation: `It follows [another](concept:c-${String((i * 7) % 3_000).padStart(4, "0")}).`,
        }),
      ),
    );
    return withLines(many, async (cwd, store) => {
      const args = ["import", "--quality", "off", "--store", store, "bank.jsonl"];
      const { child, outcome } = startCli([...args, "--progress"], { cwd });
      await once(child.stderr as NodeJS.ReadableStream, "data");
      child.kill("SIGINT");
      const cut = await outcome;
      expect(cut.code).not.toBe(0);
      expect(cut.stderr).toMatch(/^\d+ of 3000 records imported\n/);
      const { code, stderr } = await runCli(args, { cwd });
      expect([code, stderr]).toEqual([
        0,
        expect.stringMatching(/^imported in \d+ commits: 3000 records, \d+ changes\n$/),
      ]);
      expect(stderr).not.toContain(" 3000 changes");
      const { stdout } = await runCli(["export", "--format", "jsonl", "--store", store, "-"], { cwd });
      expect(stdout).toBe(many);
      expect((await runCli(args, { cwd })).stderr).toBe("imported in 0 commits: 3000 records, 0 changes\n");
    });
  });
});
