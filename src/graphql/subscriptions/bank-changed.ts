import { ID, Int } from "type-graphql";
import type { Commit } from "../../domain/changes/change-set";
import { touchedNodes } from "../../domain/changes/touched-nodes";
import { DomainError } from "../../domain/errors";
import type { CommitFeed } from "../../domain/graph/commit-feed";
import type { Revision } from "../../domain/graph/node";
import { kindOf, type NodeId } from "../../domain/ids";
import { type NodeKind, nodeKindNames } from "../../domain/ontology/node-kinds";
import { idForms, readId } from "../arguments/id-argument";
import { isGiven } from "../arguments/is-given";
import { declareSubscription } from "../declare";
import { allReady } from "../maybe-promise";
import { commitType } from "../types/commit-type";
import { nodeKindType } from "../types/node-kind-type";

const mostIds = 100;

interface BankChangedArguments {
  readonly after?: Revision | null;
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
      description: "First the commits after this revision, then what comes; unless given, what comes from now on.",
    },
    kinds: { type: () => [nodeKindType], description: "Only commits that are about nodes of these kinds." },
    ids: { type: () => [ID], description: `Only commits about these nodes or their links, at most 100. ${idForms}` },
  },
  subscribe: async (_root, { after, kinds, ids }: BankChangedArguments, { feed, links }) => {
    if (isGiven(ids) && ids.length > mostIds)
      throw new DomainError("INVALID_ARGUMENT", "ids holds more than its description allows.");
    const wanted = isGiven(ids) ? new Set(await allReady(ids.map((id) => readId(id, links, nodeKindNames)))) : null;
    const head = await feed.newest();
    if (isGiven(after) && (after < 0 || after > head))
      throw new DomainError("NOT_FOUND", `Revision ${after} has not been made yet.`);
    return changesAfter(isGiven(after) ? after : head, feed, matcher(isGiven(kinds) ? new Set(kinds) : null, wanted));
  },
  resolve: (commit) => commit,
});

const matcher =
  (kinds: ReadonlySet<NodeKind> | null, ids: ReadonlySet<NodeId> | null) =>
  ({ changes }: Commit): boolean =>
    (kinds === null && ids === null) ||
    touchedNodes(changes).some(({ id }) => (!kinds || kinds.has(kindOf(id))) && (!ids || ids.has(id)));

/**
 * The commits after a revision that match, without end. An async generator would not do: it cannot be ended while it
 * waits.
 */
function changesAfter(
  start: Revision,
  feed: CommitFeed,
  matches: (commit: Commit) => boolean,
): AsyncIterableIterator<Commit> {
  const ended = new AbortController();
  let position = start;
  let ready: readonly Commit[] = [];
  const iterator: AsyncIterableIterator<Commit> = {
    [Symbol.asyncIterator]: () => iterator,
    next: async () => {
      while (!ended.signal.aborted) {
        const [commit, ...rest] = ready.length > 0 ? ready : await feed.after(position, ended.signal);
        if (!commit) break;
        ready = rest;
        position = commit.revision;
        if (matches(commit)) return { done: false, value: commit };
      }
      return { done: true, value: undefined };
    },
    return: async () => {
      ended.abort();
      return { done: true, value: undefined };
    },
  };
  return iterator;
}
