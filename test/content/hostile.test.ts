import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { lintFolder } from "../../src/content/lint-folder";
import { lintText } from "../../src/content/lint-text";
import { lintLines, sampleTexts, sampleWith } from "./sample-bank";
import { withFolder, writeTexts } from "./temporary-folder";

const role = (text: string) => ({ ...sampleTexts, "roles/ml-engineer.yaml": text });

/** Findings of a folder as `file:line:column rule` and message. */
const foundIn = async (dir: string): Promise<string[][]> =>
  (await lintFolder(dir)).findings.map(({ file, line, column, rule, message }) => [
    `${file}:${line}:${column} ${rule}`,
    message,
  ]);

/** With the milliseconds for which this process had a processor meanwhile, which other processes do not add to. */
async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const start = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(start);
  return [result, (user + system) / 1_000];
}

describe("a hostile file", () => {
  it("of aliases that stand for gigabytes is refused without being unfolded", async () => {
    const levels = Array.from(
      { length: 40 },
      (_, i) => `l${i}: &l${i} [${i ? `*l${i - 1}, *l${i - 1}, *l${i - 1}` : "x"}]\n`,
    );
    const [lines, milliseconds] = await timed(() => lintLines(role(levels.join(""))));
    expect(lines.map(([place]) => place)).toEqual([
      "roles/ml-engineer.yaml:1:5 error yaml-feature",
      "roles/ml-engineer.yaml:2:10 error yaml-feature",
    ]);
    expect(milliseconds).toBeLessThan(5_000);
  });

  it.each([
    ["lists", "[".repeat(100_000)],
    ["maps", "{a: ".repeat(100_000)],
    ["items", `\n${"- ".repeat(100_000)}`],
  ])("of %s nested without end is refused", async (_, text) => {
    const lines = await lintLines(role(`title: ${text}`));
    expect(lines).toEqual([[expect.stringMatching(/^roles.*yaml-syntax$/), "The YAML is nested too deeply."]]);
  });

  it("of very many keys takes a moment, not a minute", async () => {
    const text = Array.from({ length: 50_000 }, (_, i) => `k${i}: 1\n`).join("");
    const [lines, milliseconds] = await timed(() => lintLines(role(text)));
    expect(lines.length).toBeGreaterThan(50_000);
    expect(milliseconds).toBeLessThan(15_000);
  });

  it("that changes what YAML means is refused", async () => {
    const lines = await lintLines(role("%YAML 1.1\n---\ntitle: !!binary aGk=\nsummary: x\n"));
    expect(lines.map(([place, message]) => `${place} ${message}`)).toEqual([
      "roles/ml-engineer.yaml:1:1 error yaml-feature Content files hold no directives, but got: %YAML 1.1",
      "roles/ml-engineer.yaml:3:8 error yaml-feature Content files hold no tags, but got: !!binary",
      "roles/ml-engineer.yaml:3:17 error wrong-type title must be text, but is something else.",
    ]);
  });

  it("of two documents is refused", async () => {
    const lines = await lintLines(role("title: A\nsummary: B\n---\ntitle: C\n"));
    expect(lines).toEqual([
      [expect.stringMatching(/roles.*:3:1 error yaml-syntax/), expect.stringContaining("multiple documents")],
    ]);
  });

  it("with keys that are no names is refused", async () => {
    const lines = await lintLines(role("title: A\nsummary: B\n__proto__: C\nconstructor: D\n? [a]\n: b\n"));
    expect(lines.map(([place]) => place)).toEqual(["roles/ml-engineer.yaml:5:3 error yaml-syntax"]);
    const named = await lintLines(role("title: A\nsummary: B\n__proto__: C\nconstructor: D\n"));
    expect(named.map(([, message]) => message)).toEqual(['A Role has no "__proto__".', 'A Role has no "constructor".']);
  });

  it("of emphasis that is opened without end is read in time", async () => {
    const prompt = `${"*a_".repeat(1_000)}`;
    const text = `---\ntitle: T\nformat: CODING\ndifficulty: EASY\n---\n\n# Prompt\n\n${prompt}\n`;
    const [lines, milliseconds] = await timed(() => lintLines({ ...sampleTexts, "questions/emphasis.md": text }));
    expect(lines).toEqual([]);
    expect(milliseconds).toBeLessThan(10_000);
  });

  it("cannot steer the terminal that its findings are printed to", () => {
    const finding = {
      rule: "r",
      severity: "error",
      structural: true,
      file: "a",
      line: 1,
      column: 1,
      message: "\u001b[2Jx\n\u009by",
    } as const;
    expect(lintText([finding], "seed")).toBe("seed/a:1:1 error r \ufffd[2Jx\ufffd\ufffdy\n");
  });
});

