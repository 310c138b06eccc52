import type { ApolloServerPlugin } from "@apollo/server";
import type { GraphQLContext } from "./context";

const wellFormed = new Set([
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "OPERATION_TOO_COMPLEX",
  "BAD_USER_INPUT",
]);

/**
 * A well-formed request whose document fails is answered with 200 in `application/json`, where a client could not tell an
 * error status from a proxy's; clients that accept `application/graphql-response+json` get 400.
 * https://graphql.github.io/graphql-over-http/draft/#sec-application-json
 */
export const jsonStatus: ApolloServerPlugin<GraphQLContext> = {
  requestDidStart: async ({ request }) => ({
    willSendResponse: async ({ response, errors }) => {
      const codes = errors?.map((error) => String(error.extensions["code"])) ?? [];
      const accept = request.http?.headers.get("accept") ?? "";
      if (response.http.status !== 400 || accept.includes("application/graphql-response+json")) return;
      if (codes.every((code) => wellFormed.has(code))) response.http.status = 200;
    },
  }),
};
