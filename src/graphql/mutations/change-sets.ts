import type { Call, Outcome } from "../../domain/drafts/call";
import { type DraftStep, openDraft, revertCommit, takeStep } from "../../domain/drafts/draft-steps";
import { publishDraft, tryPublishing } from "../../domain/drafts/publish-draft";
import { DomainError } from "../../domain/errors";
import type { Revision } from "../../domain/graph/node";
import { type GraphQLContext, show } from "../context";
import { type ArgumentSpec, declareMutation, ID, Int } from "../declare";
import { callOf, idempotencyKey, mutationCost, mutationPayload, type Payload } from "./edit-mutation";

/** A change set may be large, and stores give its commit 10 s; the rest is for waiting its turn and for the answer. */
const publishMilliseconds = 15_000;

/** The life of a change set: opened, handed in, reviewed, published or given up. */
export class ChangeSetMutations {}

const changeSet: ArgumentSpec = {
  type: () => ID,
  required: true,
  description: "The ID that opening the change set gave.",
};

const title: ArgumentSpec = {
  type: () => String,
  required: true,
  description: "What it is about, in a line of at most 200 characters.",
};

const comment: ArgumentSpec = {
  type: () => String,
  required: true,
  description: "What to say of it, in at most 5,000 characters; it stays with the change set.",
};

function declareStep<Args>(
  name: string,
  description: string,
  args: Readonly<Record<string, ArgumentSpec>>,
  perform: (call: Call, args: Args, context: GraphQLContext) => Promise<Outcome>,
): void {
  declareMutation(ChangeSetMutations, name, {
    type: () => mutationPayload,
    description,
    args: { ...args, idempotencyKey },
    cost: mutationCost,
    resolve: async (_root, given: Args & object, context): Promise<Payload> => ({
      ...(await perform(callOf(name, given, context), given, context)),
      node: null,
    }),
  });
}

interface OfChangeSet {
  readonly changeSet: string;
}

declareStep<{ title: string }>(
  "openChangeSet",
  "Opens a change set with nothing in it, to write into and to hand in for review.",
  { title },
  (call, args, { authoring }) => openDraft(call, args.title, authoring.database.drafts),
);

function declareDraftStep<Args extends OfChangeSet>(
  name: string,
  description: string,
  args: Readonly<Record<string, ArgumentSpec>>,
  step: (args: Args) => DraftStep,
): void {
  declareStep<Args>(name, description, { changeSet, ...args }, (call, given, { authoring }) =>
    takeStep(call, given.changeSet, step(given), authoring.database.drafts),
  );
}

declareDraftStep<OfChangeSet & { title: string }>(
  "renameChangeSet",
  "Gives a change set another title, as long as it is not finished.",
  { title },
  (args) => ({ is: "rename", title: args.title }),
);

declareDraftStep("discardChangeSet", "Gives a change set up: it can be looked at, and no longer changed.", {}, () => ({
  is: "discard",
}));

declareDraftStep(
  "submitChangeSet",
  "Hands a change set in for review. Editing it afterwards takes it back.",
  {},
  () => ({
    is: "submit",
  }),
);

declareDraftStep(
  "approveChangeSet",
  "Says that a change set can be published as it is. Somebody else than its writers has to; editing it ends that.",
  {},
  () => ({
    is: "approve",
  }),
);

declareDraftStep<OfChangeSet & { comment: string }>(
  "requestChanges",
  "Sends a change set back to its author, with a comment that says what is missing.",
  { comment },
  (args) => ({ is: "requestChanges", comment: args.comment }),
);

declareDraftStep<OfChangeSet & { comment: string }>(
  "commentOnChangeSet",
  "Says something of a change set without changing what is in it or how far it has come.",
  { comment },
  (args) => ({ is: "comment", comment: args.comment }),
);

declareStep<OfChangeSet & { dryRun: boolean }>(
  "publishChangeSet",
  "Makes a change set part of the graph, as one commit: all of it, or nothing if anything is in the way. Somebody else than its writers has to.",
  {
    changeSet,
    dryRun: {
      type: () => Boolean,
      defaultValue: false,
      description: "Says what publishing would change, or what is in the way, and writes nothing.",
    },
  },
  async (call, args, context) => {
    const { authoring, allow } = context;
    allow?.(publishMilliseconds);
    if (args.dryRun) return tryPublishing(call, args.changeSet, (await authoring.head()).state, authoring.database);
    const outcome = await publishDraft(call, args.changeSet, authoring.database);
    context.report.committed = outcome.revision ?? context.report.committed;
    show(context, (await authoring.head()).access);
    return outcome;
  },
);

interface RevertArguments {
  readonly revision: Revision;
  readonly leaveConflicts: boolean;
  readonly idempotencyKey?: string | null;
}

/** Undoing what was published. */
export class RevertMutations {}

declareMutation(RevertMutations, "revert", {
  type: () => mutationPayload,
  description: "Opens a change set that undoes a commit; it is reviewed and published like any other.",
  args: {
    revision: { type: () => Int, required: true, description: "The number of the commit to undo." },
    leaveConflicts: {
      type: () => Boolean,
      defaultValue: false,
      description: "Leaves out what others have changed since, which else is an error each, and undoes the rest.",
    },
    idempotencyKey,
  },
  cost: mutationCost,
  resolve: async (_root, args: RevertArguments, context): Promise<Payload> => {
    const commit = await context.log.whole(args.revision);
    if (!commit) throw new DomainError("NOT_FOUND", `There is no commit ${args.revision}.`);
    const { database, head } = context.authoring;
    const { state } = await head();
    return {
      ...(await revertCommit(callOf("revert", args, context), commit, args.leaveConflicts, state, database.drafts)),
      node: null,
    };
  },
});
