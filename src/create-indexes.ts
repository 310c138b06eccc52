import { nodeStateInView, type TextsOf } from "./domain/changes/view-state";
import { DomainError } from "./domain/errors";
import { byId } from "./domain/graph/order";
import type { NodeId } from "./domain/ids";
import { Pacer } from "./domain/pacer";
import { nodeKindNames } from "./domain/ontology/node-kinds";
import { Indexes } from "./search/indexes";
import type { ReadModel } from "./store/memory/read-model";

/** The most nodes of a graph that is indexed for one view; making the indexes takes two or three seconds for 30,000. */
const maxNodes = 30_000;
const nodesAtOnce = 100;

/**
 * The indexes of a graph that is not the head's: made when first asked for, and kept as long as the function. Throws
 * TOO_COMPLEX for a large graph.
 */
export function createIndexes(view: ReadModel, textsOf: TextsOf): () => Promise<Indexes> {
  let indexes: Promise<Indexes> | undefined;
  // What failed, such as for want of the store, is tried again.
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
