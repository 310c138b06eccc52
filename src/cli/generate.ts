import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import path from "node:path";
import { Command } from "commander";
import { projectRoot } from "../project";
import { coveragePage, readCoverage } from "../content/coverage-page";
import { fileSchema } from "../content/file-schema";
import { fileKinds, folderOf } from "../content/layout";
import { counted } from "../content/lint-text";

const contentFolder = "schema/content";

/**
 * Returns the text of every generated file by its path from the project's root. The coverage page is included only if
 * there is a bank in `seed`.
 */
async function generatedFiles(root: string): Promise<ReadonlyMap<string, string>> {
  const { schemaSdl } = await import("../graphql/build-schema.js");
  const { schemaScript } = await import("../store/neo4j/cypher/schema.js");
  return new Map([
    ["schema/schema.graphql", schemaSdl()],
    ["schema/graph.cypher", schemaScript()],
    ...fileKinds.map((kind): [string, string] => [
      `${contentFolder}/${folderOf(kind)}.schema.json`,
      `${JSON.stringify(fileSchema(kind), null, 2)}\n`,
    ]),
    ...(await coverageFile(root)),
  ]);
}

async function coverageFile(root: string): Promise<[string, string][]> {
  const seed = path.join(root, "seed");
  if (!existsSync(seed)) return [];
  const reviews = await read(path.join(root, "docs", "bank-reviews.csv"));
  return [["docs/bank-coverage.md", coveragePage(await readCoverage(seed, reviews ?? ""))]];
}

/** Returns the text that each outdated file should have, by path; null for files that should not exist. */
async function drift(root: string): Promise<ReadonlyMap<string, string | null>> {
  const wanted = await generatedFiles(root);
  const drifted = new Map<string, string | null>();
  for (const [file, text] of wanted) if ((await read(path.join(root, file))) !== text) drifted.set(file, text);
  for (const name of await readdir(path.join(root, contentFolder)).catch(() => []))
    if (!wanted.has(`${contentFolder}/${name}`)) drifted.set(`${contentFolder}/${name}`, null);
  return drifted;
}

const read = (file: string): Promise<string | null> => readFile(file, "utf8").catch(() => null);

async function write(root: string, files: ReadonlyMap<string, string | null>): Promise<void> {
  for (const [file, text] of files) {
    const place = path.join(root, file);
    await mkdir(path.dirname(place), { recursive: true });
    await (text === null ? rm(place) : writeFile(place, text));
  }
}

export const generateCommand = (): Command =>
  new Command("generate")
    .description(
      "Write the files that follow from others: SDL, JSON Schemas of content files, Neo4j DDL, the bank's coverage.",
    )
    .option("--check", "write nothing; fail where a file differs")
    .option("--root <dir>", "the folder that holds schema/, docs/ and seed/", projectRoot)
    .addHelpText(
      "after",
      `
Exit codes: 0 up to date or written, 1 a file differs (with --check) or a failure, 2 wrong usage.

Examples:
  fulcrum generate
  fulcrum generate --check`,
    )
    .action(async ({ check, root }: { readonly check?: true; readonly root: string }) => {
      const drifted = await drift(root);
      for (const file of drifted.keys()) process.stdout.write(`${check ? "differs" : "wrote"}: ${file}\n`);
      if (!check) return write(root, drifted);
      if (drifted.size === 0) return;
      process.stderr.write(`${counted(drifted.size, "file")} out of date; run: npm run generate\n`);
      process.exitCode = 1;
    });
