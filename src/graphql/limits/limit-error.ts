import { GraphQLError } from "graphql";

/** A request that asks for more than is allowed, or for what cannot be. The message says of what, never how much is. */
export const limitError = (
  code: "OPERATION_TOO_COMPLEX" | "BAD_USER_INPUT" | "BAD_REQUEST",
  message: string,
): GraphQLError => new GraphQLError(message, { extensions: { code, http: { status: 400 } } });
