import { may } from "../../domain/access/permissions";
import type { Principal } from "../../domain/access/principal";
import type { Actor, CommitHead } from "../../domain/changes/change-set";
import { DomainError } from "../../domain/errors";
import type { Revision } from "../../domain/graph/node";
import { nodeKindNames } from "../../domain/ontology/node-kinds";
import { idForms, readId } from "../arguments/id-argument";
import { defaultPageSize, isGiven, readPageSize, requestedPageSize } from "../arguments/page-size";
import type { CommitLog } from "../commit-log";
import { declareField, declareObject, declareQuery, ID, Int } from "../declare";
import { whenReady } from "../promise-or-value";
import { actorKindType, commitType } from "../types/commit-type";
import { pageInfo } from "../types/connection-types";
import { NonNegativeInt } from "../types/scalars";

interface Page {
  readonly nodes: readonly CommitHead[];
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
  /** The place of an entry. */
  readonly cursorOf: (head: CommitHead) => string;
  /** Where the next page begins, if that is not said by the last entry. */
  readonly next?: Revision | null;
}

const commitPage = declareObject(
  "CommitPage",
  "A stretch of the log, oldest first, or of a node's history; cursors are revisions as text, those of the log with the start of the commit's hash.",
);

declareField<Page>(commitPage, "nodes", {
  type: () => [commitType],
  description: "The commits of the stretch: in the order in which they were made, or newest first in a history.",
  cost: { own: 0 },
});

declareField<Page>(commitPage, "pageInfo", {
  type: () => pageInfo,
  description: "Where the stretch begins and ends, and whether more lies beyond.",
  cost: { own: 0 },
  resolve: ({ nodes, hasNext, hasPrevious, cursorOf, next }) => {
    const [first, last] = [nodes[0], nodes.at(-1)];
    return {
      hasNextPage: hasNext,
      hasPreviousPage: hasPrevious,
      startCursor: first ? cursorOf(first) : null,
      endCursor: isGiven(next) ? String(next) : last ? cursorOf(last) : null,
    };
  },
});

/** As many digits of a hash as tell one log from another. */
const hashDigits = 12;

/** After a restore a revision can come again with other content; the hash tells. Entries older than the chain have none. */
const placeInLog = ({ revision, hash }: CommitHead): string =>
  hash === "" ? String(revision) : `${revision}:${hash.slice(0, hashDigits)}`;

interface CommitsArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
  readonly actor?: string | null;
  readonly kind?: Actor["kind"] | null;
}

/** The log of the graph's commits. */
export class CommitQueries {}

declareQuery(CommitQueries, "commit", {
  type: () => commitType,
  nullable: true,
  description: "The commit that made this revision; null if there is none.",
  args: {
    revision: { type: () => Int, required: true, description: "The number of the commit, from 1 on." },
  },
  resolve: (_root, { revision }: { revision: Revision }, { log }) => log.entry(revision),
});

declareQuery(CommitQueries, "commits", {
  type: () => commitPage,
  description: "The log of commits as a feed: from the oldest on with first, back from the newest with last.",
  args: {
    first: {
      type: () => Int,
      description: "How many of the oldest, or after a revision, from 1 to 100; 20 unless last.",
    },
    after: {
      type: () => String,
      description: "Go on after this cursor, or after a revision, with first: nothing is missed.",
    },
    last: { type: () => Int, description: "How many of the newest, or before a revision, from 1 to 100." },
    before: { type: () => String, description: "Go back from this cursor, or from a revision, with last." },
    actor: { type: () => String, description: "Only commits by whoever has this name; needs a key." },
    kind: { type: () => actorKindType, description: "Only commits that came about in this way." },
  },
  cost: { times: requestedPageSize },
  resolve: async (_root, args: CommitsArguments, { log, principal }): Promise<Page> => {
    const { size, backward, ...query } = readArguments(args, principal);
    await assertInLog(args.after ?? args.before, log);
    const found = await log.entries({ ...query, [backward ? "last" : "first"]: size + 1 });
    const more = found.length > size;
    const nodes = !more ? found : backward ? found.slice(1) : found.slice(0, size);
    return backward
      ? { nodes, hasPrevious: more, hasNext: query.before !== undefined, cursorOf: placeInLog }
      : { nodes, hasNext: more, hasPrevious: query.after !== undefined, cursorOf: placeInLog };
  },
});

