import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import Negotiator from "negotiator";

/** The size in bytes from which a body is compressed. A smaller answer fits in a packet or two anyway. */
const minBytes = 1_024;

/**
 * The encoders, set to be fast rather than small. At quality 4 Brotli takes about as long as gzip, and its output is
 * smaller.
 */
const encoders = {
  br: (body: Buffer) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
  gzip: (body: Buffer) => promisify(gzip)(body, { level: 4 }),
} as const;

/**
 * Returns the body in the smallest encoding that the client accepts, and sets the header that names the encoding. A
 * short body stays plain. Compression runs on other threads. `known` holds the encodings of this text that were made
 * already; new ones are added to it.
 */
export async function encodedBody(
  request: IncomingMessage,
  response: ServerResponse,
  text: string,
  known: Map<string, Buffer> = new Map(),
): Promise<Buffer> {
  const body = known.get("identity") ?? Buffer.from(text);
  known.set("identity", body);
  if (body.length < minBytes || request.headers["accept-encoding"] === undefined) return body;
  const accepted = new Negotiator(request).encodings(["br", "gzip"]);
  const encoding = (["br", "gzip"] as const).find((each) => accepted.includes(each));
  if (!encoding) return body;
  response.setHeader("content-encoding", encoding);
  const encoded = known.get(encoding) ?? (await encoders[encoding](body));
  known.set(encoding, encoded);
  return encoded;
}
