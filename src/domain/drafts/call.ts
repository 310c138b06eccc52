import { createHash, randomUUID } from "node:crypto";
import type { Principal } from "../access/principal";
import type { AppliedChange } from "../changes/change-set";
import { canonicalJson } from "../changes/hash";
import { DomainError, type FindingCode } from "../errors";
import type { Revision } from "../graph/node";
import type { CommitOptions } from "../graph/port";
import type { InputPath } from "../changes/compose/composition";
import type { Draft, RepeatKey } from "./draft-store";

/** A mutation, and who sent it. */
export interface Call {
  readonly principal: Principal;
  /** All that it was given besides the key and `dryRun`: calls with one key are the same if this is. */
  readonly input: unknown;
  /** Null: the call cannot be repeated. */
  readonly idempotencyKey: string | null;
  readonly now: Date;
  /** Whoever opened or edited a change set may approve and publish it as well; default is that somebody else has to. */
  readonly allowsOwnApproval?: boolean;
}

/** What came of a call. With faults nothing was written; a dry run has written nothing either. */
export interface Outcome {
  readonly faults: readonly Fault[];
  /** The change set that was written to, as it is now. */
  readonly draft: Draft | null;
  /** The commit that was made; the head if there was nothing to change. */
  readonly revision: Revision | null;
  /** What the call changed, or would; null where the log has it, as the commit's changes. */
  readonly changes: readonly AppliedChange[] | null;
  /** What to add to the graph at the head to see what the call made, or would have made: changes, one after another. */
  readonly preview: readonly (readonly AppliedChange[])[];
}

const nothing: Outcome = Object.freeze({ faults: [], draft: null, revision: null, changes: [], preview: [] });

/** Ends a commit that is being composed: for these faults nothing is written. */
export class Refusal extends DomainError {
  constructor(readonly faults: readonly Fault[]) {
    super("INVALID_CHANGE_SET", faults.map(({ message }) => message).join(" "));
  }
}

/** What a call comes to whose commit was composed: its outcome, or that of the refusal. */
export async function orRefused(outcome: Promise<Outcome>): Promise<Outcome> {
  try {
    return await outcome;
  } catch (error) {
    if (error instanceof Refusal) return refused(error.faults);
    throw error;
  }
}

export const refused = (faults: readonly Fault[]): Outcome => ({ ...nothing, faults });
export const succeeded = (what: Partial<Outcome>): Outcome => ({ ...nothing, ...what });

/** What tells the call from others under its key, if it has one. Throws INVALID_ARGUMENT for a key that cannot be kept. */
export function repeatKeyOf({ principal, idempotencyKey, input }: Call): RepeatKey | undefined {
  if (idempotencyKey === null) return undefined;
  if (!isKey(idempotencyKey))
    throw new DomainError(
      "INVALID_ARGUMENT",
      "idempotencyKey must be 1 to 200 characters, none of them a control character.",
    );
  return { principal: principal.id, key: idempotencyKey, inputHash: hashOf(input) };
}

const isKey = (text: string): boolean =>
  text.length >= 1 && text.length <= 200 && text.isWellFormed() && !/\p{Cc}/u.test(text);

/** The options of the commit that a call makes. Names of principals may repeat, so that their ids go into the key. */
export function commitOptionsOf(call: Call): Required<Pick<CommitOptions, "idempotencyKey" | "inputHash" | "actor">> {
  const { principal, input } = call;
  const key = repeatKeyOf(call)?.key ?? randomUUID();
  return {
    idempotencyKey: `${principal.id} ${key}`,
    inputHash: hashOf(input),
    actor: { kind: "person", name: principal.name },
  };
}

const hashOf = (input: unknown): string => createHash("sha256").update(canonicalJson(input)).digest("base64url");

/**
 * - CHANGE_SET_REQUIRED: authors write into a change set, which someone publishes.
 * - OWN_CHANGE_SET: whoever wrote the change set neither approves nor publishes it.
 * - WRONG_STATUS: the change set is not in a state in which this can be done.
 */
export type FaultCode = FindingCode | "CHANGE_SET_REQUIRED" | "OWN_CHANGE_SET" | "WRONG_STATUS";

/** What keeps an author's call from being carried out. Nothing was written. */
export interface Fault {
  readonly code: FaultCode;
  readonly message: string;
  /** From the call's input; empty if it is about the whole. */
  readonly path: InputPath;
  readonly didYouMean?: readonly string[];
  /** Ids of what else is at fault. */
  readonly nodes?: readonly string[];
}
