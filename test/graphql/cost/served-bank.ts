import { type ExecutionResult, subscribe } from "graphql";
import { pino } from "pino";
import { cacheSizes } from "../../../src/cache-budgets";
import { createGraphSource } from "../../../src/create-graph-source";
import { anonymous, type Principal } from "../../../src/domain/access/principal";
import type { Database } from "../../../src/domain/database";
import { CommitFeed } from "../../../src/domain/graph/commit-feed";
import { buildSchema } from "../../../src/graphql/build-schema";
import { type Allowance, createContext } from "../../../src/graphql/context";
import { holderLimits } from "../../../src/graphql/limits/limits";
import { createQueryCaches } from "../../../src/graphql/query-caches";
import { createApolloServers } from "../../../src/graphql/server";
import { admit } from "../../../src/graphql/subscriptions/admit";
import { subscriptionContext } from "../../../src/graphql/subscriptions/subscription-context";
import { TextCache } from "../../../src/graphql/text-cache";
import { LoadedBank } from "../../../src/create-graph-source";
import { ModelFollower } from "../../../src/store/memory/model-follower";
import type { ReadModel } from "../../../src/store/memory/read-model";
import type { DearestOperation } from "./dearest-operations";

const editor: Principal = { id: "cost", name: "cost", role: "EDITOR" };

/** What an operation came to, in units of cost, and its answer. */
export interface Served {
  /** Units that were charged at admission, and those that came of it. */
  readonly requested: number;
  readonly actual: number;
  readonly data: object | null | undefined;
  /** The first error's message; empty if there is none. */
  readonly error: string;
}

export interface ServedBank {
  readonly model: ReadModel;
  /** Runs an operation through the whole of Apollo's pipeline. */
  ask(operation: DearestOperation, turn: number): Promise<Served>;
  /** Opens a subscription. */
  follow(query: string): Promise<Following>;
}

export interface Following {
  /** What its client's allowance was charged so far. */
  readonly charged: number;
  /** The next event. */
  next(): Promise<ExecutionResult>;
  end(): Promise<void>;
}

/** A bank in memory that keeps no answers, without HTTP, with its indexes made. */
export async function servedBank(store: Database): Promise<ServedBank> {
  const schema = buildSchema();
  const texts = new TextCache(cacheSizes.texts);
  const follower = new ModelFollower(store, () => new LoadedBank(texts));
  const { model, index } = await follower.caughtUp();
  await index.get();
  const source = createGraphSource(store, follower, "memory", texts);
  const servers = createApolloServers({
    schema,
    logger: pino({ enabled: false }),
    caches: createQueryCaches({ ...cacheSizes, answers: 0 }),
  });
  const follow: ServedBank["follow"] = async (query) => {
    const admitted = admit(schema, { query }, holderLimits);
    if (!("document" in admitted)) throw new AggregateError(admitted, "The subscription is refused.");
    const ended = new AbortController();
    let charged = 0;
    const charge = (cost: number) => void (charged += cost);
    const allowance: Allowance = {
      charge,
      spend: charge,
      refund: (cost) => charge(-cost),
      balance: { limit: 0, remaining: 0, restoreRate: 0 },
    };
    const contextValue = subscriptionContext({
      source,
      feed: new CommitFeed(store),
      principal: editor,
      requestId: "cost",
      signal: ended.signal,
      eventCost: admitted.cost,
      eventLimit: holderLimits.cost,
      allowance,
    });
    const events = await subscribe({ schema, document: admitted.document, contextValue });
    if (!(Symbol.asyncIterator in events)) throw new AggregateError(events.errors ?? [], "Nothing is followed.");
    return {
      get charged() {
        return charged;
      },
      next: async () => {
        const { value } = await events.next();
        return value as ExecutionResult;
      },
      end: async () => {
        await events.return(undefined);
        ended.abort();
      },
    };
  };
  return {
    model,
    follow,
    ask: async ({ query, variables, needsKey }, turn) => {
      const principal = needsKey ? editor : anonymous;
      const access = await source.access({ principal, view: null, ending: new AbortController() });
      const { authoring } = source;
      const contextValue = createContext(access, { authoring, principal, requestId: "cost" });
      const { body } = await servers
        .of(principal)
        .executeOperation({ query, variables: variables(turn) }, { contextValue });
      if (body.kind !== "single") throw new Error("The answer came in parts.");
      const { data, errors } = body.singleResult;
      JSON.stringify(body.singleResult);
      const { report } = contextValue;
      return {
        requested: report.requestedCost,
        actual: report.meter.cost,
        data,
        error: errors?.[0]?.message ?? "",
      };
    },
  };
}
