import { errors, type JWTPayload, jwtVerify } from "jose";
import { type AccessRole, accessRoles, type Principal } from "../domain/access/principal";
import { DomainError } from "../domain/errors";
import type { SigningKeys } from "./signing-keys";

export interface TokenRules {
  readonly issuer: string;
  readonly audience: string;
  /** The claim that holds a role or a list of roles: its name, or its path with dots, such as `realm_access.roles`. */
  readonly roleClaim: string;
}

/**
 * Checks a JSON Web Token and returns its principal. Throws UNAUTHENTICATED if the token is not valid or gives no role,
 * KEYS_UNAVAILABLE if it cannot be checked now.
 */
export type TokenVerifier = (token: string) => Promise<Principal>;

/** Asymmetric algorithms only: a party that can check a token must not be able to make one. */
const algorithms = ["RS256", "PS256", "ES256", "ES384", "EdDSA", "Ed25519"];
const toleranceSeconds = 5;
const maxNameLength = 100;
const maxSubjectLength = 255;

/** Follows https://www.rfc-editor.org/rfc/rfc8725 */
export function createTokenVerifier(rules: TokenRules, signingKeys: SigningKeys): TokenVerifier {
  const { issuer, audience, roleClaim } = rules;
  const requiredClaims = ["exp", "sub"];
  const options = { issuer, audience, algorithms, requiredClaims, clockTolerance: toleranceSeconds };
  return async (token) => {
    const { payload } = await jwtVerify(token, signingKeys.find, options).catch((error: unknown) => {
      if (error instanceof errors.JWTExpired) throw new DomainError("UNAUTHENTICATED", "The token has expired.");
      if (error instanceof errors.JOSEError) throw new DomainError("UNAUTHENTICATED", "The credential is not valid.");
      throw error;
    });
    const { sub: subject } = payload;
    const role = roleOf(payload, roleClaim);
    if (role === null || !isText(subject, maxSubjectLength))
      throw new DomainError("UNAUTHENTICATED", "The token gives its holder no role here.");
    const name = isText(payload["name"], maxNameLength) ? payload["name"] : subject;
    return Object.freeze({ id: `jwt:${issuer}:${subject}`, name, role });
  };
}

const isText = (value: unknown, longest: number): value is string =>
  typeof value === "string" && value !== "" && value.length <= longest && !/\p{Cc}/u.test(value);

/** The highest role that the claim names, in upper or lower case; null if the claim names none. */
function roleOf(payload: JWTPayload, claim: string): AccessRole | null {
  const value = Object.hasOwn(payload, claim) ? payload[claim] : claim.split(".").reduce<unknown>(property, payload);
  const names = (Array.isArray(value) ? value : [value]).map((name) => String(name).toUpperCase());
  return accessRoles.findLast((role) => role !== "ANONYMOUS" && names.includes(role)) ?? null;
}

const property = (of: unknown, name: string): unknown =>
  typeof of === "object" && of !== null && Object.hasOwn(of, name) ? (of as Record<string, unknown>)[name] : undefined;
