import { closeSync, openSync, writeSync } from "node:fs";
import type { EdgeState, NodeState } from "../src/domain/changes/change-set";
import { contentOf } from "../src/content/write-bank";
import { compareText } from "../src/domain/graph/order";
import { isOwned, kindOf, type NodeId } from "../src/domain/ids";
import type { EdgeKindSpec } from "../src/domain/ontology/edge-kind";
import { edgeKinds } from "../src/domain/ontology/edge-kinds";
import type { Field } from "../src/domain/ontology/field";
import { nodeKinds } from "../src/domain/ontology/node-kinds";
import { bankView } from "../src/domain/rules/bank-view";
import { bank } from "./bank";

/** Writes the bank of a size as JSON Lines, a record a node that stands alone. Holds all of it in memory. */
export function writeRecords(questions: number, path: string): void {
  const nodes = new Map<NodeId, NodeState>();
  const edges: EdgeState[] = [];
  for (const group of bank(questions))
    for (const change of group) {
      if (change.op === "putNode") nodes.set(change.id, nodeOf(change.id, change.fields));
      else if (change.op === "putEdge") {
        const { op: _, from, to, ...edge } = change;
        const turned = (edgeKinds[edge.edge] as EdgeKindSpec).undirected && compareText(from, to) > 0;
        edges.push({ ...edge, ...(turned ? { from: to, to: from } : { from, to }) });
      }
    }
  const view = bankView({ nodes, edges });
  const file = openSync(path, "w");
  for (const node of nodes.values())
    if (!isOwned(node.kind)) {
      const record = { kind: node.kind, slug: node.slug, ...(plain(contentOf(view, node)) as object) };
      writeSync(file, `${JSON.stringify(record)}\n`);
    }
  closeSync(file);
}

function nodeOf(id: NodeId, values: Readonly<Record<string, unknown>>): NodeState {
  const kind = kindOf(id);
  const specs = nodeKinds[kind].fields as Readonly<Record<string, Field>>;
  const some = (long: boolean) =>
    Object.fromEntries(Object.entries(values).filter(([name]) => specs[name]?.long === long));
  const slug = id.slice(id.indexOf(":") + 1);
  return { id, kind, slug, formerSlugs: [], fields: some(false), texts: some(true) as NodeState["texts"] };
}

/** Maps as objects. */
function plain(value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, inner]) => [key, plain(inner)]));
  return Array.isArray(value) ? value.map(plain) : value;
}
