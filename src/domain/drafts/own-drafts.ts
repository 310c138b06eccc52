import { hasRole, type Principal } from "../access/principal";
import { DomainError } from "../errors";
import type { Draft, DraftStatus, DraftStore } from "./draft-store";
import type { Call } from "./call";
import type { Fault } from "./fault";

/** Authors see and write their own change sets, editors all. */
export const isOpenTo = ({ author }: Draft, principal: Principal): boolean =>
  hasRole(principal, "EDITOR") || (hasRole(principal, "AUTHOR") && author === principal.id);

/** The draft. Throws NOT_FOUND if there is none, or if it is not for the principal to see: which of the two is not told. */
export async function draftFor(principal: Principal, id: string, drafts: DraftStore): Promise<Draft> {
  const draft = await drafts.draft(id);
  if (draft && isOpenTo(draft, principal)) return draft;
  throw new DomainError("NOT_FOUND", `There is no change set ${JSON.stringify(id.slice(0, 100))}.`);
}

/** In these a change set can be written to and published. */
export const unfinished: readonly DraftStatus[] = ["OPEN", "SUBMITTED", "CHANGES_REQUESTED", "APPROVED"];

/** The fault of a draft that has none of the statuses; none if it has one. */
export const statusFaults = ({ status }: Draft, allowed: readonly DraftStatus[], what: string): readonly Fault[] =>
  allowed.includes(status)
    ? []
    : [{ code: "WRONG_STATUS", path: ["changeSet"], message: `A change set that is ${status} cannot be ${what}.` }];

/** The fault of a caller who wrote the draft and may not judge it; none for anybody else. */
export const ownershipFaults = (
  { author, editedBy = [] }: Draft,
  { principal, allowsOwnApproval = false }: Call,
  what: string,
): readonly Fault[] =>
  allowsOwnApproval || (author !== principal.id && !editedBy.includes(principal.id))
    ? []
    : [
        {
          code: "OWN_CHANGE_SET",
          path: ["changeSet"],
          message: `A change set is ${what} by an editor who has neither opened nor edited it; you have.`,
        },
      ];
