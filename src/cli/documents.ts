import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Command } from "commander";
import { parse, validate } from "graphql";
import { DomainError } from "../domain/errors";
import { buildSchema } from "../graphql/build-schema";
import { documentIdOf } from "../http/trusted-documents";

export const documentsCommand = (): Command =>
  new Command("documents")
    .summary("Make the manifest of a client's documents.")
    .description(
      'Makes a manifest of a client\'s documents, each a .graphql file: a JSON object from the SHA-256 of each text to the text.\nFULCRUM_DOCUMENTS names it to the server, and clients then send { "documentId": "sha256:…" } in place of a query.',
    )
    .argument("<folder>", "folder of .graphql files, with the folders in it")
    .option("-o, --out <file>", "where to write the manifest; default: standard output")
    .addHelpText(
      "after",
      `
Each document is a .graphql file. The manifest is a JSON object from the SHA-256 of each text to the text. Give it to the
server as FULCRUM_DOCUMENTS; clients then send { "documentId": "sha256:…" } in place of a query. With
FULCRUM_DOCUMENTS_ONLY=on the server refuses every other document.

Exit codes: 0 done, 1 failed (a document does not fit the schema), 2 wrong usage.

Examples:
  fulcrum documents client/src --out documents.json
  FULCRUM_DOCUMENTS=documents.json FULCRUM_DOCUMENTS_ONLY=on fulcrum serve`,
    )
    .action((folder: string, { out }: { out?: string }) => {
      const files = graphqlFiles(folder);
      if (files.length === 0) throw new DomainError("INVALID_ARGUMENT", `There is no .graphql file in ${folder}.`);
      const faults: string[] = [];
      const manifest: Record<string, string> = {};
      for (const file of files) {
        const text = readFileSync(file, "utf8");
        faults.push(...faultsOf(text).map((fault) => `${file}: ${fault}`));
        manifest[documentIdOf(text)] = text;
      }
      if (faults.length > 0) throw new DomainError("INVALID_ARGUMENT", faults.join("\n"));
      const json = `${JSON.stringify(manifest, null, 2)}\n`;
      if (out === undefined) return void process.stdout.write(json);
      writeFileSync(out, json);
      process.stdout.write(`${out} holds ${files.length} ${files.length === 1 ? "document" : "documents"}.\n`);
    });

function graphqlFiles(folder: string): string[] {
  let entries;
  try {
    entries = readdirSync(folder, { recursive: true, encoding: "utf8" });
  } catch (error) {
    throw new DomainError("INVALID_ARGUMENT", `The folder cannot be read: ${(error as Error).message}.`);
  }
  return entries
    .filter((entry) => entry.endsWith(".graphql"))
    .sort()
    .map((entry) => path.join(folder, entry));
}

function faultsOf(text: string): string[] {
  try {
    return validate(buildSchema(), parse(text)).map((error) => error.message);
  } catch (error) {
    return [(error as Error).message];
  }
}
