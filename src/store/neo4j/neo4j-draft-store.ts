import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { assertSameInput } from "../../domain/changes/hash";
import { deepFreeze } from "../../domain/deep-freeze";
import {
  assertVersion,
  type Draft,
  draftStatuses,
  type DraftStore,
  type RepeatKey,
} from "../../domain/drafts/draft-store";
import { DomainError } from "../../domain/errors";
import type { Revision } from "../../domain/graph/node";
import {
  draftsStatement,
  draftStatement,
  forgetRepeatKeysStatement,
  lockDraftStatement,
  repeatKeyStatement,
  saveDraftStatement,
  useRepeatKeyStatement,
} from "./cypher/drafts";
import { minKeptTime } from "./cypher/log";
import type { Row, Statement } from "./cypher/statement";
import type { Reads } from "./driver/reads";
import type { Transact } from "./driver/writes";

const maxAttempts = 5;
const pauseMilliseconds = 20;

export class Neo4jDraftStore implements DraftStore {
  constructor(
    private readonly reads: Reads,
    private readonly transact: Transact,
  ) {}

  async draft(id: string): Promise<Draft | null> {
    const [draft] = await this.read(draftStatement(id));
    return draft ?? null;
  }

  drafts(query: Parameters<DraftStore["drafts"]>[0]): Promise<readonly Draft[]> {
    return this.read(draftsStatement(query, [...new Set(query.statuses ?? draftStatuses)]));
  }

  save(draft: Draft, repeat?: RepeatKey & { readonly result: string }): Promise<{ readonly replayed: string | null }> {
    // Distinguishes what this call has saved, if the answer to its COMMIT was lost, from earlier saves.
    const attempt = randomUUID();
    const parts = draftParts(draft);
    return this.transact(async (run) => {
      const [used] = repeat ? await run(repeatKeyStatement(repeat)) : [];
      if (used) {
        const { result, usedBy } = firstResult(used, repeat!);
        return { replayed: usedBy === attempt ? null : result };
      }
      const [[version, savedBy]] = (await run(lockDraftStatement(draft.id))) as [Row];
      if (savedBy === attempt) return { replayed: null };
      assertVersion(draft.id, (version as number | null) ?? 0, draft.version - 1);
      const at = new Date();
      await Promise.all([
        run(saveDraftStatement(draft, parts, attempt)),
        ...(repeat
          ? [run(useRepeatKeyStatement(repeat, attempt, at)), run(forgetRepeatKeysStatement(minKeptTime(at)))]
          : []),
      ]);
      return { replayed: null };
    });
  }

  async resultOf(repeat: RepeatKey): Promise<string | null> {
    const [used] = await this.reads.rows(repeatKeyStatement(repeat));
    return used ? firstResult(used, repeat).result : null;
  }

  /**
   * Reads drafts. Neo4j lets a statement see a half-applied save of another process; the drafts are then read again.
   */
  private async read(statement: Statement): Promise<readonly Draft[]> {
    for (let meetings = 1; ; meetings++) {
      const rows = await this.reads.rows(statement);
      if (rows.every(isWhole)) return Object.freeze(rows.map(draftOf));
      if (meetings === maxAttempts) throw new DomainError("STORE_UNAVAILABLE", "The draft is being saved.");
      await wait(pauseMilliseconds);
    }
  }
}

function firstResult([inputHash, value]: Row, repeat: RepeatKey): { readonly result: string; readonly usedBy: string } {
  assertSameInput(repeat.key, inputHash as string, repeat.inputHash);
  const [result, usedBy] = value as [string, string];
  return { result, usedBy };
}

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

/** The maximum length of one part of a draft, in UTF-16 units. */
const partLimit = 500000;

/**
 * Returns the fields of a draft that no list filters or sorts by, as JSON in parts that are small enough for a
 * property.
 */
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

/** Tests for the first half of a surrogate pair, which a cut must not separate from the second half. */
const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;

/** Tests whether the parts in a row are exactly those of the draft's last save. */
export function isWhole([columns, found]: Row): boolean {
  const [, , , , , , , attempt, parts] = columns as Columns;
  return (found as Parts).length === parts && (found as Parts).every(([savedBy]) => savedBy === attempt);
}

export function draftOf([columns, parts]: Row): Draft {
  const [id, author, status, version, createdAt, updatedAt, publishedAs] = columns as Columns;
  const content = JSON.parse((parts as Parts).map(([, text]) => text).join("")) as Content;
  return deepFreeze({ id, author, status, version, createdAt, updatedAt, publishedAs, ...content });
}
