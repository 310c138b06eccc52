/** Access roles, lowest first: each role may do whatever the roles before it may do. */
export const accessRoles = ["ANONYMOUS", "AUTHOR", "EDITOR", "ADMIN"] as const;
export type AccessRole = (typeof accessRoles)[number];

export interface Principal {
  /**
   * Unique and stable: `key:<id>` for an API key, `jwt:<issuer>:<subject>` for a token, or `anonymous`. Drafts and
   * idempotency keys belong to it.
   */
  readonly id: string;
  /** The name that people see in the log and in reviews. */
  readonly name: string;
  readonly role: AccessRole;
  /**
   * True if the key store did not answer, so that the principal is as last known within 60 s. That allows reads, not
   * writes.
   */
  readonly isUnconfirmed?: true;
}

export const anonymous: Principal = Object.freeze({ id: "anonymous", name: "anonymous", role: "ANONYMOUS" });

export const hasRole = ({ role }: Principal, wanted: AccessRole): boolean =>
  accessRoles.indexOf(role) >= accessRoles.indexOf(wanted);
