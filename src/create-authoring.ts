import type { AppliedChange } from "./domain/changes/change-set";
import { stateOfView, type TextsOf } from "./domain/changes/view-state";
import type { Database } from "./domain/database";
import type { NodeId } from "./domain/ids";
import { batchedLinks } from "./graphql/batched-links";
import { commitLog } from "./graphql/commit-log";
import type { Authoring, PublishedGraph, GraphAccess } from "./graphql/graph-access";
import { directLinks } from "./graphql/direct-links";
import type { Links } from "./graphql/links";
import { createIndexes } from "./create-indexes";
import type { ReadModel } from "./store/memory/read-model";

/** Authoring works over the graph in memory; `newest` gives it at a head that the database had after the call. */
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

/** The long texts of the nodes that the changes are about, as they leave them. */
const textsIn = (changes: readonly AppliedChange[]): ReadonlyMap<NodeId, Readonly<Record<string, string>>> =>
  new Map(changes.flatMap((change) => ("node" in change ? [[change.node, change.after?.texts ?? {}]] : [])));
