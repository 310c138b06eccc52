import type { Draft } from "../../domain/drafts/draft-store";
import type { Revision } from "../../domain/graph/node";
import type { Row } from "./cypher/statement";
import { deepFreeze } from "../../domain/deep-freeze";

type Content = Pick<Draft, "title" | "authorName" | "editedBy" | "changes" | "base" | "comments">;
type Columns = readonly [
  id: string,
  author: string,
  status: Draft["status"],
  version: number,
  createdAt: string,
  updatedAt: string,
  publishedAs: Revision | null,
  attempt: string,
  parts: number,
];
type Parts = readonly (readonly [attempt: string, text: string])[];

/** The most characters of one property that holds a part of a draft. */
const partLimit = 500_000;

/** What of a draft no list asks for, as JSON in pieces that are small enough to be stored one by one. */
export function draftParts({ title, authorName, editedBy, changes, base, comments }: Draft): readonly string[] {
  const text = JSON.stringify({
    title,
    authorName,
    ...(editedBy && { editedBy }),
    changes,
    base,
    comments,
  } satisfies Content);
  const parts: string[] = [];
  for (let start = 0; start < text.length;) {
    const end = start + partLimit - (isHighSurrogate(text.charCodeAt(start + partLimit - 1)) ? 1 : 0);
    parts.push(text.slice(start, end));
    start = end;
  }
  return parts;
}

/** The first half of a character that must not be torn from its second one. */
const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;

/** Whether the parts of a row are those that the draft was saved with. */
export function isWhole([columns, found]: Row): boolean {
  const [, , , , , , , attempt, parts] = columns as Columns;
  return (found as Parts).length === parts && (found as Parts).every(([savedBy]) => savedBy === attempt);
}

export function draftOf([columns, parts]: Row): Draft {
  const [id, author, status, version, createdAt, updatedAt, publishedAs] = columns as Columns;
  const content = JSON.parse((parts as Parts).map(([, text]) => text).join("")) as Content;
  return deepFreeze({ id, author, status, version, createdAt, updatedAt, publishedAs, ...content });
}
