import type { ApiKey } from "../../../domain/access/key-store";
import type { CommitKey, SaveKey, SlugOwner, Tombstone } from "../../../domain/backup/dump";
import type { HeadId } from "../../../domain/changes/change-set";
import type { LogEntry } from "../../../domain/changes/log-entry";
import { unfinishedFormat } from "../head";
import { actorText } from "./log";
import { found, labels, type Statement } from "./statement";

const head = found("h", labels.head, { name: '"head"' });

/**
 * The contents of the database for a restore: one row, keyed by the format of the head (null without a head). The value
 * is true if the database holds a commit or anything beside the head.
 */
export const contentsStatement: Statement = {
  text:
    `OPTIONAL MATCH (h:${labels.head} {name: "head"}) ` +
    `RETURN h.format AS key, coalesce(h.revision, 0) > 0 OR ${anyOf(others())} OR EXISTS { ` +
    'MATCH (n) WHERE none(label IN labels(n) WHERE label STARTS WITH "_") } AS value',
  parameters: {},
};

/** Labels of everything but the head. A new restore removes what an unfinished one has left under these labels. */
export const othersLabels: readonly string[] = others();

function others(): readonly string[] {
  return Object.values(labels).filter((label) => label !== labels.head);
}

function anyOf(all: readonly string[]): string {
  return all.map((label) => `EXISTS { MATCH (:${label}) }`).join(" OR ");
}

/** Marks the database as being filled by this restore, so that an earlier restore fails. The head must be locked. */
export const beginStatement = (restore: string): Statement => ({
  text: `${head} SET h.format = $format, h.restore = $restore, h.batch = 0 RETURN h.name AS key, null AS value`,
  parameters: { format: BigInt(unfinishedFormat), restore },
});

/** Removes at most 5000 nodes with the label: one row, keyed by the number removed. */
export const removeSomeStatement = (label: string): Statement => ({
  text: `MATCH (n:${label}) WITH n LIMIT 5000 DETACH DELETE n WITH count(*) AS key RETURN key, null AS value`,
  parameters: {},
});

/**
 * Locks the head: one row, keyed by the id of the restore under way (null if none), with its last batch and the head's
 * hash.
 */
export const lockRestoreStatement: Statement = {
  text: `${head} SET h._held = true RETURN h.restore AS key, [h.batch, h.hash] AS value`,
  parameters: {},
};

export const endBatchStatement = (batch: number): Statement => ({
  text: `${head} SET h.batch = $batch RETURN h.batch AS key, null AS value`,
  parameters: { batch: BigInt(batch) },
});

export const endRestoreStatement = ({ revision, hash }: HeadId, format: number, layout: string): Statement => ({
  text:
    `${head} REMOVE h.restore, h.batch SET h.revision = $revision, h.hash = $hash, h.format = $format, h.layout = $layout ` +
    "RETURN h.revision AS key, null AS value",
  parameters: { revision: BigInt(revision), hash, format: BigInt(format), layout },
});

const create = (label: string, rows: readonly unknown[]): Statement => ({
  text: `UNWIND $rows AS row CREATE (n:${label}) SET n = row RETURN count(*) AS key, null AS value`,
  parameters: { rows },
});

export const createSlugsStatement = (slugs: readonly SlugOwner[]): Statement =>
  create(
    labels.slug,
    slugs.map(({ kind, slug, owner, isCurrent }) => ({ key: `${kind}:${slug}`, owner, current: isCurrent })),
  );

export const createTombstonesStatement = (tombstones: readonly Tombstone[]): Statement =>
  create(
    labels.tombstone,
    tombstones.map(({ subject, revision }) => ({ subject, revision: BigInt(revision) })),
  );

export const createFindablesStatement = (entries: readonly LogEntry[]): Statement =>
  create(
    labels.findable,
    entries.flatMap(({ head: { revision }, findableBy }) =>
      [...findableBy].map((subject) => ({ subject, revision: BigInt(revision) })),
    ),
  );

/** Creates keys as used by `attempt`. No later commit has this attempt, so each counts as a replay. */
export const createCommitKeysStatement = (keys: readonly CommitKey[], attempt: string): Statement =>
  create(
    labels.idempotency,
    keys.map(({ actor, key, inputHash, at, revision, changes }) => ({
      actor: actorText(actor),
      key,
      inputHash,
      attempt,
      revision: BigInt(revision),
      changes: BigInt(changes),
      at: BigInt(Date.parse(at)),
    })),
  );

export const createSaveKeysStatement = (keys: readonly SaveKey[], attempt: string): Statement =>
  create(
    labels.repeatKey,
    keys.map(({ principal, key, inputHash, result, at }) => ({
      principal,
      key,
      inputHash,
      result,
      attempt,
      at: BigInt(Date.parse(at)),
    })),
  );

export const createApiKeysStatement = (keys: readonly ApiKey[], attempt: string): Statement =>
  create(
    labels.apiKey,
    keys.map((key) => ({ ...key, attempt })),
  );
