import type { ApolloServer } from "@apollo/server";
import type { Principal } from "../domain/access/principal";
import type { GraphQLContext } from "./context";
import { anonymousLimits, holderLimits, limitsOf } from "./limits/limits";
import { type ApolloOptions, createApolloServer } from "./server";

/**
 * One server for each set of limits, over one schema and the same caches. Apollo keeps documents that it has let through
 * and does not look at them again, so each server finds its own documents alone.
 */
export interface ApolloServers {
  of(principal: Principal): ApolloServer<GraphQLContext>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export function createApolloServers(options: Omit<ApolloOptions, "limits" | "name">): ApolloServers {
  const servers = new Map(
    Object.entries({ anonymous: anonymousLimits, holder: holderLimits }).map(([name, limits]) => [
      limits,
      createApolloServer({ ...options, limits, name }),
    ]),
  );
  return {
    of: (principal) => servers.get(limitsOf(principal)) as ApolloServer<GraphQLContext>,
    start: async () => void (await Promise.all([...servers.values()].map((server) => server.start()))),
    stop: async () => void (await Promise.all([...servers.values()].map((server) => server.stop()))),
  };
}
