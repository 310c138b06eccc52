import { draftPermission, mayWithDraft, type DraftAction } from "../access/permissions";
import type { Principal } from "../access/principal";
import { DomainError } from "../errors";
import type { Call, Fault } from "./call";
import type { Draft, DraftStore } from "./draft-store";

/**
 * Returns the draft with the id. Throws NOT_FOUND if there is none, or if the principal may not do this with it; the
 * error does not tell which.
 */
export async function draftFor(
  principal: Principal,
  id: string,
  drafts: DraftStore,
  action: DraftAction = "readDraft",
): Promise<Draft> {
  const draft = await drafts.draft(id);
  if (draft && mayWithDraft(principal, action, draft)) return draft;
  throw new DomainError("NOT_FOUND", `There is no change set ${JSON.stringify(id.slice(0, 100))}.`);
}

/**
 * The faults of an action on a draft: WRONG_STATUS if its status does not allow the action, OWN_CHANGE_SET if somebody
 * else than the writers must do it.
 */
export function draftFaults(action: DraftAction, draft: Draft, call: Call): readonly Fault[] {
  const { from, done, fourEyes = false } = draftPermission(action);
  const faults: Fault[] = [];
  if (!from.includes(draft.status)) {
    const message = `A change set that is ${draft.status} cannot be ${done}.`;
    faults.push({ code: "WRONG_STATUS", path: ["changeSet"], message });
  }
  if (fourEyes && !call.allowsOwnApproval && hasWritten(call.principal, draft)) {
    const message = `A change set is ${done} by an editor who has neither opened nor edited it; you have.`;
    faults.push({ code: "OWN_CHANGE_SET", path: ["changeSet"], message });
  }
  return faults;
}

const hasWritten = ({ id }: Principal, { author, editedBy = [] }: Draft): boolean =>
  author === id || editedBy.includes(id);
