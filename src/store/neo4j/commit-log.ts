import type { AppliedChange, Commit, CommitHead } from "../../domain/changes/change-set";
import { subjectOf } from "../../domain/changes/subject";
import type { Revision } from "../../domain/graph/node";
import type { Row } from "./cypher/statement";
import { deepFreeze } from "../../domain/deep-freeze";

/** A change as the log stores it: with the revision at which the item had last changed before, if it existed. */
export interface LoggedChange {
  readonly change: AppliedChange;
  readonly previous: Revision | null;
}

/** The most characters of one property that holds a part of a long text: of a commit's changes, of a draft. */
export const partLimit = 500_000;

/** The changes as pieces of JSON, each a list, small enough to be stored one by one. */
export function logParts(
  changes: readonly AppliedChange[],
  revisions: ReadonlyMap<string, Revision>,
): readonly string[] {
  const parts: string[] = [];
  let items: string[] = [];
  let size = 0;
  for (const change of changes) {
    const previous = change.before === null ? null : (revisions.get(subjectOf(change)) ?? null);
    const item = JSON.stringify({ change, previous } satisfies LoggedChange);
    if (items.length > 0 && size + item.length > partLimit) {
      parts.push(`[${items.join()}]`);
      [items, size] = [[], 0];
    }
    items.push(item);
    size += item.length;
  }
  return items.length === 0 ? parts : [...parts, `[${items.join()}]`];
}

/** The changes of a row of `commitsStatement`, which hold them in parts. */
export const loggedChanges = ([, parts]: Row): readonly LoggedChange[] =>
  (parts as readonly string[]).flatMap((part) => deepFreeze(JSON.parse(part) as LoggedChange[]));

type CommitColumns = readonly [
  revision: Revision,
  at: string,
  kind: Commit["actor"]["kind"],
  name: string,
  title: string,
  draft: string | null,
];

export const commitOf = (row: Row): Commit =>
  Object.freeze({
    ...commitHeadOf(row),
    changes: Object.freeze(loggedChanges(row).map(({ change }) => change)),
  });

export function commitHeadOf([head]: Row): CommitHead {
  const [revision, at, kind, name, title, draft] = head as CommitColumns;
  return Object.freeze({
    revision,
    at,
    actor: Object.freeze({ kind, name }),
    title,
    ...(draft === null ? {} : { draft }),
  });
}
