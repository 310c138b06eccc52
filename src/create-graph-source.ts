import DataLoader from "dataloader";
import { hasRole } from "./domain/access/principal";
import { createAuthoring } from "./create-authoring";
import type { Database } from "./domain/database";
import { draftFor } from "./domain/drafts/own-drafts";
import { previewOf } from "./domain/drafts/preview";
import { DomainError } from "./domain/errors";
import type { Revision } from "./domain/graph/node";
import type { GraphReader } from "./domain/graph/port";
import type { NodeId } from "./domain/ids";
import { batchedLinks } from "./graphql/batched-links";
import { commitLog } from "./graphql/commit-log";
import type { GraphAccess, Snapshot } from "./graphql/context";
import { directLinks } from "./graphql/direct-links";
import type { AccessRequest, GraphSource, RequestedView } from "./graphql/graph-source";
import type { Companion } from "./store/memory/load-model";
import type { Followed, ModelFollower } from "./store/memory/model-follower";
import { PastViews } from "./store/memory/past-views";

/**
 * From memory: one revision from a request's start to its end. From the store: what it holds at each question. Views other
 * than what is published now are always answered from memory.
 */
export function createGraphSource(
  store: Database,
  follower: ModelFollower<Companion>,
  readFrom: "memory" | "store",
): GraphSource {
  const past = new PastViews(store);
  const authoring = createAuthoring(store, async () => (await follower.caughtUp()).model);
  const snapshotOf = ({ model }: Followed<Companion>): Snapshot => ({ view: model });

  async function asOf(revision: Revision, reader: GraphReader): Promise<GraphAccess> {
    const known = follower.current;
    const { model: head } = known && known.model.revision >= revision ? known : await follower.caughtUp();
    if (revision > head.revision) throw new DomainError("NOT_FOUND", `Revision ${revision} has not been made yet.`);
    const view = await past.at(revision, head);
    const texts = new DataLoader(async (ids: readonly NodeId[]) => {
      const found = await view.textsOf(ids, reader);
      return ids.map((id) => found.get(id) ?? noTexts);
    });
    return {
      links: directLinks(view.model, (id) => texts.load(id)),
      snapshot: () => ({ view: view.model }),
      log: commitLog(store, revision),
      isPast: true,
    };
  }

  async function accessTo(view: RequestedView, { principal }: AccessRequest, reader: GraphReader) {
    if (!hasRole(principal, "AUTHOR"))
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

  const published = ({ signal }: Pick<AccessRequest, "signal">): GraphAccess => {
    const links = batchedLinks(store.reader({ signal }));
    const log = commitLog(store);
    const current = follower.current;
    if (readFrom === "memory" && current) {
      return { links: directLinks(current.model, links.texts), snapshot: () => snapshotOf(current), log };
    }
    return { links, snapshot: async () => snapshotOf(await follower.caughtUp()), log };
  };

  return {
    authoring,
    published,
    access: (request) =>
      request.view ? accessTo(request.view, request, store.reader({ signal: request.signal })) : published(request),
  };
}

const noTexts: Readonly<Record<string, string>> = Object.freeze({});
