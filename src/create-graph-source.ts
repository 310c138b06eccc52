import { setTimeout as wait } from "node:timers/promises";
import DataLoader from "dataloader";
import { may } from "./domain/access/permissions";
import type { CacheUsage } from "./domain/byte-cache";
import type { AppliedChange, NodeState } from "./domain/changes/change-set";
import { nodeStateInView, stateOfView, type TextsOf } from "./domain/changes/view-state";
import type { Database } from "./domain/database";
import { previewOf } from "./domain/drafts/conflicts";
import { draftFor } from "./domain/drafts/own-drafts";
import { DomainError } from "./domain/errors";
import type { GraphView } from "./domain/graph/graph-view";
import type { Revision } from "./domain/graph/node";
import { byId } from "./domain/graph/order";
import type { GraphReader } from "./domain/graph/port";
import type { NodeId } from "./domain/ids";
import { nodeKindNames } from "./domain/ontology/node-kinds";
import { Pacer } from "./domain/pacer";
import { batchedLinks } from "./graphql/batched-links";
import { commitLog } from "./graphql/commit-log";
import type {
  AccessRequest,
  Authoring,
  GraphAccess,
  GraphSnapshot,
  GraphSource,
  PublishedGraph,
  RequestedView,
} from "./graphql/graph-access";
import { directLinks, type Links } from "./graphql/links";
import { whenReady } from "./graphql/promise-or-value";
import type { TextCache } from "./graphql/text-cache";
import { Indexes } from "./search/search-index";
import type { ModelIndex } from "./store/memory/load-model";
import type { Followed, ModelFollower } from "./store/memory/model-follower";
import { type PastView, PastViews } from "./store/memory/past-views";
import { type ReadModel, viewAnswerBytes } from "./store/memory/read-model";

/** The time that a request waits for a revision that it wants to see, and the pause between two looks. */
const patienceMilliseconds = 1_500;
const pauseMilliseconds = 50;

/**
 * Creates the source of each request's graph. From memory, a request sees one revision from its start to its end. From
 * the store, it sees what the store holds at each call. Views other than the published graph are always answered from
 * memory.
 */
export function createGraphSource(
  store: Database,
  follower: ModelFollower<LoadedBank>,
  readFrom: "memory" | "store",
  textCache: TextCache,
  allowsOwnApproval = false,
): GraphSource & { readonly caches: readonly CacheUsage[] } {
  const past = new PastViews(store);
  const authoring = createAuthoring(store, async () => (await follower.caughtUp()).model, allowsOwnApproval);
  const snapshotOf = ({ model, index }: Followed<LoadedBank>): GraphSnapshot => ({
    view: model,
    indexes: () => whenReady(index.get(), ({ indexes }) => indexes),
  });

  /** Returns the indexes of a view, made once for all requests that ask for it. */
  const indexesOf = (view: PastView) =>
    view.model.remember("indexes", () => createIndexes(view.model, (ids) => view.textsOf(ids, store.reader())));

  async function asOf(revision: Revision, reader: GraphReader): Promise<GraphAccess> {
    const known = follower.current;
    const followed = known && known.model.revision >= revision ? known : await follower.caughtUp();
    const { model: head, index } = followed;
    if (revision > head.revision) throw new DomainError("NOT_FOUND", `Revision ${revision} has not been made yet.`);
    const view = await past.at(revision, head, index);
    const texts = new DataLoader(async (ids: readonly NodeId[]) => {
      const found = await view.textsOf(ids, reader);
      return ids.map((id) => found.get(id) ?? noTexts);
    });
    return {
      revision,
      links: directLinks(view.model, (id) => texts.load(id)),
      snapshot: () => ({ view: view.model, indexes: indexesOf(view) }),
      log: commitLog(store, revision),
      isPast: true,
    };
  }

  async function accessTo(view: RequestedView, { principal }: AccessRequest, reader: GraphReader) {
    if (!may(principal, "useViews"))
      throw new DomainError(
        "UNAUTHENTICATED",
        "Fulcrum-View needs a key; without one, there is what is published now.",
      );
    if ("revision" in view) return asOf(view.revision, reader);
    const draft = await draftFor(principal, view.changeSet, store.drafts);
    const head = await authoring.head();
    const { changes } = await previewOf(draft, head.state);
    return head.after(changes);
  }

  const published = ({ ending, minRevision }: Pick<AccessRequest, "ending" | "minRevision">): GraphAccess => {
    const { current } = follower;
    const log = commitLog(store);
    if (readFrom === "memory" && current) {
      const { model } = current;
      const texts = textCache.over(model, () => store.reader({ signal: ending.signal }));
      const { revision, hash } = model;
      return { revision, hash, links: directLinks(model, texts), snapshot: () => snapshotOf(current), log };
    }
    const { signal } = ending;
    const reader = store.reader(minRevision === undefined ? { signal } : { signal, after: minRevision });
    return { links: batchedLinks(reader), snapshot: async () => snapshotOf(await follower.caughtUp()), log };
  };

  /** Waits until the model has reached the revision. Throws STORE_UNAVAILABLE if that takes too long. */
  async function reached(revision: Revision, signal: AbortSignal): Promise<void> {
    const end = performance.now() + patienceMilliseconds;
    while ((await follower.caughtUp()).model.revision < revision) {
      if (performance.now() + pauseMilliseconds > end)
        throw new DomainError("STORE_UNAVAILABLE", `Revision ${revision} has not come.`);
      await wait(pauseMilliseconds, undefined, { signal });
    }
  }

  return {
    caches: [answersAtHead(follower), past.usage],
    authoring,
    published,
    access: (request) => {
      const { view, ending, minRevision = 0 } = request;
      if (view) return accessTo(view, request, store.reader({ signal: ending.signal }));
      const { current } = follower;
      if (readFrom === "memory" && current && current.model.revision < minRevision)
        return reached(minRevision, ending.signal).then(() => published(request));
      return published(request);
    },
  };
}

