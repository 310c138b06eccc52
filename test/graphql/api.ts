import type { ApolloServer } from "@apollo/server";
import type { GraphQLFormattedError } from "graphql";
import { pino } from "pino";
import { anonymous, type Principal } from "../../src/domain/access/principal";
import { createAuthoring } from "../../src/create-graph-source";
import type { Database } from "../../src/domain/database";
import type { GraphReader } from "../../src/domain/graph/port";
import { batchedLinks } from "../../src/graphql/batched-links";
import { buildSchema } from "../../src/graphql/build-schema";
import { commitLog } from "../../src/graphql/commit-log";
import { type Allowance, createContext, type GraphQLContext } from "../../src/graphql/context";
import { limitsOf } from "../../src/graphql/limits/limits";
import { createApolloServer } from "../../src/graphql/server";
import { Indexes } from "../../src/search/search-index";
import { loadModel } from "../../src/store/memory/load-model";
import { createMemoryStore } from "../../src/store/memory/memory-store";
import { type Changes, commit } from "../builders/changes";
import { followed } from "../builders/followed";
import { queryCaches } from "../builders/query-caches";
import { countingReader } from "./counting-reader";

/** An answer; `Data` is the shape that the query gives it. */
export interface Answer<Data = unknown> {
  readonly data: Data;
  readonly errors?: readonly GraphQLFormattedError[];
  readonly extensions?: unknown;
  /** The calls to the store, in order. */
  readonly calls: readonly string[];
}

/** A connection's page; a query selects of it what its test needs. */
export interface Page {
  readonly totalCount: number;
  readonly nodes: readonly { readonly slug: string }[];
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly slug: string } }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

type Variables = Readonly<Record<string, unknown>>;

export interface Api {
  readonly store: Database;
  /** Runs an operation through the whole of Apollo's pipeline. */
  ask<Data>(query: string, variables?: Variables, operationName?: string): Promise<Answer<Data>>;
  /** Data alone. Throws if there are errors. */
  data<Data>(query: string, variables?: Variables): Promise<Data>;
  /** The code of the first error. */
  code(query: string, variables?: Variables): Promise<unknown>;
}

export interface ApiOptions {
  readonly store?: Database;
  readonly reader?: (reader: GraphReader) => GraphReader;
  readonly log?: (line: string) => void;
  readonly principal?: Principal;
  readonly allowance?: Allowance;
}

/** The API over a bank, without HTTP. */
export async function anApi(
  changes: Changes,
  { store = createMemoryStore(), reader = (each) => each, log, principal = anonymous, allowance }: ApiOptions = {},
): Promise<Api> {
  if (changes.length > 0) await commit(store, changes);
  const logger = log ? pino({ base: null }, { write: log }) : pino({ enabled: false });
  const apollo: ApolloServer<GraphQLContext> = createApolloServer({
    schema: buildSchema(),
    logger,
    limits: limitsOf(principal),
    caches: queryCaches(),
  });

  const ask = async <Data>(query: string, variables: Variables = {}, operationName?: string): Promise<Answer<Data>> => {
    const calls: string[] = [];
    const access = {
      links: batchedLinks(countingReader(reader(store.reader()), calls)),
      snapshot: async () => {
        const indexes = new Indexes();
        return { view: await followed(store, indexes), indexes: () => indexes };
      },
      log: commitLog(store),
    };
    const contextValue = createContext(access, {
      authoring: createAuthoring(store, () => loadModel(store)),
      principal,
      requestId: "request-1",
      ...(allowance && { allowance }),
    });
    const { body } = await apollo.executeOperation(
      { query, variables: { ...variables }, ...(operationName && { operationName }) },
      { contextValue },
    );
    if (body.kind !== "single") throw new Error("The answer came in parts.");
    const { data, errors, extensions } = body.singleResult;
    return { data: data as Data, calls, ...(errors && { errors }), ...(extensions && { extensions }) };
  };
  return {
    store,
    ask,
    data: async <Data>(query: string, variables?: Variables): Promise<Data> => {
      const { data, errors } = await ask<Data>(query, variables);
      if (errors) throw new Error(JSON.stringify(errors));
      return data;
    },
    code: async (query, variables) => (await ask(query, variables)).errors?.[0]?.extensions?.["code"],
  };
}
