import type { CommitFeed } from "../../domain/graph/commit-feed";
import { type GraphQLContext, newReport, type SubscriptionContext } from "../context";
import type { GraphAccess, GraphSource } from "../graph-access";
import { MeteredAccess } from "../metered";
import type { Links } from "../links";

/** A context whose every look at the graph is at what is published then: it keeps no revision, however long it lasts. */
export function subscriptionContext({
  source,
  signal,
  feed,
  eventCost,
  eventLimit,
  ...request
}: Pick<GraphQLContext, "principal" | "requestId" | "allowance"> & {
  readonly source: GraphSource;
  /** Ends the reads of what is published. */
  readonly signal: AbortSignal;
  readonly feed: CommitFeed;
  readonly eventCost: number;
  /** What an event may take at most; one that takes more is answered with OPERATION_TOO_COMPLEX. */
  readonly eventLimit: number;
}): SubscriptionContext {
  const report = newReport();
  report.meter.limit = eventLimit;
  const published = (): GraphAccess => source.published({ ending: { signal } });
  const access = () => new MeteredAccess(published(), report.meter);
  return {
    ...request,
    feed,
    eventCost,
    authoring: source.authoring,
    linkQueries: new Map(),
    report,
    unmetered: { snapshot: () => published().snapshot() },
    snapshot: () => access().snapshot(),
    get links(): Links {
      return access().links;
    },
    get log() {
      return access().log;
    },
  };
}
