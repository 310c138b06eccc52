import { knownKeyBytes } from "./access/authenticator";
import { feedBytes } from "./domain/graph/commit-feed";
import { pathNumberBytes } from "./domain/graph/paths/numbered";
import { markdownLinkBytes } from "./domain/markdown";
import { clientBytes } from "./http/limits/clients";
import { pastViewBytes } from "./store/memory/past-views";
import { viewAnswerBytes } from "./store/memory/read-model";
import { snapshotBytes } from "./store/sqlite/snapshot";

export interface CacheBudget {
  readonly maxBytes: number;
  readonly holds: string;
}

const megabyte = 1_000_000;

/**
 * The caches with a budget, and the most bytes of each. The size of a cache in a store or in the domain is set there.
 * ARCHITECTURE.md lists what else outlives a request, and its bounds.
 */
export const cacheBudgets = {
  documents: {
    maxBytes: 12 * megabyte,
    holds: "Documents that were parsed and found valid, and what their cost is worked out from.",
  },
  compiledDocuments: {
    maxBytes: 20 * megabyte,
    holds: "Functions that queries were compiled to when they came again.",
  },
  operationCosts: { maxBytes: 2 * megabyte, holds: "Costs of operations, by their variables." },
  answers: {
    maxBytes: 16 * megabyte,
    holds: "Answers to anonymous queries that came again, until the next commit. `FULCRUM_ANSWERS_MB` sets it.",
  },
  texts: {
    maxBytes: 24 * megabyte,
    holds: "Long texts, which the graph in memory leaves out: all where they fit, else those read last.",
  },
  viewAnswers: {
    maxBytes: viewAnswerBytes,
    holds: "Lists, counts, facets and orders of links that were asked of the graph at its head, until the next commit.",
  },
  pastViews: { maxBytes: pastViewBytes, holds: "Views of the past, with what was asked of them." },
  sqliteNodes: { maxBytes: snapshotBytes.nodes, holds: "Nodes that were read from SQLite, until the next commit." },
  sqliteAnswers: { maxBytes: snapshotBytes.answers, holds: "What SQLite was asked, until the next commit." },
  markdownLinks: { maxBytes: markdownLinkBytes, holds: "Texts whose links were looked for, while a bank is imported." },
  pathNumbers: {
    maxBytes: pathNumberBytes,
    holds: "Numbers of nodes, and of the ends of long lists of links, by which searches for paths walk.",
  },
  clients: {
    maxBytes: clientBytes,
    holds: "What each client may still ask for, and which credentials were right lately.",
  },
  apiKeys: { maxBytes: knownKeyBytes, holds: "Keys as the store had them last, for when it is away." },
  commitFeed: {
    maxBytes: feedBytes,
    holds: "The newest entries of the log for subscriptions, with the nodes that they are about.",
  },
} as const satisfies Readonly<Record<string, CacheBudget>>;

export type CacheName = keyof typeof cacheBudgets;

export const cacheSizes = Object.fromEntries(
  Object.entries(cacheBudgets).map(([name, { maxBytes }]) => [name, maxBytes]),
) as Readonly<Record<CacheName, number>>;
