import type { InputPath } from "../changes/compose/composition";
import type { FindingCode } from "../errors";

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
