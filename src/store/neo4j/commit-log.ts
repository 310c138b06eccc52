import { type Actor, type AppliedChange, type CommitHead, subjectOf } from "../../domain/changes/change-set";
import { itemsOfPart, type LogPart } from "../../domain/changes/log-part";
import { deepFreeze } from "../../domain/deep-freeze";
import type { Revision } from "../../domain/graph/node";
import type { LastChange } from "../../domain/graph/port";
import type { NodeKind } from "../../domain/ontology/node-kinds";
import { lastChangesStatements } from "./cypher/log";
import type { Row } from "./cypher/statement";
import type { Run } from "./driver/writes";

/** A change with the revision at which its item last changed before. `previous` is null if the item did not exist. */
export interface LoggedChange {
  readonly change: AppliedChange;
  readonly previous: Revision | null;
}

/**
 * Returns a JSON list with the previous revision of each item in a part of the changes, such as `[3,null,7]`. Null
 * means that the item did not exist, or that `revisions` does not hold it.
 */
export const previousOf = (part: LogPart, revisions: ReadonlyMap<string, Revision>): string =>
  JSON.stringify(
    itemsOfPart<AppliedChange>(part).map((change) =>
      change.before === null ? null : (revisions.get(subjectOf(change)) ?? null),
    ),
  );

/** The changes of a row of `changesSinceStatement`. */
export function loggedChanges([, value]: Row): readonly LoggedChange[] {
  const [text, previous] = value as readonly [string, string];
  const revisions = JSON.parse(previous) as readonly (Revision | null)[];
  return itemsOfPart<AppliedChange>({ text }).map((change, index) => ({ change, previous: revisions[index] ?? null }));
}

type HeadColumns = readonly [
  revision: Revision,
  at: string,
  kind: Actor["kind"],
  name: string,
  title: string,
  draft: string | null,
  nodeCount: number,
  nodeKinds: readonly NodeKind[],
  itemCount: number,
  changeCount: number,
  bytes: number,
  hash: string,
  format: number,
  salt: string,
  sealedAt: string | null,
];

export function commitHeadOf([head]: Row): CommitHead {
  const [revision, at, kind, name, title, draft, ...rest] = head as HeadColumns;
  const [nodeCount, nodeKinds, itemCount, changeCount, bytes, hash, format, salt, sealedAt] = rest;
  return deepFreeze({
    revision,
    at,
    actor: { kind, name },
    title,
    ...(draft === null ? {} : { draft }),
    nodeCount,
    nodeKinds,
    itemCount,
    changeCount,
    bytes,
    hash,
    seal: { format, salt, ...(sealedAt === null ? {} : { sealedAt }) },
  });
}

export function partOf([part, value]: Row): LogPart {
  const [before, rows, text] = value as readonly [number, number, string];
  return Object.freeze({ part: part as number, before, rows, text });
}

const subjectsAtOnce = 2000;

/** Implements `GraphStore.lastChanges`. Whether it reads in a transaction depends on `run`. */
export async function lastChangesBy(run: Run, subjects: readonly string[]): Promise<ReadonlyMap<string, LastChange>> {
  const found = new Map<string, LastChange>();
  for (let start = 0; start < subjects.length; start += subjectsAtOnce) {
    const statements = lastChangesStatements(subjects.slice(start, start + subjectsAtOnce));
    for (const rows of await Promise.all(statements.map(run))) {
      for (const [subject, value] of rows) {
        const [revision, kind, name, removed] = value as [Revision, LastChange["actor"]["kind"], string, boolean];
        found.set(subject as string, Object.freeze({ revision, actor: Object.freeze({ kind, name }), removed }));
      }
    }
  }
  return found;
}
