import { GraphQLError } from "graphql";

type Code = "OPERATION_TOO_COMPLEX" | "BAD_USER_INPUT" | "BAD_REQUEST";

/** A request that asks for more than is allowed, or for what cannot be. `numbers` go into the error's extensions. */
export const limitError = (code: Code, message: string, numbers: LimitNumbers = {}): GraphQLError =>
  new GraphQLError(message, { extensions: { code, ...numbers, http: { status: 400 } } });

export interface LimitNumbers {
  /** The most that is allowed. */
  readonly limit?: number;
  /** What the operation costs. */
  readonly cost?: number;
}
