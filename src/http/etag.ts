import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** What an answer follows from; two answers of which all of this is the same are the same. */
export interface AnswerOrigin {
  readonly url: string;
  readonly revision: number;
  /** Of the log's entry that made the revision, so that another bank with as many commits has other tags. */
  readonly hash: string;
  /** The program and its schema. */
  readonly build: string;
  /** YYYY-MM-DD, UTC: whether evidence is stale depends on the day. */
  readonly day: string;
  /** The media type asked for decides status and content type. */
  readonly accept: string;
}

/** A weak tag: the same answer may be compressed in several ways. https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3 */
export const entityTag = ({ url, revision, hash, build, day, accept }: AnswerOrigin): string =>
  `W/"${createHash("sha256")
    .update(JSON.stringify([url, revision, hash, build, day, accept]))
    .digest("base64url")
    .slice(0, 27)}"`;

/** Whether the client has the answer with this tag already. Tags are compared weakly (RFC 9110, 13.1.2). */
export const hasAnswer = (request: IncomingMessage, tag: string): boolean =>
  (request.headers["if-none-match"] ?? "").split(",").some((each) => opaque(each.trim()) === opaque(tag));

/** A tag without the mark of weakness. */
const opaque = (tag: string): string => tag.replace(/^W\//, "");
