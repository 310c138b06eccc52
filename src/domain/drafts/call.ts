import { createHash, randomUUID } from "node:crypto";
import type { Principal } from "../access/principal";
import type { AppliedChange } from "../changes/change-set";
import { canonicalJson } from "../changes/hash";
import { DomainError, type FindingCode } from "../errors";
import type { Revision } from "../graph/node";
import type { CommitOptions } from "../graph/port";
import type { InputPath } from "../changes/compose/composition";
import type { Draft, RepeatKey } from "./draft-store";

export interface Call {
  readonly principal: Principal;
  /** All input except the key and `dryRun`. Two calls with one key are the same call if their inputs are equal. */
  readonly input: unknown;
  /** Null if the call cannot be repeated. */
  readonly idempotencyKey: string | null;
  readonly now: Date;
  /** True if those who opened or edited a change set may also approve and publish it. Default: somebody else must. */
  readonly allowsOwnApproval?: boolean;
}

/** The outcome of a call. If there are faults, or in a dry run, nothing was written. */
export interface Outcome {
  readonly faults: readonly Fault[];
  /** The change set that the call was about, in its latest version; null if there is none. */
  readonly draft: Draft | null;
  /**
   * The revision of the commit that was made, or of the head if there was nothing to change; null if nothing was
   * published.
   */
  readonly revision: Revision | null;
  /**
   * The changes that the call made or would make; null if they are to be read from the log, as the changes of the
   * commit.
   */
  readonly changes: readonly AppliedChange[] | null;
  /**
   * Lists of changes that are applied one after another to the graph at the head, to show what the call made or would
   * make.
   */
  readonly preview: readonly (readonly AppliedChange[])[];
}

const nothing: Outcome = Object.freeze({ faults: [], draft: null, revision: null, changes: [], preview: [] });

/** Aborts a commit that is being composed: because of these faults, nothing is written. */
export class Refusal extends DomainError {
  constructor(readonly faults: readonly Fault[]) {
    super("INVALID_CHANGE_SET", faults.map(({ message }) => message).join(" "));
  }
}

/** Returns the outcome, or one with the faults of the Refusal that it throws. Other errors are thrown. */
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

/**
 * The key that makes the call repeatable; undefined if it has none. Throws INVALID_ARGUMENT unless the key is 1 to 200
 * characters without control characters.
 */
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

/**
 * The options of the commit that a call makes. The idempotency key begins with the id of the principal, since names of
 * principals may repeat. A call without a key gets a random one.
 */
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
 * - CHANGE_SET_REQUIRED: authors write into a change set, which an editor publishes.
 * - OWN_CHANGE_SET: those who wrote the change set neither approve nor publish it.
 * - WRONG_STATUS: the status of the change set does not allow this.
 */
export type FaultCode = FindingCode | "CHANGE_SET_REQUIRED" | "OWN_CHANGE_SET" | "WRONG_STATUS";

/** A reason why a call was not carried out. Nothing was written. */
export interface Fault {
  readonly code: FaultCode;
  readonly message: string;
  /** The place in the call's input; empty if the fault is about the whole input. */
  readonly path: InputPath;
  readonly didYouMean?: readonly string[];
  /** Ids of further nodes that are at fault. */
  readonly nodes?: readonly string[];
}
