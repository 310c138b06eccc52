import type { OperationTypeNode } from "graphql";
import type { Principal } from "../domain/access/principal";
import type { StateReader } from "../domain/changes/state-reader";
import type { Database } from "../domain/database";
import type { CommitFeed } from "../domain/graph/commit-feed";
import type { Revision } from "../domain/graph/node";
import type { Authoring, GraphAccess } from "./graph-access";
import { Meter } from "./limits/meter";
import type { LinkQuery } from "./links";
import { MeteredAccess } from "./metered";
import type { PromiseOrValue } from "./promise-or-value";

/** What a client may still ask for, in units of cost. */
export interface Allowance {
  /** Takes the cost of a request that is about to be executed. Throws RATE_LIMITED where so much is not left. */
  charge(cost: number): void;
  /** Gives back what was charged too much, once the answer is done; negative where the work came to more. */
  refund(cost: number): void;
  /** Takes the cost of what was done before its price was known, even where less is left. */
  spend(cost: number): void;
  readonly balance: Balance;
}

/** How a client's allowance stands, in units of cost. */
export interface Balance {
  readonly limit: number;
  readonly remaining: number;
  /** Units that come back in a second. */
  readonly restoreRate: number;
}

export interface Report {
  /** What has been done for the request so far. */
  readonly meter: Meter;
  /** What the operation may come to, in units of cost. */
  requestedCost: number;
  /** What the client's allowance was charged: 0 before the request is admitted. */
  chargedCost: number;
  /** Units of cost that the answer came to; null where there was no answer with data. */
  actualCost: number | null;
  /** The operation that the document was asked for; null until the document has been found to be valid. */
  operation: { readonly name: string | null; readonly type: OperationTypeNode } | null;
  /** The codes of the answer's errors, each once. */
  codes: readonly string[];
  /** The revision that the answer is of; null where the store is asked each time. */
  revision: Revision | null;
  hasErrors: boolean;
  /** The revision that a mutation of the request has made, the last one's of several; null if none has. */
  committed: Revision | null;
  /** The operation's variables as JSON, coerced; null until they have been found to be right. */
  variables: string | null;
  /** Where the answer is one that is kept. */
  kept: CachedResponse | null;
}

/** What every resolver of one request shares. */
export interface GraphQLContext extends GraphAccess {
  readonly principal: Principal;
  readonly authoring: Authoring;
  readonly requestId: string;
  /** The client's; absent where nothing is limited. */
  readonly allowance?: Allowance;
  /** The client asks for its balance in the answer, which so is its alone. */
  readonly showBalance?: boolean;
  /** Lets the request take so many milliseconds from its start, instead of what others may; absent where nothing ends it. */
  readonly allow?: (milliseconds: number) => void;
  /** The graph of the request at nobody's expense, for what is done for each request, whatever it asks for. */
  readonly unmetered: Pick<GraphAccess, "snapshot">;
  /** Queries of connections by relation and arguments, so that parents with the same arguments share a batch. */
  readonly linkQueries: Map<string, PromiseOrValue<LinkQuery>>;
  /** What is found out while the request is served. */
  readonly report: Report;
}

/** What the resolvers of a subscription share. It outlives many revisions, so each look at the graph is a new one. */
export interface SubscriptionContext extends GraphQLContext {
  readonly feed: CommitFeed;
  /** What an event may come to, in units of cost. */
  readonly eventCost: number;
}

/**
 * The revision from which alone, on one day, an answer follows; undefined where it may change without a commit, or is the
 * asker's alone: whoever has a key sees drafts, and some ask for their balance.
 */
export const sharedRevision = ({
  revision,
  principal,
  showBalance,
}: Pick<GraphQLContext, "revision" | "principal" | "showBalance">): Revision | undefined =>
  principal.role === "ANONYMOUS" && !showBalance ? revision : undefined;

/** Of a request that has just begun. */
export const newReport = (): Report => ({
  meter: new Meter(),
  requestedCost: 0,
  chargedCost: 0,
  actualCost: null,
  operation: null,
  codes: noCodes,
  revision: null,
  hasErrors: false,
  committed: null,
  variables: null,
  kept: null,
});

