import { fieldChanges } from "../../domain/changes/field-changes";
import type { LogRange } from "../../domain/changes/read-log";
import type { Outcome } from "../../domain/drafts/call";
import type { GraphNode } from "../../domain/graph/node";
import { declareField, declareObject } from "../declare";
import type { PromiseOrValue } from "../promise-or-value";
import { changeSetType } from "../types/change-set-type";
import { checked, fieldChange, requested, rowCost, stretch, stretchOf } from "../types/commit-type";
import { Node } from "../types/node-types";
import { NonNegativeInt } from "../types/scalars";
import { userError } from "../types/user-error-type";

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
