import { Int } from "type-graphql";
import { DomainError } from "../../domain/errors";
import type { Revision } from "../../domain/graph/node";
import { revertCommit } from "../../domain/drafts/revert-commit";
import { declareMutation } from "../declare";
import { callOf, idempotencyKey, mutationCost } from "./edit-mutation";
import { mutationPayload, type Payload } from "./payload";

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