/** Returns the usage of the answers cached for the newest revision, whichever that is at the moment. */
const answersAtHead = (follower: ModelFollower<LoadedBank>): CacheUsage => {
  const usage = () => follower.current?.model.answerUsage;
  return {
    name: "viewAnswers",
    maxBytes: viewAnswerBytes,
    bytes: () => usage()?.bytes() ?? 0,
    entries: () => usage()?.entries() ?? 0,
  };
};

const noTexts: Readonly<Record<string, string>> = Object.freeze({});

/**
 * Creates authoring over the graph in memory. `newest` returns the model at a head that the database had after the
 * call.
 */
export function createAuthoring(
  database: Database,
  newest: () => Promise<ReadModel>,
  allowsOwnApproval = false,
): Authoring {
  const accessTo = (view: ReadModel, texts: Links["texts"]): GraphAccess => ({
    links: directLinks(view, texts),
    snapshot: () => ({ view, indexes: createIndexes(view, batched(texts)) }),
    log: commitLog(database),
  });

  return {
    database,
    allowsOwnApproval,
    head: async (): Promise<PublishedGraph> => {
      const model = await newest();
      const reader = database.reader({ after: model.revision });
      const { texts } = batchedLinks(reader);
      return {
        access: accessTo(model, texts),
        state: stateOfView(model, (ids) => reader.texts(ids)),
        after: (...changes) => {
          const own = textsIn(changes.flat());
          const changed = changes.reduce((view, each) => view.apply(each), model);
          return accessTo(changed, (id) => own.get(id) ?? texts(id));
        },
      };
    },
  };
}

const batched =
  (texts: Links["texts"]): TextsOf =>
  async (ids) =>
    new Map(await Promise.all(ids.map(async (id) => [id, await texts(id)] as const)));

/** Returns the long texts that the changes leave, by node. */
const textsIn = (changes: readonly AppliedChange[]): ReadonlyMap<NodeId, Readonly<Record<string, string>>> =>
  new Map(changes.flatMap((change) => ("node" in change ? [[change.node, change.after?.texts ?? {}]] : [])));

/** The largest graph, in nodes, that is indexed for one view. Indexing 30,000 nodes takes two or three seconds. */
const maxNodes = 30000;
const nodesAtOnce = 100;

/**
 * Returns a function that makes the indexes of a graph other than the head's, on its first call, and keeps them. The
 * function throws TOO_COMPLEX for a large graph.
 */
function createIndexes(view: ReadModel, textsOf: TextsOf): () => Promise<Indexes> {
  let indexes: Promise<Indexes> | undefined;
  // After a failure, such as an absent store, the next call tries again.
  return () =>
    (indexes ??= indexesOf(view, textsOf).catch((error: unknown) => {
      indexes = undefined;
      throw error;
    }));
}

async function indexesOf(view: ReadModel, textsOf: TextsOf): Promise<Indexes> {
  const ids: NodeId[] = [];
  for (const kind of nodeKindNames) {
    const nodes = view.nodesInOrder(kind, byId);
    for (let place = 0; place < nodes.length; place++) ids.push(nodes.at(place).id);
  }
  if (ids.length > maxNodes)
    throw new DomainError(
      "TOO_COMPLEX",
      `Views other than the newest are searched up to ${maxNodes} nodes; this bank has ${ids.length}.`,
    );
  const indexes = new Indexes();
  const pacer = new Pacer();
  for (let start = 0; start < ids.length; start += nodesAtOnce) {
    const some = ids.slice(start, start + nodesAtOnce);
    const texts = await textsOf(some);
    for (const id of some) {
      if (pacer.isDue) await pacer.yieldToEventLoop();
      const node = view.node(id);
      if (node) indexes.put(nodeStateInView(node, texts.get(id) ?? {}));
    }
  }
  return indexes;
}

/** The search indexes of a bank and its cached texts, made while each node is read once. */
export class LoadedBank implements ModelIndex {
  readonly indexes = new Indexes();

  /** Caches no texts if `texts` is missing. */
  constructor(private readonly texts?: TextCache) {
    texts?.restart();
  }

  put(node: NodeState, revision: Revision): void {
    this.indexes.put(node);
    this.texts?.put(node, revision);
  }

  loaded(): void {
    this.texts?.loaded();
  }

  apply(changes: readonly AppliedChange[], revision: Revision, before: GraphView): void {
    this.indexes.apply(changes);
    this.texts?.apply(changes, revision, before);
  }
}
