import type { Draft, DraftStatus } from "../drafts/draft-store";
import { DomainError } from "../errors";
import { type AccessRole, hasRole, type Principal } from "./principal";

/** A permission for an action. `role` is the lowest role that has it. */
interface Permission {
  readonly role: AccessRole;
  /** The subject of the sentence in a refusal, such as `Publishing a change set`. */
  readonly what: string;
  /** True for writes: they need a key that the key store has confirmed. */
  readonly writes?: true;
}

interface DraftPermission extends Permission {
  /** The lowest role that may do this with change sets of others. */
  readonly others: AccessRole;
  readonly from: readonly DraftStatus[];
  /** The status afterwards. Absent if the status stays, or depends on what is done. */
  readonly to?: DraftStatus;
  /** The participle in a refusal, such as `A change set that is OPEN cannot be approved.` */
  readonly done: string;
  /** True if those who opened or edited the change set may not do it, unless own approval is allowed. */
  readonly fourEyes?: true;
}

const graph = {
  readGraph: { role: "ANONYMOUS", what: "Reading what is published" },
  readAuthorship: { role: "AUTHOR", what: "Reading who changed what, and what it was before" },
  readOldCommits: { role: "AUTHOR", what: "Following the log from far back" },
  useViews: { role: "AUTHOR", what: "Fulcrum-View" },
  lintGraph: { role: "AUTHOR", what: "Linting the graph" },
  editGraph: { role: "EDITOR", what: "Publishing an edit at once", writes: true },
  openDraft: { role: "AUTHOR", what: "Opening a change set", writes: true },
  revertCommit: { role: "AUTHOR", what: "Reverting a commit", writes: true },
} as const satisfies Readonly<Record<string, Permission>>;

/** The statuses in which a change set can still be edited and published. */
export const openStatuses: readonly DraftStatus[] = ["OPEN", "SUBMITTED", "CHANGES_REQUESTED", "APPROVED"];
const everyStatus: readonly DraftStatus[] = [...openStatuses, "PUBLISHED", "DISCARDED"];

const byAuthor = { role: "AUTHOR", others: "EDITOR", writes: true } as const;
const byEditor = { role: "EDITOR", others: "EDITOR", writes: true } as const;
const changeSet = {
  readDraft: { role: "AUTHOR", others: "EDITOR", what: "Reading change sets", from: everyStatus, done: "read" },
  edit: { ...byAuthor, what: "Editing a change set", from: openStatuses, done: "edited" },
  rename: { ...byAuthor, what: "Renaming a change set", from: openStatuses, done: "renamed" },
  submit: {
    ...byAuthor,
    what: "Submitting a change set",
    from: ["OPEN", "CHANGES_REQUESTED"],
    to: "SUBMITTED",
    done: "submitted",
  },
  comment: { ...byAuthor, what: "Commenting on a change set", from: everyStatus, done: "commented on" },
  discard: { ...byAuthor, what: "Discarding a change set", from: openStatuses, to: "DISCARDED", done: "discarded" },
  approve: {
    ...byEditor,
    what: "Approving a change set",
    from: ["SUBMITTED"],
    to: "APPROVED",
    done: "approved",
    fourEyes: true,
  },
  requestChanges: {
    ...byEditor,
    what: "Requesting changes to a change set",
    from: ["SUBMITTED", "APPROVED"],
    to: "CHANGES_REQUESTED",
    done: "sent back",
  },
  publish: {
    ...byEditor,
    what: "Publishing a change set",
    from: openStatuses,
    to: "PUBLISHED",
    done: "published",
    fourEyes: true,
  },
} as const satisfies Readonly<Record<string, DraftPermission>>;

/** The only table of who may do what. It applies to every caller of the domain: the API, the command line and tests. */
export const permissions = { ...graph, ...changeSet };
export type Action = keyof typeof permissions;
export type DraftAction = keyof typeof changeSet;

export const draftPermission = (action: DraftAction): DraftPermission => changeSet[action];

export const may = (principal: Principal, action: Action): boolean => hasRole(principal, permissions[action].role);

/**
 * Throws UNAUTHENTICATED if the principal has no credential, FORBIDDEN if its role is too low. `what` begins the
 * message.
 */
export function requireRole(principal: Principal, role: AccessRole, what: string): void {
  if (hasRole(principal, role)) return;
  if (principal.role === "ANONYMOUS")
    throw new DomainError("UNAUTHENTICATED", `${what} needs an API key or a token with the role ${role}.`);
  throw new DomainError("FORBIDDEN", `${what} needs the role ${role}, but the credential has ${principal.role}.`);
}

/** Throws as `requireRole` does. Also throws STORE_UNAVAILABLE for a write by a key that cannot be confirmed now. */
export function assertMay(principal: Principal, action: Action): void {
  const { role, what, writes }: Permission = permissions[action];
  requireRole(principal, role, what);
  if (writes) requireConfirmed(principal);
}

export function requireConfirmed({ isUnconfirmed }: Principal): void {
  if (isUnconfirmed) throw new DomainError("STORE_UNAVAILABLE", "The key cannot be checked now, as a write needs.");
}

/** Tells if the role allows the action on every change set, whoever opened it. */
export const mayWithAllDrafts = (principal: Principal, action: DraftAction): boolean =>
  hasRole(principal, changeSet[action].others);

/** Tells if role and authorship allow the action. Does not look at the status of the change set. */
export const mayWithDraft = (principal: Principal, action: DraftAction, { author }: Pick<Draft, "author">): boolean =>
  hasRole(principal, author === principal.id ? changeSet[action].role : changeSet[action].others);
