import type { ApolloServer } from "@apollo/server";
import type { GraphQLFormattedError } from "graphql";
import { pino } from "pino";
import type { GraphReader, GraphStore } from "../../src/domain/graph/port";
import { buildSchema } from "../../src/graphql/build-schema";
import { createContext, type GraphQLContext } from "../../src/graphql/context";
import { createApolloServer } from "../../src/graphql/server";
import { createMemoryStore } from "../../src/store/memory/memory-store";
import { type Changes, commit } from "../builders/changes";
import { countingReader } from "./counting-reader";

export interface Answer {
  // Answers have the shape that the query gives them.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly data: any;
  readonly errors?: readonly GraphQLFormattedError[];
  /** The calls to the store, in order. */
  readonly calls: readonly string[];
}

export interface Api {
  readonly store: GraphStore;
  /** Runs an operation through the whole of Apollo's pipeline. */
  ask(query: string, variables?: Readonly<Record<string, unknown>>): Promise<Answer>;
  /** Data alone. Throws if there are errors. */
  data(query: string, variables?: Readonly<Record<string, unknown>>): Promise<Answer["data"]>;
  /** The code of the first error. */
  code(query: string, variables?: Readonly<Record<string, unknown>>): Promise<unknown>;
}

export interface ApiOptions {
  readonly store?: GraphStore;
  readonly reader?: (reader: GraphReader) => GraphReader;
  readonly log?: (line: string) => void;
}

/** The API over a bank, without HTTP. */
export async function anApi(
  changes: Changes,
  { store = createMemoryStore(), reader = (each) => each, log }: ApiOptions = {},
): Promise<Api> {
  if (changes.length > 0) await commit(store, changes);
  const logger = log ? pino({ base: null }, { write: log }) : pino({ enabled: false });
  const apollo: ApolloServer<GraphQLContext> = createApolloServer({ schema: buildSchema(), logger });

  const ask: Api["ask"] = async (query, variables = {}) => {
    const calls: string[] = [];
    const contextValue = createContext({
      reader: countingReader(reader(store.reader()), calls),
      requestId: "request-1",
      signal: new AbortController().signal,
    });
    const { body } = await apollo.executeOperation({ query, variables: { ...variables } }, { contextValue });
    if (body.kind !== "single") throw new Error("The answer came in parts.");
    const { data, errors } = body.singleResult;
    return { data, calls, ...(errors && { errors }) };
  };
  return {
    store,
    ask,
    data: async (query, variables) => {
      const { data, errors } = await ask(query, variables);
      if (errors) throw new Error(JSON.stringify(errors));
      return data;
    },
    code: async (query, variables) => (await ask(query, variables)).errors?.[0]?.extensions?.["code"],
  };
}