declareQuery(CommitQueries, "history", {
  type: () => commitPage,
  description:
    "The commits that changed a node, what it owns or the links in its file, newest first; gone nodes have theirs too.",
  args: {
    id: { type: () => ID, required: true, description: idForms },
    first: { type: () => Int, defaultValue: defaultPageSize, description: "How many commits, from 1 to 100." },
    after: { type: () => String, description: "Go on after this cursor, a revision, to what came before it." },
  },
  cost: { times: requestedPageSize },
  resolve: async (_root, { id, first, after }: HistoryArguments, { links, log }): Promise<Page> => {
    const size = readPageSize("first", first);
    const node = await readId(id, links, nodeKindNames);
    const before = isGiven(after) ? { before: readRevision("after", after) } : {};
    const found = await log.history(node, { first: size, ...before });
    const cursorOf = ({ revision }: CommitHead): string => String(revision);
    return {
      nodes: found.commits,
      hasNext: found.before !== null,
      hasPrevious: isGiven(after),
      cursorOf,
      next: found.before,
    };
  },
});

interface HistoryArguments {
  readonly id: string;
  readonly first?: number | null;
  readonly after?: string | null;
}

function readArguments({ first, after, last, before, actor, kind }: CommitsArguments, principal: Principal) {
  const backward = isGiven(last);
  if (isGiven(first) && backward) throw new DomainError("INVALID_ARGUMENT", "first and last cannot be given together.");
  if (isGiven(after) && backward) throw new DomainError("INVALID_ARGUMENT", "after goes with first, not with last.");
  if (isGiven(before) && !backward) throw new DomainError("INVALID_ARGUMENT", "before goes with last.");
  if (isGiven(actor) && !may(principal, "readAuthorship"))
    throw new DomainError("UNAUTHENTICATED", "actor needs a key, since names of people are not published.");
  return {
    size: backward ? readPageSize("last", last) : readPageSize("first", first),
    backward,
    ...(isGiven(after) && { after: readRevision("after", withoutHash(after)) }),
    ...(isGiven(before) && { before: readRevision("before", withoutHash(before)) }),
    ...(isGiven(actor) && { actor }),
    ...(isGiven(kind) && { kind }),
  };
}

function readRevision(name: string, text: string): Revision {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new DomainError(
    "INVALID_ARGUMENT",
    `${name} must be a revision, but got: ${JSON.stringify(text.slice(0, 100))}.`,
  );
}

const withoutHash = (cursor: string): string => cursor.replace(/:[0-9a-f]{12}$/, "");

/** Throws CONFLICT for a cursor with a hash that the log does not have at its revision. */
async function assertInLog(cursor: string | null | undefined, log: CommitLog): Promise<void> {
  const [, revision, hash] = /^(\d{1,15}):([0-9a-f]{12})$/.exec(cursor ?? "") ?? [];
  if (hash === undefined || (await log.entry(Number(revision)))?.hash.startsWith(hash)) return;
  throw new DomainError(
    "CONFLICT",
    `The log has another commit at revision ${revision}, or none, since a backup was restored; read it from the start.`,
  );
}

/** Which state of the graph an answer shows. */
export class RevisionQueries {}

declareQuery(RevisionQueries, "revision", {
  type: () => NonNegativeInt,
  description: "The number of the newest commit that the answer shows; edits take it as expectedRevision.",
  resolve: (_root, _args, { unmetered }) => whenReady(unmetered.snapshot(), ({ view }) => view.revision),
});
