import { promisify } from "node:util";
import { brotliCompress, brotliDecompressSync, constants } from "node:zlib";

const compressed = promisify(brotliCompress);

/** Shorter JSON stays text, which people can read in the file. */
const longestText = 4_096;

/** JSON as it is kept: long JSON is compressed. Commits of imports take a sixth of their room then. */
export async function packedJson(value: unknown): Promise<string | Uint8Array> {
  const text = JSON.stringify(value);
  if (text.length <= longestText) return text;
  // The fastest quality: higher ones take several times as long for a few parts in a hundred.
  return compressed(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 0 } });
}

export const unpackedJson = (kept: string | Uint8Array): unknown =>
  JSON.parse(typeof kept === "string" ? kept : brotliDecompressSync(kept).toString());
