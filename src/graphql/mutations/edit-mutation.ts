import type { Edit } from "../../domain/changes/compose/composition";
import type { Call, Outcome } from "../../domain/drafts/call";
import { editDraft } from "../../domain/drafts/edit-draft";
import { editGraph, tryEdit } from "../../domain/drafts/edit-graph";
import type { NodeKind } from "../../domain/ontology/node-kinds";
import { isGiven } from "../arguments/is-given";
import { type GraphQLContext, show } from "../context";
import { type ArgumentSpec, type Declarable, declareMutation, type FieldCost, ID, Int } from "../declare";
import { base, perUnit } from "../limits/meter";
import { nodeByReference } from "../queries/find-node";
import { mutationPayload, type Payload } from "./payload";

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
