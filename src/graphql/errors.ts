import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { DomainError, type DomainErrorCode } from "../domain/errors";
import type { LimitNumbers } from "./limits/meter";

/** The codes that GraphQL and Apollo give, and whose messages are about the request; with the code that clients see. */
const requestErrors = {
  GRAPHQL_PARSE_FAILED: "GRAPHQL_PARSE_FAILED",
  GRAPHQL_VALIDATION_FAILED: "GRAPHQL_VALIDATION_FAILED",
  OPERATION_RESOLUTION_FAILURE: "OPERATION_RESOLUTION_FAILURE",
  OPERATION_TOO_COMPLEX: "OPERATION_TOO_COMPLEX",
  BAD_REQUEST: "BAD_REQUEST",
  BAD_USER_INPUT: "BAD_USER_INPUT",
  RATE_LIMITED: "RATE_LIMITED",
  SERVICE_UNAVAILABLE: "SERVICE_UNAVAILABLE",
  PERSISTED_QUERY_NOT_FOUND: "BAD_REQUEST",
  PERSISTED_QUERY_NOT_SUPPORTED: "BAD_REQUEST",
} as const;

type RequestErrorCode = keyof typeof requestErrors;

/** A code of the list in ARCHITECTURE.md; there are no others at the top level of an answer. */
export type ErrorCode =
  | (typeof requestErrors)[RequestErrorCode]
  | "IDEMPOTENCY_KEY_REUSED"
  | "CONFLICT"
  | "NOT_FOUND"
  | "UNAUTHENTICATED"
  | "FORBIDDEN"
  | "DEADLINE_EXCEEDED"
  | "SERVICE_UNAVAILABLE"
  | "INTERNAL_SERVER_ERROR";

interface PublicError {
  readonly code: ErrorCode;
  readonly message: string;
}

const internal: PublicError = {
  code: "INTERNAL_SERVER_ERROR",
  message: "Something went wrong; the request id helps to find out what.",
};

const unavailable: PublicError = {
  code: "SERVICE_UNAVAILABLE",
  message: "The store cannot answer now; try again later.",
};

const late: PublicError = { code: "DEADLINE_EXCEEDED", message: "The request took too long." };

/** A code alone: the domain's own message is made for whoever asked. */
const ofDomain: Readonly<Record<DomainErrorCode, ErrorCode | PublicError>> = {
  INVALID_ARGUMENT: "BAD_USER_INPUT",
  INVALID_CHANGE_SET: "BAD_USER_INPUT",
  IDEMPOTENCY_KEY_REUSED: "IDEMPOTENCY_KEY_REUSED",
  STORE_UNAVAILABLE: unavailable,
  STORE_UNUSABLE: unavailable,
  STORE_MISMATCH: unavailable,
  DEADLINE_EXCEEDED: late,
  ABORTED: unavailable,
  CONFLICT: "CONFLICT",
  NOT_FOUND: "NOT_FOUND",
  UNAUTHENTICATED: "UNAUTHENTICATED",
  FORBIDDEN: "FORBIDDEN",
  KEYS_UNAVAILABLE: { code: "SERVICE_UNAVAILABLE", message: "Tokens cannot be checked now; try again later." },
  TOO_COMPLEX: "OPERATION_TOO_COMPLEX",
};

/** What a client may know of an error that was thrown anywhere while its request was served. */
export function publicError(error: unknown): PublicError {
  const cause = causeOf(error);
  if (cause instanceof DomainError) {
    const known = ofDomain[cause.code];
    return typeof known === "string" ? { code: known, message: shorten(cause.message) } : known;
  }
  if (!(error instanceof GraphQLError)) return internal;
  // Apollo puts its own code over that of an error found in validation.
  const code = (cause instanceof GraphQLError ? cause.extensions["code"] : undefined) ?? error.extensions["code"];
  if (isRequestError(code)) return { code: requestErrors[code], message: shorten(error.message) };
  // What graphql finds at fault with variables itself, and gives no code: an argument that one made invalid, with its
  // place; or that too many have the wrong type, of no place at all.
  if (code === undefined && cause instanceof GraphQLError && (cause.nodes || !error.path))
    return { code: "BAD_USER_INPUT", message: shorten(cause.message) };
  return internal;
}

/** Apollo's `formatError`: the one place where an error takes the form in which clients see it. */
export function formatError({ locations, path }: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const { code, message } = publicError(error);
  const some = locations?.slice(0, maxLocations);
  return {
    message,
    ...(some && { locations: some }),
    ...(path && { path }),
    extensions: { code, ...numbersOf(error) },
  };
}

/** What the error says of a limit. */
function numbersOf(error: unknown): LimitNumbers {
  const cause = causeOf(error);
  const { cost, limit } = (cause instanceof GraphQLError ? cause.extensions : {}) as LimitNumbers;
  return { ...(cost !== undefined && { cost }), ...(limit !== undefined && { limit }) };
}

/** The error that was thrown, below what GraphQL and Apollo wrapped around it. */
export function causeOf(error: unknown): unknown {
  let cause = error;
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError;
  return cause;
}

const isRequestError = (code: unknown): code is RequestErrorCode =>
  typeof code === "string" && Object.hasOwn(requestErrors, code);

/** Fields that do not fit together may stand in as many places as the document has fields. */
const maxLocations = 10;
const maxLiteral = 80;
const maxMessageBytes = 1_500;

/** The message with its quoted values cut short, so that an answer does not send back what it refuses. */
function shorten(message: string): string {
  const short = message.replace(literal, (quoted) =>
    quoted.length > maxLiteral ? `${quoted.slice(0, maxLiteral).toWellFormed()}…"` : quoted,
  );
  const size = Buffer.byteLength(JSON.stringify(short));
  return size <= maxMessageBytes ? short : `${short.slice(0, (short.length * maxMessageBytes) / size).toWellFormed()}…`;
}

const literal = /"(?:[^"\\]|\\.)*"/gs;
