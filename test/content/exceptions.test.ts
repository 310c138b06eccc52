import { checkFolder, lintFiles, lintFolder } from "../../src/content/lint-folder";
import { lintSummary } from "../../src/content/lint-text";
import { asFiles, editorialLines, sampleTexts, sampleWith, type Texts } from "./sample-bank";
import { withFolder, writeTexts } from "./temporary-folder";

const stale = sampleWith("benchmarks/index-lab.yaml", "staleAfter: P2Y", "staleAfter: P1M");
const settingsRules = ["stale-figures", "lint-settings", "idle-exception", "canonical-form"];

const exception = (rule: string, subject: string, more = "") =>
  `exceptions:\n  - rule: ${rule}\n    subject: ${subject}\n${more}    reason: The lab is run again in spring.\n`;

const findings = async (texts: Texts, settings?: string) => {
  const folder = { files: asFiles(texts), unread: [], findings: [], ...(settings === undefined ? {} : { settings }) };
  return (await lintFiles(folder, "2026-11-28")).findings;
};

describe("a bank's lint.yaml", () => {
  it("has a bank judged by the rules for a finished one, and only when it says so", async () => {
    expect(await findings(sampleTexts)).toEqual([]);
    expect(await findings(sampleTexts, "editorial: false\n")).toEqual([]);
    expect((await findings(sampleTexts, "editorial: true\n")).length).toBeGreaterThan(0);
  });

  it("excuses a finding, by rule and file, and by what it says", async () => {
    const subject = "benchmarks/index-lab.yaml";
    expect(await editorialLines(stale, settingsRules)).toHaveLength(1);
    expect(await editorialLines(stale, settingsRules, exception("stale-figures", subject))).toEqual([]);
    expect(
      await editorialLines(stale, settingsRules, exception("stale-figures", subject, "    says: until 2026-06-30\n")),
    ).toEqual([]);
  });

  it.each([
    ["of a rule that finds nothing there", sampleTexts, "benchmarks/index-lab.yaml", "", ""],
    ["of another file", stale, "benchmarks/other.yaml", "", ""],
    ["of another saying", stale, "benchmarks/index-lab.yaml", "    says: for ever\n", ' says "for ever"'],
  ])("is an error where it holds an exception %s", async (_, texts, subject, more, saying) => {
    expect(await editorialLines(texts, ["idle-exception"], exception("stale-figures", subject, more))).toEqual([
      [
        "lint.yaml:3:5 error idle-exception",
        `Nothing that stale-figures finds in ${subject}${saying}.`,
        "Remove the exception, or name the file that it is about.",
      ],
    ]);
  });

  it("does not judge an exception while its file cannot be read", async () => {
    const broken = { ...sampleTexts, "benchmarks/index-lab.yaml": "title: [\n" };
    const idle = await editorialLines(
      broken,
      ["idle-exception"],
      exception("stale-figures", "benchmarks/index-lab.yaml"),
    );
    expect(idle).toEqual([]);
  });

  it.each([
    [exception("stale-figure", "x"), "lint.yaml:3:5", 'There is no rule "stale-figure".'],
    [exception("cycle", "x"), "lint.yaml:3:5", "There is no exception to cycle: no store would take the bank."],
    ["exceptions:\n  - rule: orphan\n    subject: x\n", "lint.yaml:3:5", /^exceptions\.0\.reason: /],
    ["exception: []\n", "lint.yaml:1:1", /^lint\.yaml: /],
    ["editorial: [\n", "lint.yaml:3:1", /./],
  ])("is an error that says where: %j", async (settings, place, message) => {
    const text = settings.startsWith("editorial") ? `\n${settings}` : `editorial: true\n${settings}`;
    const found = (await findings(sampleTexts, text)).filter(({ file }) => file === "lint.yaml");
    expect(
      found.map(({ line, column, rule, severity, structural }) => [line, column, rule, severity, structural]),
    ).toEqual([[...place.split(":").slice(1).map(Number), "lint-settings", "error", false]]);
    expect(found[0]?.message).toMatch(message);
  });
});

it("lies in the bank's folder beside those of the kinds", () =>
  withFolder(async (dir) => {
    await writeTexts(dir, { ...sampleTexts, "lint.yaml": "editorial: true\n" });
    const { findings: found, fileCount } = await lintFolder(dir);
    expect(fileCount).toBe(Object.keys(sampleTexts).length);
    expect(new Set(found.map(({ rule }) => rule))).toContain("usual-count");
    expect(found.filter(({ file }) => file === "lint.yaml")).toEqual([]);
    expect((await checkFolder(dir)).findings).toEqual([]);
  }));

describe("a summary of findings", () => {
  it("counts notes apart, where there are any", async () => {
    const all = await findings(stale, "editorial: true\n");
    expect(lintSummary(all.filter(({ severity }) => severity === "note"))).toBe("0 errors and 0 warnings, 1 note");
    expect(lintSummary([])).toBe("0 errors and 0 warnings");
  });
});
