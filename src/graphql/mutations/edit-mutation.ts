import type { Edit } from "../../domain/changes/compose/composition";
import { fieldChanges } from "../../domain/changes/field-changes";
import type { LogRange } from "../../domain/changes/read-log";
import type { Call, Outcome } from "../../domain/drafts/call";
import { editGraph, tryEdit } from "../../domain/drafts/edit-graph";
import { editDraft } from "../../domain/drafts/save-draft";
import type { GraphNode } from "../../domain/graph/node";
import type { NodeKind } from "../../domain/ontology/node-kinds";
import { isGiven } from "../arguments/page-size";
import { type GraphQLContext, show } from "../context";
import {
  type ArgumentSpec,
  type Declarable,
  declareField,
  declareMutation,
  declareObject,
  type FieldCost,
  ID,
  Int,
} from "../declare";
import { base, perUnit } from "../limits/meter";
import type { PromiseOrValue } from "../promise-or-value";
import { nodeByReference } from "../queries/look-ups";
import { changeSetType } from "../types/change-set-type";
import { checked, fieldChange, requested, rowCost, stretch, stretchOf } from "../types/commit-type";
import { Node } from "../types/node-types";
import { NonNegativeInt } from "../types/scalars";
import { userError } from "../types/user-error-type";

/** Besides what its answer holds, a mutation costs what planning and writing takes, by the length of what it is given. */
export const mutationCost: FieldCost = {
  own: base.mutation,
  base: (args) => Math.ceil(lengthOf(args) / perUnit.logBytes),
};

const lengthOf = (args: object): number => JSON.stringify(args).length;

export const idempotencyKey: ArgumentSpec = {
  type: () => String,
  description:
    "Makes the call repeatable for 7 days: with the same key it is done once. Up to 200 characters, without control characters.",
};

/** The arguments that every edit takes. */
const editArguments: Readonly<Record<string, ArgumentSpec>> = {
  changeSet: {
    type: () => ID,
    description: "The change set to write into; without one, an editor's edit is published.",
  },
  idempotencyKey,
  expectedRevision: {
    type: () => Int,
    description: "The revision at which you saw what you change; refused if it has been changed since.",
  },
  dryRun: {
    type: () => Boolean,
    defaultValue: false,
    description: "Says what the edit would come to, and writes nothing.",
  },
};

interface EditArguments {
  readonly changeSet?: string | null;
  readonly idempotencyKey?: string | null;
  readonly expectedRevision?: number | null;
  readonly dryRun: boolean;
}

/** A mutation that edits the graph or a change set. */
interface EditMutation<Args> {
  readonly description: string;
  readonly args: Readonly<Record<string, ArgumentSpec>>;
  readonly edit: (args: Args) => Edit;
  /** What the log calls it. */
  readonly title: (args: Args) => string;
  /** The node that it is about, as the arguments name it; none for one that is removed. */
  readonly subject?: (args: Args) => { readonly text: string; readonly kinds: readonly NodeKind[] };
}

export function declareEdit<Args>(target: Declarable, name: string, mutation: EditMutation<Args>): void {
  declareMutation(target, name, {
    type: () => mutationPayload,
    description: mutation.description,
    args: { ...mutation.args, ...editArguments },
    cost: mutationCost,
    resolve: async (_root, given: Args & EditArguments, context): Promise<Payload> => {
      const call = callOf(name, given, context);
      const outcome = await perform(call, mutation, given, context);
      const subject = outcome.faults.length === 0 && mutation.subject?.(given);
      return { ...outcome, node: subject ? nodeByReference(subject.text, subject.kinds, context.links) : null };
    },
  });
}

/** A call of the mutation, which counts as one. A dry run is not to be repeated, so it uses up no key. */
export function callOf(name: string, given: object, { principal, authoring, report }: GraphQLContext): Call {
  report.meter.objects(base.mutation);
  report.meter.logBytes(lengthOf(given));
  const { idempotencyKey: key, dryRun, ...args } = given as Partial<EditArguments>;
  const { allowsOwnApproval } = authoring;
  const idempotencyKey = dryRun ? null : (key ?? null);
  return { principal, input: [name, args], idempotencyKey, now: new Date(), allowsOwnApproval };
}

async function perform<Args>(
  call: Call,
  { edit, title }: EditMutation<Args>,
  given: Args & EditArguments,
  context: GraphQLContext,
): Promise<Outcome> {
  const { authoring } = context;
  const { changeSet, dryRun } = given;
  const request = { edit: edit(given), title: title(given), expectedRevision: given.expectedRevision ?? null };
  if (!isGiven(changeSet) && !dryRun) {
    const outcome = await editGraph(call, request, authoring.database);
    context.report.committed = outcome.revision ?? context.report.committed;
    show(context, (await authoring.head()).access);
    return outcome;
  }
  const graph = await authoring.head();
  const outcome = isGiven(changeSet)
    ? await editDraft(call, changeSet, { ...request, dryRun }, graph.state, authoring.database)
    : await tryEdit(call, request, graph.state, authoring.database);
  show(context, graph.after(...outcome.preview));
  return outcome;
}

/** What came of a mutation, and the node that it was about. */
export interface Payload extends Outcome {
  readonly node: PromiseOrValue<GraphNode | null>;
}

export const mutationPayload = declareObject(
  "MutationPayload",
  "What came of a mutation. With user errors nothing was written, and the other fields are null or empty.",
);

declareField<Payload>(mutationPayload, "node", {
  type: () => Node,
  nullable: true,
  description: "The node as the mutation has made it, in the change set or in the graph; null once it is removed.",
});

declareField<Payload>(mutationPayload, "changeSet", {
  type: () => changeSetType,
  nullable: true,
  description: "The change set that was written to, as it is now; null where the graph itself was.",
  resolve: ({ draft }) => draft,
});

declareField<Payload>(mutationPayload, "revision", {
  type: () => NonNegativeInt,
  nullable: true,
  description: "The revision of the graph that holds what was published; null where nothing was.",
});

declareField<Payload>(mutationPayload, "changes", {
  type: () => [fieldChange],
  description: "What the mutation changed, field by field; of a dry run, what it would have changed.",
  args: stretch,
  cost: { times: requested, own: rowCost },
  resolve: ({ changes, revision }, args: LogRange, { log }) =>
    changes || revision === null
      ? stretchOf(fieldChanges(changes ?? []), args)
      : log.fieldChanges(revision, checked(args)),
});

declareField<Payload>(mutationPayload, "userErrors", {
  type: () => [userError],
  description: "All that has to be mended in the input before it can be carried out; empty if it was.",
  cost: { times: 5 },
  resolve: ({ faults }) => faults,
});
