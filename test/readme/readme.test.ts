import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { cacheBudgets } from "../../src/cache-budgets";
import { variables } from "../../src/config";
import { seedIfEmpty } from "../../src/content/seed-if-empty";
import { createMemoryStore } from "../../src/store/memory/memory-store";
import { post, type RunningApp, runApp } from "../http/running-app";

const root = path.resolve(__dirname, "..", "..");
const example = "next-step";
const examples = ["path", "next-questions", "learning-plan", "figure"];
const cure = "FULCRUM_UPDATE_README=1 npx jest test/readme";

/** Replaces what stands between a section's two marks, or compares it where nothing may be written. */
function settle(document: string, name: string, text: string): void {
  const file = path.join(root, document);
  const [begin, end] = [`<!-- ${name} -->\n`, `<!-- end of ${name} -->\n`];
  const whole = readFileSync(file, "utf8");
  const [before, rest] = whole.split(begin) as [string, string];
  const [current, after] = rest.split(end) as [string, string];
  if (process.env["FULCRUM_UPDATE_README"] && !process.env["CI"])
    writeFileSync(file, before + begin + text + end + after);
  else if (current !== text)
    throw new Error(`The ${name} in ${document} differ from what the program gives. To mend it: ${cure}`);
}

describe("the README", () => {
  let app: RunningApp;
  beforeAll(async () => {
    const store = createMemoryStore();
    await store.migrate();
    await seedIfEmpty(store, path.join(root, "seed"));
    app = await runApp({ store });
  });
  afterAll(() => app.close());

  /** The operations of these names, each with its answer. */
  async function printed(names: readonly string[]): Promise<string> {
    let text = "";
    for (const name of names) {
      const query = readFileSync(path.join(root, "test", "operations", `${name}.graphql`), "utf8").trim();
      // What else an answer tells, its revision and its cost, is not what the example is about.
      const { data, errors } = (await (await post(app, { query })).json()) as { data: unknown; errors?: unknown };
      expect(errors).toBeUndefined();
      text += `\`\`\`graphql\n${query}\n\`\`\`\n\`\`\`json\n${JSON.stringify({ data }, null, 2)}\n\`\`\`\n\n`;
    }
    return text;
  }

  it("prints an example with the answer that the seeded bank gives", async () =>
    settle("README.md", "example", await printed([example])));

  it("is short, and leaves the other examples to a page of their own", async () => {
    expect(readFileSync(path.join(root, "README.md"), "utf8").split("\n").length).toBeLessThanOrEqual(251);
    settle("docs/examples.md", "examples", await printed(examples));
  });

  it("lists every setting with its default", () => {
    const rows = Object.entries(variables).map(
      ([name, { about, fallback }]) => `| \`${name}\` | ${fallback.replace(`${root}/`, "") || "–"} | ${about} |\n`,
    );
    settle("README.md", "settings", `| variable | default | meaning |\n|---|---|---|\n${rows.join("")}`);
  });

  it("lists every cache with what it may take", () => {
    const rows = Object.entries(cacheBudgets).map(
      ([name, { maxBytes, holds }]) => `| \`${name}\` | ${maxBytes / 1_000_000} | ${holds} |\n`,
    );
    settle("README.md", "caches", `| cache | megabytes | holds |\n|---|---:|---|\n${rows.join("")}`);
  });
});