describe("a text", () => {
  it("with line ends of Windows and a byte order mark is read the same, and told to be rewritten", async () => {
    const path = "questions/recall-drift.md";
    const text = `\ufeff${sampleTexts[path]?.replaceAll("\n", "\r\n")}`;
    expect(await lintLines({ ...sampleTexts, [path]: text })).toEqual([
      [
        `${path}:1:1 error canonical-form`,
        "From here on, the file is not in canonical form.",
        "Run fulcrum lint --fix.",
      ],
    ]);
  });

  it.each([
    ["a control character", "\\u001b", "must not hold control characters or broken surrogate pairs"],
    ["half of a surrogate pair", "\\ud800", "must not hold control characters or broken surrogate pairs"],
  ])("with %s is refused", async (_, escape, message) => {
    const lines = await lintLines(sampleWith("topics/tuning.yaml", "title: Tuning", `title: "Tun${escape}ing"`));
    expect(lines).toEqual([["topics/tuning.yaml:1:8 error invalid-value", `title ${message}.`]]);
  });
});

describe("a bank's folder", () => {
  it("without faults has no findings, whatever notes and hidden files lie in it", () =>
    withFolder(async (dir) => {
      await writeTexts(dir, { ...sampleTexts, "README.md": "x", "roles/.swp": "x", ".git/config": "x" });
      expect(await foundIn(dir)).toEqual([]);
    }));

  it("is told of everything that does not belong in it", () =>
    withFolder(async (dir) => {
      await writeTexts(dir, {
        ...sampleTexts,
        "concept/hnsw.yaml": "x",
        "notes.txt": "x",
        "roles/ml-engineer.yml": "x",
        "roles/deep/er.yaml": "x",
        "roles/Some One.yaml": "x",
        "questions/a.yaml": "x",
      });
      expect(await foundIn(dir)).toEqual([
        ["concept:1:1 unexpected-file", "concept is not a folder of a bank."],
        ["notes.txt:1:1 unexpected-file", "notes.txt is not a folder of a bank."],
        ["questions/a.yaml:1:1 unexpected-file", "questions/a.yaml must end in .md."],
        ["roles/Some One.yaml:1:1 invalid-slug", `The file's name must be a kebab-case slug, but got: "Some One".`],
        ["roles/deep:1:1 unexpected-file", "roles/deep is a folder; only files are read."],
        ["roles/ml-engineer.yml:1:1 unexpected-file", "roles/ml-engineer.yml must end in .yaml."],
      ]);
    }));

  it("is not read where files are no texts, and what links to them is not blamed", () =>
    withFolder(async (dir) => {
      await writeTexts(dir, {
        ...sampleTexts,
        "tools/faiss.yaml": Uint8Array.from([0x74, 0xff, 0xfe]),
        "concepts/hnsw.yaml": "title: \0",
        "topics/tuning.yaml": `title: ${"x".repeat(1_000_000)}`,
      });
      expect(await foundIn(dir)).toEqual([
        ["concepts/hnsw.yaml:1:1 unreadable", "The file holds NUL characters, so it is no text."],
        ["tools/faiss.yaml:1:1 unreadable", "The file is not UTF-8 text."],
        ["topics/tuning.yaml:1:1 unreadable", "The file has 1000007 bytes; at most 1000000 are read."],
      ]);
    }));

  it("is not left by symbolic links", () =>
    withFolder(async (dir) => {
      const bank = join(dir, "bank");
      await writeTexts(bank, sampleTexts);
      await mkdir(join(dir, "outside"));
      await writeFile(join(dir, "outside", "secret.yaml"), "title: Secret\nsummary: Secret\n");
      await symlink(join(dir, "outside", "secret.yaml"), join(bank, "roles", "secret.yaml"));
      await symlink(join(dir, "outside"), join(bank, "concept"));
      expect(await foundIn(bank)).toEqual([
        ["concept:1:1 unexpected-file", "concept is not a folder of a bank."],
        ["roles/secret.yaml:1:1 unexpected-file", "roles/secret.yaml is a symbolic link; only files are read."],
      ]);
    }));

  it("that is not there is an error that names it", async () => {
    await expect(lintFolder("/no/such/folder")).rejects.toThrow("The folder /no/such/folder cannot be read (ENOENT).");
  });
});
