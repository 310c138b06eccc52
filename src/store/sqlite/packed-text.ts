import { promisify } from "node:util";
import { brotliCompress, brotliDecompressSync, constants } from "node:zlib";

const compressed = promisify(brotliCompress);

/** Shorter text stays as it is, which people can read in the file. */
const maxPlainCharacters = 4_096;

/** The fastest quality: higher ones take several times as long for a few parts in a hundred. */
const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 0 } };

/** Text as it is kept: what is long is compressed. Commits of imports take a sixth of their room then. */
export const packedText = async (text: string): Promise<string | Uint8Array> =>
  text.length <= maxPlainCharacters ? text : compressed(text, options);

export const unpackedText = (kept: string | Uint8Array): string =>
  typeof kept === "string" ? kept : brotliDecompressSync(kept).toString();
