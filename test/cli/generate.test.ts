import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { parse } from "yaml";
import { fileSchema } from "../../src/content/file-schema";
import { fileKinds, folderOf } from "../../src/content/layout";
import { sampleTexts, sampleWith } from "../content/sample-bank";
import { readTexts, withFolder, writeTexts } from "../content/temporary-folder";
import { runCli } from "./run-cli";

describe("fulcrum generate", () => {
  it("writes the SDL, the graph's schema and a JSON Schema a folder; --check names what differs and how to mend it", () =>
    withFolder(async (root) => {
      const { code, stdout } = await runCli(["generate", "--root", root]);
      const files = Object.keys(await readTexts(root));
      expect(code).toBe(0);
      expect(stdout.split("\n").filter(Boolean).sort()).toEqual(files.map((file) => `wrote: ${file}`));
      expect(files).toEqual([
        ...fileKinds.map((kind) => `schema/content/${folderOf(kind)}.schema.json`).sort(),
        "schema/graph.cypher",
        "schema/schema.graphql",
      ]);
      expect(await runCli(["generate", "--check", "--root", root])).toEqual({ code: 0, stdout: "", stderr: "" });

      await writeTexts(root, { "schema/graph.cypher": "", "schema/content/old.schema.json": "{}" });
      const before = await readTexts(root);
      expect(await runCli(["generate", "--check", "--root", root])).toEqual({
        code: 1,
        stdout: "differs: schema/graph.cypher\ndiffers: schema/content/old.schema.json\n",
        stderr: "2 files out of date; run: npm run generate\n",
      });
      expect(await readTexts(root)).toEqual(before);
      await runCli(["generate", "--root", root]);
      expect(Object.keys(await readTexts(root))).toEqual(files);
    }));

  it("writes the coverage of the bank that lies there; --check notices that the bank or a review changed", () =>
    withFolder(async (root) => {
      await writeTexts(join(root, "seed"), sampleTexts);
      expect((await runCli(["generate", "--root", root])).stdout).toContain("wrote: docs/bank-coverage.md\n");
      const page = () => readFile(join(root, "docs/bank-coverage.md"), "utf8");
      expect(await page()).toContain("| Questions | 2 | ≥ 300 | **short** |\n");

      const { stdout: line } = await runCli(["reviews", join(root, "seed"), "recall-drift"]);
      const reviews = join(root, "docs/bank-reviews.csv");
      await writeFile(reviews, `slug,content hash,verdict,fault found\n${line.trim()},sound,\n`);
      const drifted = { code: 1, stdout: "differs: docs/bank-coverage.md\n" };
      expect(await runCli(["generate", "--check", "--root", root])).toMatchObject(drifted);
      await runCli(["generate", "--root", root]);
      expect(await page()).toContain("| Questions reviewed as they are | 1 | ≥ 150 | **short** |\n");

      await writeTexts(join(root, "seed"), sampleWith("questions/recall-drift.md", "notice", "see"));
      expect(await runCli(["generate", "--check", "--root", root])).toMatchObject(drifted);
      expect(await runCli(["reviews", "--file", reviews, join(root, "seed")])).toEqual({
        code: 0,
        stdout: `${reviews}:2:1 note stale-review recall-drift has changed since it was reviewed.\n`,
        stderr: "0 questions reviewed as they are, 1 note\n",
      });
    }));
});

describe("the JSON Schemas of content files", () => {
  const yamlOf = (text: string): unknown => parse(text.startsWith("---\n") ? (text.split("---\n")[1] as string) : text);
  const validatorOf = (path: string) => {
    const kind = fileKinds.find((each) => path.startsWith(`${folderOf(each)}/`));
    return z.fromJSONSchema(fileSchema(kind as (typeof fileKinds)[number]));
  };

  it.each(Object.keys(sampleTexts))("accept %s", (path) => {
    expect(validatorOf(path).safeParse(yamlOf(sampleTexts[path] as string)).error).toBeUndefined();
  });

  it.each([
    ["roles/ml-engineer.yaml", "summary:", "sumary:"],
    ["topics/search.yaml", "- tuning", "- Tuning!"],
    ["topics/search.yaml", "- tuning", "- topic: tuning"],
    ["concepts/hnsw.yaml", "    reason: The graph is judged by the exact answer.\n", ""],
    ["questions/exact-or-not.md", "difficulty: MEDIUM", "difficulty: Medium"],
    ["questions/exact-or-not.md", "estimatedMinutes: 25", "estimatedMinutes: 500"],
    ["questions/exact-or-not.md", "  states-target:\n", "  States target:\n"],
    ["questions/exact-or-not.md", "weight: 4", "weight: four"],
    ["benchmarks/index-lab.yaml", "unit: ms", "unit: msec"],
    ["benchmarks/index-lab.yaml", "    metric: latency-p99\n", ""],
    ["trade-offs/exact-or-graph.yaml", "side: BEFORE", "side: LEFT"],
  ])("refuse %s with %j as %j", (path, passage, replacement) => {
    const text = sampleTexts[path] as string;
    expect(text).toContain(passage);
    expect(validatorOf(path).safeParse(yamlOf(text.replace(passage, replacement))).success).toBe(false);
  });

  it("describe every key", () => {
    for (const kind of fileKinds) {
      const { properties } = fileSchema(kind) as { properties: Record<string, { description?: string }> };
      expect(Object.entries(properties).filter(([, { description }]) => !description)).toEqual([]);
    }
  });
});
