import { ID, Int } from "type-graphql";
import type { Actor, AppliedChange, Commit, CommitHead } from "../../domain/changes/change-set";
import { type FieldChange, fieldChanges } from "../../domain/changes/field-changes";
import { touchedNodes, type TouchedNode } from "../../domain/changes/touched-nodes";
import { DomainError } from "../../domain/errors";
import { globalId, kindOf } from "../../domain/ids";
import type { GraphQLContext } from "../context";
import { type ArgumentSpec, declareField, declareObject } from "../declare";
import { type MaybePromise, whenReady } from "../maybe-promise";
import { enumType, namedEnum } from "./enum-types";
import { nodeKindType } from "./node-kind-type";
import { DateTime, Json, NonNegativeInt } from "./scalars";

/** A commit as resolvers hand it on: what it changed is at hand, or is read when asked for. */
export type CommitSource = CommitHead & Partial<Pick<Commit, "changes">>;

const happeningType = enumType(
  "Happening",
  {
    CREATED: "It was not there before, or had been removed earlier.",
    CHANGED: "It was there before and after, and some of its fields differ.",
    REMOVED: "It was there before and is not there after; it may come back later.",
    LINKED: "The node is as it was, but links that lead to it or from it differ.",
  },
  "What a commit did to a node or to a link.",
);

export const actorKindType = namedEnum(
  "ActorKind",
  { IMPORT: "import", PERSON: "person" },
  {
    IMPORT: "Files of a bank were imported; who wrote them is known where the files are kept.",
    PERSON: "Somebody changed the graph through the API or the command line.",
  },
  "How a commit came about: by files or by somebody.",
);

const actor = declareObject("Actor", "Who made a commit: somebody with a credential, or an import of files.");
declareField<Actor>(actor, "kind", {
  type: () => actorKindType,
  description: "Whether files were the author or somebody was.",
});
declareField<Actor>(actor, "name", {
  type: () => String,
  description: "What the credential or the import is called; it is told to those with a key alone.",
});

const touchedNode = declareObject("TouchedNode", "A node that a commit is about, with what became of it there.");
declareField<TouchedNode>(touchedNode, "id", {
  type: () => ID,
  description: "The node's global ID; the node itself may be gone or have changed again since.",
  resolve: ({ id }) => globalId(id),
});
declareField<TouchedNode>(touchedNode, "kind", {
  type: () => nodeKindType,
  description: "Which kind of node it is; this never changes.",
  resolve: ({ id }) => kindOf(id),
});
declareField<TouchedNode>(touchedNode, "happening", {
  type: () => happeningType,
  description: "What the commit did to the node; LINKED if it only changed links around it.",
});

export const fieldChange = declareObject(
  "FieldChange",
  "What a commit or a change set does to one field of one node or link.",
);
declareField<FieldChange>(fieldChange, "subject", {
  type: () => String,
  description: "The item: Kind:slug of a node, by its first slug, or the kind of a link with both its ends.",
});
declareField<FieldChange>(fieldChange, "happening", {
  type: () => happeningType,
  description: "What became of the whole item, of which this is one field.",
});
declareField<FieldChange>(fieldChange, "field", {
  type: () => String,
  nullable: true,
  description: "The name of the field, of the link's property, slug or order; null for links that carry nothing.",
});
for (const [name, when] of [
  ["before", "before the change"],
  ["after", "after the change"],
] as const) {
  declareField<FieldChange>(fieldChange, name, {
    type: () => Json,
    nullable: true,
    description: `The field's value ${when}, long texts in full; null where it had none.`,
  });
}

const mostAtOnce = 500;
const defaultAtOnce = 100;
/** The arguments of a list that is given in stretches. */
export const stretch: Readonly<Record<string, ArgumentSpec>> = {
  first: {
    type: () => Int,
    defaultValue: defaultAtOnce,
    description: "How many to give, from 1 to 500; what is beyond is there for the asking with skip.",
  },
  skip: {
    type: () => Int,
    defaultValue: 0,
    description: "How many to pass over; a commit never changes, so places in it do not move.",
  },
};
export interface Stretch {
  readonly first: number;
  readonly skip: number;
}

export function stretchOf<T>(items: readonly T[], { first, skip }: Stretch): readonly T[] {
  if (first < 1 || first > mostAtOnce || skip < 0)
    throw new DomainError("INVALID_ARGUMENT", "first or skip is out of the range that its description gives.");
  return items.slice(skip, skip + first);
}

/** How many a stretch may hold, for what a query may cost. */
export const requested = ({ first }: Readonly<Record<string, unknown>>): number =>
  typeof first === "number" ? Math.max(first, 1) : defaultAtOnce;

/** A row has no fields of its own that cost anything; twenty of them are as much as a node. */
export const rowCost = 0.05;

const changesOf = (commit: CommitSource, { log }: GraphQLContext): MaybePromise<readonly AppliedChange[]> =>
  commit.changes ?? log.commit(commit.revision).then((found) => found?.changes ?? []);

export const commitType = declareObject(
  "Commit",
  "An entry of the log: a change set that was applied as a whole and made a new revision of the graph.",
);
declareField<CommitSource>(commitType, "revision", {
  type: () => NonNegativeInt,
  description: "The number of the commit, and of the graph that it made; the first one is 1.",
});
declareField<CommitSource>(commitType, "at", {
  type: () => DateTime,
  description: "The moment of the commit by the clock of the server that made it.",
});
declareField<CommitSource>(commitType, "title", {
  type: () => String,
  description: "What was done, in the words of whoever did it.",
});
declareField<CommitSource>(commitType, "actor", {
  type: () => actor,
  description: "Who made the commit; needs a key, since names of people are not published.",
});
declareField<CommitSource>(commitType, "nodeCount", {
  type: () => NonNegativeInt,
  description: "How many nodes the commit is about, those included of which only links changed.",
  resolve: (commit, _args, context) => whenReady(changesOf(commit, context), (changes) => touchedNodes(changes).length),
});
declareField<CommitSource>(commitType, "nodes", {
  type: () => [touchedNode],
  description: "The nodes that the commit is about, by ID; of large commits, a stretch of them.",
  args: stretch,
  cost: { times: requested, own: rowCost },
  resolve: (commit, args: Stretch, context) =>
    whenReady(changesOf(commit, context), (changes) => stretchOf(touchedNodes(changes), args)),
});
declareField<CommitSource>(commitType, "changeCount", {
  type: () => NonNegativeInt,
  description: "How many fields the commit changed, over all nodes and links; so many changes there are to list.",
  resolve: (commit, _args, context) => whenReady(changesOf(commit, context), (changes) => fieldChanges(changes).length),
});
declareField<CommitSource>(commitType, "changes", {
  type: () => [fieldChange],
  description: "What the commit did, field by field, nodes before links; needs a key. Of large commits, a stretch.",
  args: stretch,
  cost: { times: requested, own: rowCost },
  resolve: (commit, args: Stretch, context) =>
    whenReady(changesOf(commit, context), (changes) => stretchOf(fieldChanges(changes), args)),
});
