import type { AppliedChange, NodeState } from "../../domain/changes/change-set";
import { canonicalJson } from "../../domain/changes/hash";
import { nodeStateInView } from "../../domain/changes/view-state";
import { changesOf, headsAfter, type Log } from "../../domain/changes/read-log";
import type { GraphView } from "../../domain/graph/graph-view";
import type { Revision } from "../../domain/graph/node";
import type { GraphStore } from "../../domain/graph/port";
import { ModelBuilder } from "./model-builder";
import type { ReadModel } from "./read-model";

/** Something built from the same items as the model, and kept up with it: a search index. */
export interface ModelIndex {
  /** A node of the graph that is being loaded, in full, as the revision left it. */
  put(node: NodeState, revision: Revision): void;
  /** Each node has been put. */
  loaded?(): void;
  /** The changes that made a revision, in full, and the graph before them. */
  apply(changes: readonly AppliedChange[], revision: Revision, before: GraphView): void;
}

/**
 * The graph at a revision that was the head while it was read. The scan shows the graph at that of some moment; commits
 * since the start are applied again as after-images, which does no harm where the scan has seen them. Throws what the
 * store throws, and when `signal` fires.
 */
export async function loadModel(store: GraphStore, signal?: AbortSignal): Promise<ReadModel> {
  const reader = store.reader({ ...(signal && { signal }) });
  const start = await store.head();
  const builder = new ModelBuilder();
  for await (const page of reader.scan({ light: true })) {
    for (const item of page) {
      if ("node" in item) builder.node(item.node, item.revision);
      else builder.edge(item.edge, item.revision);
    }
  }
  return caughtUp(await builder.buildPaced(start), store);
}

/** The model at the store's head, from one that is behind it. */
export async function caughtUp(model: ReadModel, log: Log, index?: Pick<ModelIndex, "apply">): Promise<ReadModel> {
  for await (const { revision, hash } of headsAfter(log, model.revision)) {
    const different: AppliedChange[] = [];
    for await (const changes of changesOf(log, revision))
      for (const change of changes) different.push(...rebased(change, model));
    index?.apply(different, revision, model);
    model = model.apply(different, { revision, hash });
  }
  return model;
}

/** The change, from what the model holds to what is left after it; none where that is the same. */
export function rebased(change: AppliedChange, model: ReadModel): AppliedChange[] {
  if ("node" in change) {
    const node = model.node(change.node);
    // Light fields alone: texts are not in the model. They count as changed.
    const before = node ? nodeStateInView(node, change.before?.texts ?? {}) : null;
    return before || change.after ? [{ ...change, before }] : [];
  }
  const before = model.edges(change.from, change.edge, "from").find(({ edge }) => edge.to === change.to)?.edge ?? null;
  return canonicalJson(before) === canonicalJson(change.after) ? [] : [{ ...change, before }];
}
