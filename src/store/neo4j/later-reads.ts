import { setTimeout as wait } from "node:timers/promises";
import {
  type CommitKey,
  type DumpPart,
  entryGroups,
  type LiveDumpPart,
  readEntry,
  type SaveKey,
} from "../../domain/backup/dump";
import type { Actor, HeadId } from "../../domain/changes/change-set";
import type { LogEntry } from "../../domain/changes/log-entry";
import type { LogPart, PartsOf } from "../../domain/changes/log-part";
import { DomainError } from "../../domain/errors";
import type { Revision } from "../../domain/graph/node";
import { commitHeadOf, partOf } from "./commit-log";
import { draftsByIdStatement } from "./cypher/drafts";
import {
  commitKeysSinceStatement,
  commitKeysStatement,
  draftVersionsStatement,
  partsBetweenStatement,
  saveKeysStatement,
} from "./cypher/dump";
import { logStatement, minKeptTime } from "./cypher/log";
import type { Row } from "./cypher/statement";
import type { Run } from "./driver/writes";
import { draftOf, isWhole } from "./neo4j-draft-store";

const draftsAtOnce = 20;
const headsAtOnce = 1_000;
const maxMeetings = 100;
const pauseMilliseconds = 20;
const hour = 3_600_000;

/** The latest time that a Date can hold, in milliseconds since 1970. */
const maxTime = 8.64e15;

/**
 * Reads what lies beside the graph (log, keys, drafts), and later what is new or changed there. It remembers what was
 * read even if a later read fails.
 */
export class LaterReads {
  private revision = 0;
  /** Idempotency keys of commits that returned a lower revision than this have been read. */
  private keysUntil: Revision;
  /** The newest use of a save's key that was read, in milliseconds since 1970. */
  private newestSave = 0;
  private readonly versions = new Map<string, number>();
  private readonly oldestKey = minKeptTime(new Date());

  constructor(
    /** The graph is read as it was at this revision or a later one. */
    private readonly start: Revision,
  ) {
    this.keysUntil = start;
  }

  /** Yields all keys that can still be repeated, one hour of use at a time. */
  async *keys(run: Run): AsyncIterable<DumpPart> {
    const now = Date.now();
    for (let from = this.oldestKey.getTime(); from <= now; from += hour) {
      // The clocks of writers may be ahead.
      const stretch = [new Date(from), new Date(from + hour > now ? maxTime : from + hour)] as const;
      yield* this.keyParts(await run(commitKeysStatement(...stretch)), await run(saveKeysStatement(...stretch)));
    }
  }

  /**
   * Yields log entries, keys and drafts that are new or changed up to the head. Every commit up to the head must have
   * ended. Keys of saves are read again from `overlap` milliseconds before the newest one on, since the clocks of
   * writers differ. Every key in the overlap takes time, so callers pass a short one while commits wait.
   */
  async *changed(run: Run, head: HeadId, overlap = hour): AsyncIterable<LiveDumpPart> {
    yield* this.entries(run, head);
    const commits = await run(commitKeysSinceStatement(this.keysUntil, this.oldestKey));
    // Keys before drafts: otherwise a key could stand for a save that the drafts do not show.
    const saves = await run(saveKeysStatement(new Date(Math.max(this.newestSave - overlap, 0)), new Date(maxTime)));
    yield* this.keyParts(commits, saves);
    this.keysUntil = head.revision;
    yield* this.drafts(run);
  }

  private async *entries(run: Run, head: HeadId): AsyncIterable<LiveDumpPart> {
    while (this.revision < head.revision) {
      const rows = await run(logStatement({ after: this.revision, before: head.revision + 1, first: headsAtOnce }));
      if (rows.length === 0) throw new DomainError("STORE_UNUSABLE", `Entry ${head.revision} of the log is not there.`);
      for (const group of entryGroups(rows.map(commitHeadOf))) {
        const last = group.at(-1)!.revision;
        const changes = await partsBetween(run, "changes", this.revision, last);
        const nodes = await partsBetween(run, "nodes", this.revision, last);
        const entries = group.map((each) =>
          readEntry(each, changes.get(each.revision) ?? [], nodes.get(each.revision) ?? []),
        );
        this.revision = last;
        yield* this.entryParts(entries);
      }
    }
  }

  private async *drafts(run: Run): AsyncIterable<DumpPart> {
    const versions = (await run(draftVersionsStatement)) as readonly (readonly [string, number])[];
    const changed = versions.flatMap(([id, version]) => (this.versions.get(id) === version ? [] : [id]));
    for (let first = 0; first < changed.length; first += draftsAtOnce) {
      const drafts = (await wholeDrafts(run, changed.slice(first, first + draftsAtOnce))).map(draftOf);
      for (const { id, version } of drafts) this.versions.set(id, version);
      yield { drafts };
    }
  }

  private *entryParts(entries: readonly LogEntry[]): Iterable<LiveDumpPart> {
    const later = entries.filter(({ head }) => head.revision > this.start);
    const earlier = entries.slice(0, entries.length - later.length);
    if (earlier.length > 0) yield { entries: earlier };
    if (later.length > 0) yield { laterEntries: later };
  }

  private *keyParts(commits: readonly Row[], saves: readonly Row[]): Iterable<DumpPart> {
    if (commits.length > 0) yield { commitKeys: commits.map(commitKeyOf) };
    if (saves.length > 0) yield { saveKeys: saves.map(saveKeyOf) };
    for (const [, value] of saves) this.newestSave = Math.max(this.newestSave, (value as SaveValues)[1]);
  }
}

async function partsBetween(
  run: Run,
  of: PartsOf,
  after: Revision,
  until: Revision,
): Promise<ReadonlyMap<Revision, readonly LogPart[]>> {
  const found = new Map<Revision, LogPart[]>();
  for (const [revision, value] of await run(partsBetweenStatement(of, after, until))) {
    const [part, ...rest] = value as readonly [number, number, number, string];
    const parts = found.get(revision as Revision) ?? [];
    if (parts.length === 0) found.set(revision as Revision, parts);
    parts.push(partOf([part, rest]));
  }
  return found;
}

/** Reads drafts by their ids. Neo4j lets a statement see a half-applied save; the drafts are then read again. */
async function wholeDrafts(run: Run, ids: readonly string[]): Promise<readonly Row[]> {
  for (let meetings = 1; ; meetings++) {
    const rows = await run(draftsByIdStatement(ids));
    if (rows.every(isWhole)) return rows;
    if (meetings === maxMeetings)
      throw new DomainError("STORE_UNAVAILABLE", `One of the drafts ${ids.join(", ")} is being saved, or is damaged.`);
    await wait(pauseMilliseconds);
  }
}

function commitKeyOf([identity, value]: Row): CommitKey {
  const [actor, key] = identity as readonly [string, string];
  const [inputHash, at, revision, changes] = value as readonly [string, number, Revision, number];
  const space = actor.indexOf(" ");
  const [kind, name] = [actor.slice(0, space) as Actor["kind"], actor.slice(space + 1)];
  return { actor: { kind, name }, key, inputHash, at: new Date(at).toISOString(), revision, changes };
}

type SaveValues = readonly [inputHash: string, at: number, result: string];

function saveKeyOf([identity, value]: Row): SaveKey {
  const [principal, key] = identity as readonly [string, string];
  const [inputHash, at, result] = value as SaveValues;
  return { principal, key, inputHash, result, at: new Date(at).toISOString() };
}
