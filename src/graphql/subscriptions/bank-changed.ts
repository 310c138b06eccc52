import { may } from "../../domain/access/permissions";
import type { CommitHead } from "../../domain/changes/change-set";
import { DomainError } from "../../domain/errors";
import { type CommitFeed, feedWindow } from "../../domain/graph/commit-feed";
import type { Revision } from "../../domain/graph/node";
import { kindOf, type NodeId } from "../../domain/ids";
import { type NodeKind, nodeKindNames } from "../../domain/ontology/node-kinds";
import { idForms, readId } from "../arguments/id-argument";
import { isGiven } from "../arguments/page-size";
import { declareSubscription, ID, Int } from "../declare";
import { allReady } from "../promise-or-value";
import { commitType } from "../types/commit-type";
import { nodeKindType } from "../types/enum-types";

const maxIds = 100;

/** What it takes to hand a commit on, besides what is asked of it: it is read, executed and sent by itself. */
const costOfEvent = 4;

interface BankChangedArguments {
  readonly after?: Revision | null;
  readonly afterHash?: string | null;
  readonly kinds?: readonly NodeKind[] | null;
  readonly ids?: readonly string[] | null;
}

/** What clients can be told of as it happens. */
export class ChangeSubscriptions {}

declareSubscription(ChangeSubscriptions, "bankChanged", {
  type: () => commitType,
  description:
    "Each commit as it is made, in order, at least once: after a break, go on with after. It is about what is published.",
  args: {
    after: {
      type: () => Int,
      description:
        "Commits after this revision come first, then new ones; without it, new ones alone. Without a key it lies at most 1,000 commits back. Those are paid for at the start, new ones as they come.",
    },
    afterHash: {
      type: () => String,
      description:
        "The hash of the commit that after names, as it was told. Where the log has another one, since a backup was restored, it is CONFLICT.",
    },
    kinds: { type: () => [nodeKindType], description: "Only commits that are about nodes of these kinds." },
    ids: { type: () => [ID], description: `Only commits about these nodes or their links, at most 100. ${idForms}` },
  },
  subscribe: async (
    _root,
    { after, afterHash, kinds, ids }: BankChangedArguments,
    { feed, links, principal, allowance, eventCost, report },
  ) => {
    if (isGiven(ids) && ids.length > maxIds)
      throw new DomainError("INVALID_ARGUMENT", `ids holds ${ids.length} ids, but may hold at most ${maxIds}.`);
    if (isGiven(afterHash) && !isGiven(after))
      throw new DomainError("INVALID_ARGUMENT", "afterHash goes with after, whose commit has it.");
    const named = isGiven(ids) ? new Set(await allReady(ids.map((id) => readId(id, links, nodeKindNames)))) : null;
    const ofKinds = isGiven(kinds) ? new Set(kinds) : null;
    const head = await feed.newest();
    if (isGiven(after) && (after < 0 || after > head))
      throw new DomainError("NOT_FOUND", `Revision ${after} has not been made yet.`);
    if (isGiven(after) && head - after > feedWindow && !may(principal, "readOldCommits"))
      throw new DomainError(
        "INVALID_ARGUMENT",
        `after lies ${head - after} commits back; without a key it may lie at most ${feedWindow} back. Read older commits with commits(after:).`,
      );
    const atStart = eventCost + costOfEvent;
    if (isGiven(after)) allowance?.charge((head - after) * atStart);
    const start = isGiven(after) ? after : head;
    const changes = changesAfter(start, feed, matcher(feed, ofKinds, named), ({ revision }) => {
      // Nobody can tell at the start how many commits will come, so these are paid for once they have been handed on.
      const paid = revision <= head ? atStart : 0;
      allowance?.spend(Math.max(0, report.meter.cost + costOfEvent - paid));
      report.meter.backTo(0);
    });
    // After the following has begun, which ends where another bank comes from then on.
    if (isGiven(after) && isGiven(afterHash)) await feed.assertHas({ revision: after, hash: afterHash });
    return changes;
  },
  resolve: (commit) => commit,
});

/** Tells which commits are wanted. The kinds of the nodes stand in an entry, so that the log is looked into for ids alone. */
function matcher(feed: CommitFeed, kinds: ReadonlySet<NodeKind> | null, named: ReadonlySet<NodeId> | null) {
  const ids = named && kinds ? new Set([...named].filter((id) => kinds.has(kindOf(id)))) : named;
  return (head: CommitHead): boolean | Promise<boolean> => {
    if (kinds && !head.nodeKinds.some((kind) => kinds.has(kind))) return false;
    return ids === null || (ids.size > 0 && feed.isAbout(head, ids));
  };
}

/**
 * The commits after a revision that match, without end; `done` is called with each when all that was asked of it has been
 * answered. An async generator would not do: it cannot be ended while it waits.
 */
function changesAfter(
  start: Revision,
  feed: CommitFeed,
  matches: (head: CommitHead) => boolean | Promise<boolean>,
  done: (head: CommitHead) => void,
): AsyncIterableIterator<CommitHead> {
  const ended = new AbortController();
  const following = feed.follow(start, ended.signal);
  let current: CommitHead | null = null;
  const finish = () => {
    if (current) done(current);
    current = null;
  };
  const iterator: AsyncIterableIterator<CommitHead> = {
    [Symbol.asyncIterator]: () => iterator,
    next: async () => {
      finish();
      for (;;) {
        const head = await following.next();
        if (!head) return { done: true, value: undefined };
        if (await matches(head)) return { done: false, value: (current = head) };
      }
    },
    return: async () => {
      finish();
      ended.abort();
      return { done: true, value: undefined };
    },
  };
  return iterator;
}
