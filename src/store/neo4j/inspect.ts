import type { EdgeState, NodeState } from "../../domain/changes/change-set";
import { canonicalJson } from "../../domain/changes/hash";
import type { EdgeKey, Properties } from "../../domain/graph/node";
import type { Inspected } from "../../domain/graph/port";
import { type NodeId, parseNodeId } from "../../domain/ids";
import { type EdgeKind, edgeKindNames } from "../../domain/ontology/edge-kinds";
import { isNodeKind } from "../../domain/ontology/node-kinds";
import { inspectNodesStatement, scanEdgesStatement, strayEdgesStatement, strayNodesStatement } from "./cypher/scan";
import { labels, type Row } from "./cypher/statement";
import type { Reads } from "./driver/reads";
import { edgeProperties, edgeState } from "./stored-edge";
import { nodeProperties, nodeState } from "./stored-node";

const pageSize = 1_000;

type LabelsAndProperties = readonly [labels: readonly string[], properties: Properties];

/** Implements `GraphStore.inspect`. Items may have been made by this program or by hand. */
export async function* inspect(reads: Reads): AsyncIterable<Inspected> {
  for (let after: NodeId | null = null, more = true; more;) {
    const rows: readonly Row[] = await reads.rows(inspectNodesStatement(after, pageSize));
    for (const [id, value] of rows) yield inspectedNode(id as NodeId, value as LabelsAndProperties);
    after = (rows.at(-1)?.[0] as NodeId | undefined) ?? null;
    more = rows.length === pageSize;
  }
  for (const [name, value] of await reads.rows(strayNodesStatement)) {
    const item = strayNode(value as LabelsAndProperties);
    yield {
      stray: name as string,
      item,
      about: `a node labelled ${(value as LabelsAndProperties)[0].join(", ") || "nothing"}`,
    };
  }
  for (const edge of edgeKindNames) {
    for (let after: EdgeKey | null = null, more = true; more;) {
      const rows: readonly Row[] = await reads.rows(scanEdgesStatement(edge, after, pageSize));
      for (const [, properties] of rows) yield inspectedEdge(edge, properties as Properties);
      const last = rows.at(-1)?.[1] as Properties | undefined;
      after = last ? { edge, from: last["_from"] as NodeId, to: last["_to"] as NodeId } : null;
      more = rows.length === pageSize;
    }
  }
  for (const [name, value] of await reads.rows(strayEdgesStatement)) yield strayEdge(name as string, value);
}

function inspectedNode(id: NodeId, [found, properties]: LabelsAndProperties): Inspected {
  const kind = parseNodeId(id)?.kind;
  if (!kind) return { stray: id, item: null, about: `a node with the id ${JSON.stringify(id)}` };
  const { state, revision } = nodeState(properties);
  const isSound =
    [...found].sort().join() === [labels.node, kind].sort().join() && same(properties, nodeProperties(state, revision));
  return { node: state, revision, isSound };
}

function inspectedEdge(edge: EdgeKind, properties: Properties): Inspected {
  const { state, revision } = edgeState(edge, properties);
  return { edge: state, revision, isSound: same(properties, edgeProperties(state, revision)) };
}

/**
 * Returns the node that somebody meant who made it by hand, with a kind as a label and a slug. Returns null without
 * such a label, or if kind and slug do not form an id.
 */
function strayNode([found, properties]: LabelsAndProperties): NodeState | null {
  const kind = found.find(isNodeKind);
  const id = kind && parseNodeId(`${kind}:${String(properties["slug"])}`)?.id;
  return id ? nodeState({ ...properties, _id: id }).state : null;
}

function strayEdge(name: string, value: unknown): Inspected {
  const [type, properties, a, b] = value as [string, Properties, LabelsAndProperties, LabelsAndProperties];
  const [from, to] = [idOf(a), idOf(b)];
  const about = `a relationship ${type} from ${from ?? "a node without an id"} to ${to ?? "a node without an id"}`;
  const isKnown = (edgeKindNames as readonly string[]).includes(type);
  const item: EdgeState | null =
    isKnown && from && to ? edgeState(type as EdgeKind, { ...properties, _from: from, _to: to }).state : null;
  return { stray: name, item, about };
}

const idOf = (end: LabelsAndProperties): NodeId | null =>
  (end[1]["_id"] as NodeId | undefined) ?? strayNode(end)?.id ?? null;

const same = (found: Properties, expected: Properties): boolean =>
  canonicalJson(plain(found)) === canonicalJson(plain(expected));

/**
 * Makes written and read properties comparable. Integers are written as bigint but read as numbers. Properties with
 * JSON are parsed, since the order of keys does not matter.
 */
const plain = (properties: Properties): unknown =>
  JSON.parse(
    JSON.stringify(properties, (name, value: unknown) =>
      typeof value === "bigint" ? Number(value) : keptAsJson.has(name) ? parsed(value) : value,
    ),
  );

const keptAsJson: ReadonlySet<string> = new Set(["_light", "_link"]);

/** Parses JSON. Returns anything else unchanged, since somebody may have written anything by hand. */
function parsed(json: unknown): unknown {
  try {
    return JSON.parse(String(json));
  } catch {
    return json;
  }
}
