import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { exportRecords } from "../../src/content/records/export-records";
import { importRecords, type RecordsRequest, type RecordsResult } from "../../src/content/records/import-records";
import { openRecords } from "../../src/content/records/record-source";
import type { GraphStore } from "../../src/domain/graph/port";
import { withFolder } from "./temporary-folder";

/** Imports a text in JSON Lines as `bank.jsonl`. */
export const importLines = (
  store: GraphStore,
  lines: string | Uint8Array,
  request?: RecordsRequest,
): Promise<RecordsResult> =>
  withFolder(async (dir) => {
    const path = join(dir, "bank.jsonl");
    await writeFile(path, lines);
    const source = await openRecords(path);
    try {
      return await importRecords(store, source, request);
    } finally {
      await source.close();
    }
  });

export async function exportedLines(store: GraphStore): Promise<string> {
  const out = new PassThrough();
  const [lines] = await Promise.all([text(out), exportRecords(store, out)]);
  return lines;
}

export const asLines = (records: readonly object[]): string =>
  records.map((each) => `${JSON.stringify(each)}\n`).join("");

/** Findings as `line rule message hint`. */
export const faults = ({ findings }: RecordsResult): string[] =>
  findings.map(({ line, rule, message, hint }) =>
    [line, rule, message, hint].filter((each) => each !== undefined).join(" "),
  );
