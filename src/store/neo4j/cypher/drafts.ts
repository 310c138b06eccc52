import type { Draft, DraftStatus, DraftStore, RepeatKey } from "../../../domain/drafts/draft-store";
import type { CommitOptions } from "../../../domain/graph/port";
import type { Revision } from "../../../domain/graph/node";
import { found, labels, type Statement } from "./statement";

const draftById = found("d", labels.draft, { id: "$id" });

/**
 * One row per draft. The key holds its columns, the attempt that saved it and its number of parts. The value holds its
 * parts with the attempts that saved them.
 */
const told =
  "[d.id, d.author, d.status, d.version, d.createdAt, d.updatedAt, d.publishedAs, d.attempt, d.parts] AS key, COLLECT { " +
  `MATCH (p:${labels.draftPart}) WHERE p.draft = d.id AND p.part >= 0 RETURN [p.attempt, p.text] ORDER BY p.part } AS value`;

export const draftStatement = (id: string): Statement => ({
  text: `${draftById} RETURN ${told}`,
  parameters: { id },
});

export const draftsByIdStatement = (ids: readonly string[]): Statement => ({
  text: `UNWIND $ids AS id ${found("d", labels.draft, { id: "id" })} RETURN ${told}`,
  parameters: { ids },
});

/** A page of drafts with these statuses, newest first. The index gives a page per status, and these are merged. */
export function draftsStatement(
  { author, first, after }: Parameters<DraftStore["drafts"]>[0],
  statuses: readonly DraftStatus[],
): Statement {
  const ofAuthor = author === undefined ? "" : "d.author = $author AND ";
  return {
    text:
      `UNWIND $statuses AS status CALL (status) { MATCH (d:${labels.draft}) WHERE ${ofAuthor}d.status = status ` +
      "AND d.createdAt <= $createdAt AND d.id IS NOT NULL AND (d.createdAt < $createdAt OR d.id > $after) " +
      "WITH d ORDER BY d.createdAt DESC, d.id LIMIT $first RETURN d } " +
      `WITH d ORDER BY d.createdAt DESC, d.id LIMIT $first RETURN ${told}`,
    parameters: {
      statuses,
      first: BigInt(first),
      // Times begin with a digit, so all of them sort before "~".
      createdAt: after?.createdAt ?? "~",
      after: after?.id ?? "",
      ...(author !== undefined && { author }),
    },
  };
}

/**
 * Writes to the draft and thereby locks it until the transaction ends. One row, keyed by its version, with the attempt
 * that saved it. If there was no such draft, both are null and an empty draft has been created.
 */
export const lockDraftStatement = (id: string): Statement => ({
  text: `MERGE (d:${labels.draft} {id: $id}) SET d._lock = true RETURN d.version AS key, d.attempt AS value`,
  parameters: { id },
});

/** Saves the draft and its content in parts. The draft must be locked. */
export function saveDraftStatement(
  { id, author, status, version, createdAt, updatedAt, publishedAs }: Draft,
  parts: readonly string[],
  attempt: string,
): Statement {
  return {
    text:
      `${draftById} SET d += $draft WITH d CALL (d) { ` +
      `MATCH (p:${labels.draftPart}) WHERE p.draft = d.id AND p.part >= d.parts DELETE p } ` +
      `WITH d UNWIND $parts AS part MERGE (p:${labels.draftPart} {draft: d.id, part: part.part}) ` +
      "SET p.text = part.text, p.attempt = d.attempt RETURN count(*) AS key, null AS value",
    parameters: {
      id,
      draft: {
        author,
        status,
        version: BigInt(version),
        createdAt,
        updatedAt,
        publishedAs: publishedAs === null ? null : BigInt(publishedAs),
        attempt,
        parts: BigInt(parts.length),
      },
      parts: parts.map((text, part) => ({ part: BigInt(part), text })),
    },
  };
}

/** Marks the draft as published at the revision, and raises its version by one. The draft must be locked. */
export const publishDraftStatement = (
  { draft, version }: NonNullable<CommitOptions["publishes"]>,
  revision: Revision,
  at: Date,
): Statement => ({
  text: `${draftById} SET d += $published RETURN d.id AS key, null AS value`,
  parameters: {
    id: draft,
    published: {
      status: "PUBLISHED",
      version: BigInt(version + 1),
      publishedAs: BigInt(revision),
      updatedAt: at.toISOString(),
    },
  },
});

/**
 * The use of a save's key: one row, keyed by the hash of its input, with result and attempt. No row if the key is
 * unused.
 */
export const repeatKeyStatement = ({ principal, key }: RepeatKey): Statement => ({
  text:
    `${found("k", labels.repeatKey, { principal: "$principal", key: "$key" })} ` +
    "RETURN k.inputHash AS key, [k.result, k.attempt] AS value",
  parameters: { principal, key },
});

export const useRepeatKeyStatement = (
  { principal, key, inputHash, result }: RepeatKey & { readonly result: string },
  attempt: string,
  at: Date,
): Statement => ({
  text: `CREATE (k:${labels.repeatKey}) SET k = $used RETURN 1 AS key, null AS value`,
  parameters: { used: { principal, key, inputHash, result, attempt, at: BigInt(at.getTime()) } },
});

/** Removes at most 100 keys of saves that were used before the time. */
export const forgetRepeatKeysStatement = (before: Date): Statement => ({
  text: `MATCH (k:${labels.repeatKey}) WHERE k.at < $before WITH k LIMIT 100 DELETE k RETURN count(*) AS key, null AS value`,
  parameters: { before: BigInt(before.getTime()) },
});
