import { isUtf8 } from "node:buffer";
import type { IncomingMessage } from "node:http";
import type { ErrorCode } from "../graphql/errors";
import { errorBody } from "./reply";

/** An error answer that a request gets instead of being served. A frequent one is made once and thrown repeatedly. */
export class RequestError extends Error {
  /** Whole seconds after which to try again; null if trying again would not help. */
  readonly retryAfter: number | null;
  readonly body: string;

  constructor(
    readonly status: number,
    readonly code: ErrorCode | "PAYLOAD_TOO_LARGE",
    message: string,
    { retryAfter, ...options }: ErrorOptions & { readonly retryAfter?: number } = {},
  ) {
    super(message, options);
    this.retryAfter = retryAfter ?? null;
    this.body = errorBody(code, message);
  }
}

/**
 * Reads the JSON body of a POST. Throws a RequestError for a wrong content type, an encoding, more than `max` bytes, or
 * bad JSON.
 */
export async function readJson(request: IncomingMessage, max: number): Promise<unknown> {
  const [type, ...parameters] = (request.headers["content-type"] ?? "")
    .split(";")
    .map((part) => part.trim().toLowerCase());
  if (
    type !== "application/json" ||
    parameters.some((each) => each.startsWith("charset=") && !/^charset="?utf-8"?$/.test(each))
  ) {
    throw new RequestError(415, "BAD_REQUEST", "The content type must be application/json, in UTF-8.");
  }
  if (request.headers["content-encoding"] && request.headers["content-encoding"] !== "identity") {
    throw new RequestError(415, "BAD_REQUEST", "The body must be sent without a content encoding.");
  }
  const bytes = await readBytes(request, max);
  if (!isUtf8(bytes)) throw notJson();
  try {
    return JSON.parse(bytes.toString());
  } catch {
    throw notJson();
  }
}

const notJson = () => new RequestError(400, "BAD_REQUEST", "The body must be JSON.");

/** Collects a body by events: an iterator over the stream adds measurably to the cost of a small request. */
function readBytes(request: IncomingMessage, max: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const tooLarge = () =>
      reject(new RequestError(413, "PAYLOAD_TOO_LARGE", `The body may have at most ${max} bytes.`));
    if (Number(request.headers["content-length"] ?? 0) > max) return tooLarge();
    const chunks: Buffer[] = [];
    let size = 0;
    const keep = (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size <= max) return;
      request.off("data", keep).pause();
      tooLarge();
    };
    request.on("data", keep);
    request.once("end", () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
    request.once("error", reject);
  });
}
