import { setTimeout as wait } from "node:timers/promises";
import DataLoader from "dataloader";
import { may } from "./domain/access/permissions";
import { createAuthoring } from "./create-authoring";
import type { CacheUsage } from "./domain/byte-cache";
import type { Database } from "./domain/database";
import { draftFor } from "./domain/drafts/own-drafts";
import { previewOf } from "./domain/drafts/preview";
import { DomainError } from "./domain/errors";
import type { Revision } from "./domain/graph/node";
import type { GraphReader } from "./domain/graph/port";
import type { NodeId } from "./domain/ids";
import { batchedLinks } from "./graphql/batched-links";
import { commitLog } from "./graphql/commit-log";
import type { GraphAccess, GraphSnapshot, AccessRequest, GraphSource, RequestedView } from "./graphql/graph-access";
import { directLinks } from "./graphql/direct-links";
import { whenReady } from "./graphql/promise-or-value";
import type { TextCache } from "./graphql/text-cache";
import type { Followed, ModelFollower } from "./store/memory/model-follower";
import { createIndexes } from "./create-indexes";
import type { LoadedBank } from "./loaded-bank";
import { type PastView, PastViews } from "./store/memory/past-views";
import { viewAnswerBytes } from "./store/memory/read-model";

/** How long a request waits for a revision that it wants to see, and between looks. */
const patienceMilliseconds = 1_500;
const pauseMilliseconds = 50;

/**
 * From memory: one revision from a request's start to its end. From the store: what it holds at each question. Views other
 * than what is published now are always answered from memory.
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

  /** The indexes of a view, made once for all who ask for it. */
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

  /** Ends when the model has come to the revision. */
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

/** What is kept of the newest revision, whichever that is. */
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
