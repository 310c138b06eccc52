import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** Everything that determines an answer: two answers that agree in all of it are the same. */
export interface AnswerOrigin {
  readonly url: string;
  readonly revision: number;
  /** The hash of the log entry that made the revision, so that another bank with as many commits has other tags. */
  readonly hash: string;
  /** The name of the program, its schema and the trusted documents. */
  readonly build: string;
  /** The day in UTC, YYYY-MM-DD: evidence becomes stale from one day to the next. */
  readonly day: string;
  /** The Accept header, which decides status and content type. */
  readonly accept: string;
}

/**
 * Returns a weak entity tag: `W/"…"` with 27 characters of base64url. A strong tag would be wrong, since the same
 * answer may be compressed in several ways. https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3
 */
export const entityTag = ({ url, revision, hash, build, day, accept }: AnswerOrigin): string =>
  `W/"${createHash("sha256")
    .update(JSON.stringify([url, revision, hash, build, day, accept]))
    .digest("base64url")
    .slice(0, 27)}"`;

/** True if the client already has the answer with this tag. Tags are compared weakly (RFC 9110, 13.1.2). */
export const hasAnswer = (request: IncomingMessage, tag: string): boolean =>
  (request.headers["if-none-match"] ?? "").split(",").some((each) => opaque(each.trim()) === opaque(tag));

const opaque = (tag: string): string => tag.replace(/^W\//, "");
