import { type ApolloServer, HeaderMap } from "@apollo/server";
import { anonymous } from "../../src/domain/access/principal";
import { createContext, type GraphQLContext } from "../../src/graphql/context";
import type { CorpusAccess } from "./access";
import type { CorpusOperation } from "./operations";

/** Status and body as they would go over the wire. */
export async function httpAnswer(
  apollo: ApolloServer<GraphQLContext>,
  access: CorpusAccess,
  { query, variables, operationName }: CorpusOperation,
): Promise<string> {
  const answer = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: "POST",
      headers: new HeaderMap([["content-type", "application/json"]]),
      search: "",
      body: { query, ...(variables && { variables }), ...(operationName && { operationName }) },
    },
    context: async () =>
      createContext(access, { authoring: access.authoring, principal: anonymous, requestId: "corpus" }),
  });
  if (answer.body.kind !== "complete") throw new Error("The answer came in parts.");
  return `${answer.status ?? 200} ${answer.body.string}`;
}