const noCodes: readonly string[] = Object.freeze([]);

type ContextOptions = Pick<
  GraphQLContext,
  "principal" | "authoring" | "requestId" | "allowance" | "showBalance" | "allow"
>;

/** The context of one request. Its parts are made when they are first asked for: most requests need few of them. */
class RequestContext implements GraphQLContext {
  readonly principal: Principal;
  readonly requestId: string;
  readonly allowance?: Allowance;
  readonly showBalance?: boolean;
  readonly allow?: (milliseconds: number) => void;
  readonly linkQueries = new Map<string, PromiseOrValue<LinkQuery>>();
  readonly report = newReport();
  private readonly plainAuthoring: Authoring;
  private meteredAuthoring: Authoring | null = null;
  private metered: MeteredAccess;

  constructor(
    private access: GraphAccess,
    request: ContextOptions,
  ) {
    this.principal = request.principal;
    this.requestId = request.requestId;
    if (request.allowance) this.allowance = request.allowance;
    if (request.showBalance) this.showBalance = true;
    if (request.allow) this.allow = request.allow;
    this.plainAuthoring = request.authoring;
    this.metered = new MeteredAccess(access, this.report.meter);
  }

  get revision() {
    return this.access.revision;
  }

  get hash() {
    return this.access.hash;
  }

  get isPast() {
    return this.access.isPast;
  }

  // Apollo runs operations on a copy of the context, so that nothing is bound to this object for good.
  get snapshot() {
    return () => this.metered.snapshot();
  }

  get links() {
    return this.metered.links;
  }

  get log() {
    return this.metered.log;
  }

  get unmetered() {
    return this.access;
  }

  get authoring() {
    return (this.meteredAuthoring ??= meteredAuthoring(this.plainAuthoring, this.report.meter));
  }

  show(access: GraphAccess): void {
    this.access = access;
    this.metered = new MeteredAccess(access, this.report.meter);
    this.linkQueries.clear();
  }
}

/** A new context, for one request. */
export const createContext = (access: GraphAccess, options: ContextOptions): GraphQLContext =>
  new RequestContext(access, options);

/** From here on, the request's resolvers see this graph: that which a mutation has made. */
export const show = (context: GraphQLContext, access: GraphAccess): void => (context as RequestContext).show(access);

/** An answer without errors that is the same for everybody, and the forms of it that went out. */
export interface CachedResponse {
  readonly data: Record<string, unknown>;
  text: string | null;
  /** By content encoding; the text's bytes under "identity". */
  readonly encoded: Map<string, Buffer>;
}

/** What mutations are planned with: at the head, and in a commit. */
const meteredAuthoring = (authoring: Authoring, meter: Meter): Authoring => ({
  ...authoring,
  get database() {
    const { database } = authoring;
    const commit: Database["commit"] = (given, options) =>
      database.commit(
        typeof given === "function" ? (state, log) => given(meteredState(state, meter), log) : given,
        options,
      );
    return Object.create(database, { commit: { value: commit } }) as Database;
  },
  head: async () => {
    const head = await authoring.head();
    return { ...head, state: meteredState(head.state, meter) };
  },
});

const meteredState = (state: StateReader, meter: Meter): StateReader => ({
  nodes: (ids) => {
    meter.planning(ids.length);
    return state.nodes(ids);
  },
  existing: (ids) => {
    meter.planning(ids.length);
    return state.existing(ids);
  },
  edges: (keys) => {
    meter.planning(2 * keys.length);
    return state.edges(keys);
  },
  adjacent: async (query) => {
    const found = await state.adjacent(query);
    let links = query.of.length;
    for (const edges of found.values()) links += edges.length;
    meter.planning(links);
    return found;
  },
  slugOwners: (kind, slugs) => {
    meter.planning(slugs.length);
    return state.slugOwners(kind, slugs);
  },
  slugs: async (kind, limit) => {
    const found = await state.slugs(kind, limit);
    meter.planning(found.length);
    return found;
  },
});
