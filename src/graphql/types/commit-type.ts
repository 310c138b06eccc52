import type { Actor, CommitHead } from "../../domain/changes/change-set";
import type { FieldChange } from "../../domain/changes/field-changes";
import type { LogRange } from "../../domain/changes/read-log";
import type { TouchedNode } from "../../domain/changes/touched-nodes";
import { DomainError } from "../../domain/errors";
import { globalId, kindOf } from "../../domain/ids";
import { type ArgumentSpec, declareField, declareObject, ID, Int } from "../declare";
import { base, perUnit } from "../limits/meter";
import { enumType, namedEnum, nodeKindType } from "./enum-types";
import { DateTime, Json, NonNegativeInt } from "./scalars";

const changeTypeEnum = enumType(
  "ChangeType",
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
declareField<TouchedNode>(touchedNode, "changeType", {
  type: () => changeTypeEnum,
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
declareField<FieldChange>(fieldChange, "changeType", {
  type: () => changeTypeEnum,
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

const maxBatch = 500;
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

/** The stretch, as it was asked for. Throws INVALID_ARGUMENT unless it is in the range that the arguments allow. */
export function checked(asked: LogRange): LogRange {
  const { first, skip } = asked;
  if (first < 1 || first > maxBatch || skip < 0)
    throw new DomainError("INVALID_ARGUMENT", "first or skip is out of the range that its description gives.");
  return asked;
}

export function stretchOf<T>(items: readonly T[], asked: LogRange): readonly T[] {
  const { first, skip } = checked(asked);
  return items.slice(skip, skip + first);
}

/** How many a stretch may hold, for what a query may cost. */
export const requested = ({ first }: Readonly<Record<string, unknown>>): number =>
  typeof first === "number" ? Math.max(first, 1) : defaultAtOnce;

/** A row has no fields of its own that cost anything; twenty of them are as much as a node. */
export const rowCost = 0.05;

/**
 * Rows are read by parts of the log, of which the first one is decoded for a single row already: what `base` stands for,
 * with the length of a part that is full and of one of a commit of some nodes. A row adds its own length.
 */
const changesCost = { times: requested, own: 1, base: base.storeRead + Math.ceil(64_000 / perUnit.logBytes) };
const nodesCost = { times: requested, own: 0.3, base: base.storeRead + Math.ceil(4_000 / perUnit.logBytes) };

export const commitType = declareObject(
  "Commit",
  "An entry of the log: a change set that was applied as a whole and made a new revision of the graph.",
);
declareField<CommitHead>(commitType, "revision", {
  type: () => NonNegativeInt,
  description: "The number of the commit, and of the graph that it made; the first one is 1.",
});
declareField<CommitHead>(commitType, "hash", {
  type: () => String,
  description:
    "Chains the commit to all before it: SHA-256 in hexadecimal digits. Kept elsewhere, it shows later whether anything up to here was altered.",
});
declareField<CommitHead>(commitType, "at", {
  type: () => DateTime,
  description: "The moment of the commit by the clock of the server that made it.",
});
declareField<CommitHead>(commitType, "title", {
  type: () => String,
  description: "What was done, in the words of whoever did it.",
});
declareField<CommitHead>(commitType, "actor", {
  type: () => actor,
  description: "Who made the commit; needs a key, since names of people are not published.",
});
declareField<CommitHead>(commitType, "nodeCount", {
  type: () => NonNegativeInt,
  description: "How many nodes the commit is about, those included of which only links changed.",
});
declareField<CommitHead>(commitType, "nodes", {
  type: () => [touchedNode],
  description: "The nodes that the commit is about, by ID; of large commits, a stretch of them.",
  args: stretch,
  cost: nodesCost,
  resolve: ({ revision }, args: LogRange, { log }) => log.touched(revision, checked(args)),
});
declareField<CommitHead>(commitType, "changeCount", {
  type: () => NonNegativeInt,
  description: "How many fields the commit changed, over all nodes and links; so many changes there are to list.",
});
declareField<CommitHead>(commitType, "changes", {
  type: () => [fieldChange],
  description: "What the commit did, field by field, nodes before links; needs a key. Of large commits, a stretch.",
  args: stretch,
  cost: changesCost,
  resolve: ({ revision }, args: LogRange, { log }) => log.fieldChanges(revision, checked(args)),
});
