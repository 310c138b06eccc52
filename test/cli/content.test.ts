import { once } from "node:events";
import { join } from "node:path";
import { sampleTexts, sampleWith } from "../content/sample-bank";
import { readTexts, withFolder, writeTexts } from "../content/temporary-folder";
import { runCli, startCli } from "./run-cli";

/** Lends a folder in which `bank` holds the texts, and the name of a store. */
const withBank = (texts: Readonly<Record<string, string>>, use: (dir: string, store: string) => Promise<void>) =>
  withFolder(async (dir) => {
    await writeTexts(join(dir, "bank"), texts);
    await use(dir, `sqlite:${join(dir, "bank.db")}`);
  });

describe("fulcrum lint", () => {
  it("is silent about a sound bank but for a summary, with exit code 0", () =>
    withBank(sampleTexts, async (cwd) => {
      expect(await runCli(["lint", "bank"], { cwd })).toEqual({
        code: 0,
        stdout: "",
        stderr: "0 errors and 0 warnings in 14 files\n",
      });
    }));

  it("prints findings with their hints below them, with exit code 1", () =>
    withBank(sampleWith("topics/search.yaml", "- tuning", "- tunning"), async (cwd) => {
      expect(await runCli(["lint", "bank"], { cwd })).toEqual({
        code: 1,
        stdout:
          'bank/topics/search.yaml:4:5 error target-not-found Topic:tunning does not exist.\n    Did you mean "tuning"?\n',
        stderr: "1 error and 0 warnings in 14 files\n",
      });
    }));

  it("passes with warnings, unless it is strict", () =>
    withBank(
      sampleWith("questions/exact-or-not.md", "    meets:\n      - criterion: states-target\n", ""),
      async (cwd) => {
        const { code, stdout } = await runCli(["lint", "bank"], { cwd });
        expect([code, stdout.split("\n")[0]]).toEqual([
          0,
          'bank/questions/exact-or-not.md:23:3 warning unmet-criterion No answer meets "states-target".',
        ]);
        expect(await runCli(["lint", "--strict", "bank"], { cwd })).toMatchObject({ code: 1 });
      },
    ));

  it("prints SARIF when asked to", () =>
    withBank(sampleWith("topics/search.yaml", "- tuning", "- tunning"), async (cwd) => {
      const { code, stdout } = await runCli(["lint", "--format", "sarif", "bank"], { cwd });
      expect(code).toBe(1);
      expect(JSON.parse(stdout)).toMatchObject({
        version: "2.1.0",
        runs: [{ results: [{ ruleId: "target-not-found" }] }],
      });
    }));

  it("rewrites files in canonical form, and leaves all alone while one cannot be read", () =>
    withBank(
      sampleWith("roles/ml-engineer.yaml", "title: Machine-learning engineer", "title:   'Machine-learning engineer'"),
      async (cwd) => {
        await writeTexts(join(cwd, "bank"), { "topics/torn.yaml": "title: [" });
        const refused = await runCli(["lint", "--fix", "bank"], { cwd });
        expect([refused.code, refused.stderr]).toEqual([
          1,
          "nothing rewritten: mend what cannot be read first\n2 errors and 0 warnings in 15 files\n",
        ]);
        await writeTexts(join(cwd, "bank"), { "topics/torn.yaml": "title: T\nsummary: S\n" });
        const fixed = await runCli(["lint", "--fix", "bank"], { cwd });
        expect([fixed.code, fixed.stderr]).toEqual([0, "rewrote 1 file\n0 errors and 0 warnings in 15 files\n"]);
        expect((await readTexts(join(cwd, "bank")))["roles/ml-engineer.yaml"]).toBe(
          sampleTexts["roles/ml-engineer.yaml"],
        );
      },
    ));
});

describe("fulcrum import and export", () => {
  it("bring a bank into a store and back, byte for byte; a second import does nothing", () =>
    withBank(sampleTexts, async (cwd, store) => {
      expect(await runCli(["import", "--store", store, "bank"], { cwd })).toEqual({
        code: 0,
        stdout: "",
        stderr: "imported in 1 commit: 30 new nodes, 67 new links\n",
      });
      expect(await runCli(["import", "bank"], { cwd, env: { FULCRUM_STORE: store } })).toMatchObject({
        code: 0,
        stderr: "imported in 0 commits: nothing differs\n",
      });
      expect(await runCli(["export", "--store", store, "out"], { cwd })).toEqual({
        code: 0,
        stdout: "",
        stderr: "wrote 14 files, 0 unchanged\n",
      });
      expect(await readTexts(join(cwd, "out"))).toEqual(sampleTexts);
    }));

  it("show what an import would do", () =>
    withBank(sampleTexts, async (cwd, store) => {
      const { code, stdout, stderr } = await runCli(["import", "--dry-run", "--store", store, "bank"], { cwd });
      expect([code, stderr]).toEqual([0, "would be imported: 30 new nodes, 67 new links\n"]);
      expect(stdout.split("\n")).toEqual(
        expect.arrayContaining([
          '+ Concept:hnsw "Navigable small worlds", with 2 links',
          '+ Question:exact-or-not "Exact or approximate search", with 4 owned nodes and 11 links',
        ]),
      );
      expect((await runCli(["export", "--store", store, "out"], { cwd })).stderr).toBe("wrote 0 files, 0 unchanged\n");
    }));

  it("refuse files with structural errors", () =>
    withBank(sampleWith("topics/search.yaml", "- tuning", "- tunning"), async (cwd, store) => {
      const { code, stdout, stderr } = await runCli(["import", "--store", store, "bank"], { cwd });
      expect([code, stderr]).toEqual([1, "nothing imported: 1 error\n"]);
      expect(stdout).toContain("bank/topics/search.yaml:4:5 error target-not-found");
    }));

  it("go on where an import was killed", () => {
    const many = Object.fromEntries(
      Array.from({ length: 4_000 }, (_, i) => [
        `concepts/c${i}.yaml`,
        `title: Concept ${i}\nsummary: It follows [another](concept:c${(i * 7) % 4_000}).\n`,
      ]),
    );
    return withBank(many, async (cwd, store) => {
      const { child, outcome } = startCli(["import", "--progress", "--store", store, "bank"], { cwd });
      await once(child.stderr as NodeJS.ReadableStream, "data");
      child.kill("SIGKILL");
      const { stderr: progress } = await outcome;
      expect(progress).toMatch(/^\d+ of \d+ changes committed\n/);
      const { code, stderr } = await runCli(["import", "--store", store, "bank"], { cwd });
      expect(code).toBe(0);
      expect(stderr).toMatch(/^imported in [1-9]\d* commits?: /);
      expect(stderr).not.toContain("4000 new nodes");
      expect((await runCli(["import", "--store", store, "bank"], { cwd })).stderr).toContain("nothing differs");
      await runCli(["export", "--store", store, "out"], { cwd });
      expect(await readTexts(join(cwd, "out"))).toEqual(many);
    });
  });
});

describe("fulcrum migrate", () => {
  it("sets a store up, and may be repeated", () =>
    withBank({}, async (cwd, store) => {
      for (let i = 0; i < 2; i++)
        expect(await runCli(["migrate", "--store", store], { cwd })).toEqual({
          code: 0,
          stdout: "",
          stderr: "the store is set up\n",
        });
    }));
});
