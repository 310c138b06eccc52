/** What someone may do: each role may do what the ones before it may. */
export const accessRoles = ["ANONYMOUS", "AUTHOR", "EDITOR", "ADMIN"] as const;
export type AccessRole = (typeof accessRoles)[number];

/** Who asks. */
export interface Principal {
  /** Unique and stable: `key:…` for an API key, `jwt:issuer:subject` for a token. What drafts and idempotency keys belong to. */
  readonly id: string;
  /** What people call them: in the log, in reviews. */
  readonly name: string;
  readonly role: AccessRole;
  /** The key store did not answer, and this is what was known of the key a little before: enough to read, not to write. */
  readonly isUnconfirmed?: true;
}

export const anonymous: Principal = Object.freeze({ id: "anonymous", name: "anonymous", role: "ANONYMOUS" });

/** Whether the principal has the role or a higher one. */
export const hasRole = ({ role }: Principal, wanted: AccessRole): boolean =>
  accessRoles.indexOf(role) >= accessRoles.indexOf(wanted);
