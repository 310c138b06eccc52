import type { AppliedChange, HeadId } from "../../domain/changes/change-set";
import { nodeStateInView } from "../../domain/changes/view-state";
import { byId, compareText } from "../../domain/graph/order";
import type { ScanItem, ScanOptions } from "../../domain/graph/port";
import type { NodeId } from "../../domain/ids";
import { edgeKindNames } from "../../domain/ontology/edge-kinds";
import { type LongTexts, type NodeKind, nodeKindNames } from "../../domain/ontology/node-kinds";
import { ReadModel } from "./read-model";
import { all } from "./sequence";
import { VersionedMap } from "./versioned-map";

/** All that the store holds at one revision: the read model, and the long texts that it leaves out. Never changes. */
export interface Head {
  readonly model: ReadModel;
  readonly texts: VersionedMap<NodeId, LongTexts<NodeKind>>;
}

export const emptyHead: Head = Object.freeze({
  model: ReadModel.empty,
  texts: new VersionedMap<NodeId, LongTexts<NodeKind>>(),
});

export function nextHead({ model, texts }: Head, changes: readonly AppliedChange[], at?: HeadId): Head {
  const changedTexts = changes.flatMap((change): [NodeId, LongTexts<NodeKind> | undefined][] =>
    "node" in change ? [[change.node, change.after?.texts]] : [],
  );
  return Object.freeze({ model: model.apply(changes, at), texts: texts.with(changedTexts) });
}

/** See `GraphReader.scan`. */
export function* scan({ model, texts }: Head, { light = false }: ScanOptions = {}): Iterable<readonly ScanItem[]> {
  const nodes = [...nodeKindNames].sort(compareText).flatMap((kind) => all(model.nodesInOrder(kind, byId)));
  for (let start = 0; start < nodes.length; start += nodesAtOnce)
    yield nodes.slice(start, start + nodesAtOnce).map((node) => ({
      node: nodeStateInView(node, (light ? undefined : texts.get(node.id)) ?? {}),
      revision: node.changedIn,
    }));
  for (const kind of edgeKindNames) {
    for (const { id } of nodes) {
      const edges = [...model.edges(id, kind, "from")].sort((a, b) => compareText(a.edge.to, b.edge.to));
      if (edges.length > 0) yield edges.map(({ edge, revision }) => ({ edge, revision }));
    }
  }
}

const nodesAtOnce = 1_000;
