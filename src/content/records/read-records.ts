import type { EdgeState, NodeState } from "../../domain/changes/change-set";
import { mentionsIn } from "../../domain/changes/mentions";
import { edgeSubject } from "../../domain/graph/node";
import type { GraphReader } from "../../domain/graph/port";
import { firstSlugOf, isSlugOf, kindOf, type NodeId, ownerIdOf, type Slug } from "../../domain/ids";
import { edgeKinds } from "../../domain/ontology/edge-kinds";
import type { NodeKind } from "../../domain/ontology/node-kinds";
import type { Bank } from "../../domain/rules/bank-view";
import { linkPlace } from "../../domain/rules/finding";
import type { FileFinding } from "../file-finding";
import { noPlaces } from "../places";
import { NodeReader } from "../read-node";
import { parseRecord } from "./parse-record";
import { type RecordIndex, type RecordPlace, reporterIn } from "./record-index";
import type { RecordSource } from "./record-source";

export interface ReadRecords extends Bank {
  /** The targets of links in texts, from each node that has any. */
  readonly mentions: ReadonlyMap<NodeId, readonly NodeId[]>;
  readonly findings: readonly FileFinding[];
}

/**
 * Reads records whole. Each link must lead to one of the records, to a node of the store, or to one of `pending`: nodes
 * of earlier records that may not be in the store yet. Any other target is a finding. A slug that a node of the store
 * has taken since it was first named leads to that node.
 */
export async function readRecords(
  source: RecordSource,
  index: RecordIndex,
  places: readonly RecordPlace[],
  reader: GraphReader,
  pending: ReadonlySet<NodeId> = new Set(),
): Promise<ReadRecords> {
  const lines = await source.readAll(places);
  const read = () => readLines(source, index, places, lines);
  let records = read();
  const absent = await absentTargets(records, index, reader, pending);
  if (absent.learned) records = read();
  if (absent.ids.size === 0) return records;
  return { ...records, findings: [...records.findings, ...danglingFindings(records, absent.ids, source, index)] };
}

function readLines(
  source: RecordSource,
  index: RecordIndex,
  places: readonly RecordPlace[],
  lines: readonly Buffer[],
): ReadRecords {
  const findings: FileFinding[] = [];
  const report = reporterIn(source, findings);
  const nodes = new Map<NodeId, NodeState>();
  const edges = new Map<string, EdgeState>();
  const mentions = new Map<NodeId, readonly NodeId[]>();
  for (const [at, bytes] of lines.entries()) {
    const parsed = parseRecord(bytes, source.name, (places[at] as RecordPlace).line, report);
    if (!parsed) continue;
    new NodeReader(parsed, index, noPlaces, report, {
      node: (state) => nodes.set(state.id, state),
      edge: (state) => {
        const subject = edgeSubject(state);
        const isNew = !edges.has(subject);
        if (isNew) edges.set(subject, state);
        return isNew;
      },
      flawed: () => undefined,
    }).read();
  }
  for (const node of nodes.values()) {
    if (!(edgeKinds.MENTIONS.from as readonly NodeKind[]).includes(node.kind)) continue;
    const targets = mentionsIn(node).flatMap(({ kind, slug }) =>
      isSlugOf(kind, slug) ? [index.idOf(kind, slug)] : [],
    );
    if (targets.length > 0)
      mentions.set(
        node.id,
        targets.filter((id) => id !== node.id),
      );
  }
  return { nodes, edges: [...edges.values()], mentions, findings };
}

/**
 * Returns the targets that neither the records nor the store hold. `learned` is true if the store holds some under
 * another id; the index then knows that id.
 */
async function absentTargets(
  { nodes, edges, mentions, findings }: ReadRecords,
  index: RecordIndex,
  reader: GraphReader,
  pending: ReadonlySet<NodeId>,
): Promise<{ readonly ids: ReadonlySet<NodeId>; readonly learned: boolean }> {
  const isWhole = findings.length === 0;
  const unknown = new Map<NodeKind, Map<Slug, NodeId>>();
  const ids = new Set<NodeId>();
  const start = Math.min(...[...nodes.keys()].map((id) => index.positionOf(id) ?? 0));
  const elsewhere = new Set<NodeId>();
  const note = (id: NodeId) => nodes.has(id) || pending.has(id) || elsewhere.add(id);
  for (const { from, to } of edges) [from, to].forEach(note);
  for (const targets of mentions.values()) targets.forEach(note);
  for (const id of elsewhere) {
    const owner = ownerIdOf(id);
    const position = index.positionOf(id);
    // A nested node is known once its record has been read, which happens before this one or later.
    if (position !== undefined && (owner === id || position > start)) {
      if (owner !== id && nodes.has(owner) && isWhole) ids.add(id);
      continue;
    }
    const ofKind = unknown.get(kindOf(id)) ?? new Map<Slug, NodeId>();
    unknown.set(kindOf(id), ofKind.set(firstSlugOf(id), id));
  }
  let learned = false;
  for (const [kind, slugs] of unknown) {
    const found = await reader.idsBySlug(kind, [...slugs.keys()]);
    for (const [slug, id] of slugs) {
      const known = found.get(slug);
      if (known === undefined) ids.add(id);
      else if (known !== id) {
        index.learn(kind, slug, known);
        learned = true;
      }
    }
  }
  return { ids, learned };
}

function danglingFindings(
  { edges, mentions }: ReadRecords,
  absent: ReadonlySet<NodeId>,
  { name }: RecordSource,
  index: RecordIndex,
): FileFinding[] {
  const at = (node: NodeId, rule: string, message: string): FileFinding => ({
    rule,
    severity: "error",
    structural: true,
    file: name,
    line: index.lineOf(node),
    column: 1,
    message,
  });
  const links = edges.flatMap((edge) => {
    const { node, path } = linkPlace(edge);
    return [edge.from, edge.to]
      .filter((id) => absent.has(id))
      .map((id) => at(node, "target-not-found", `${id}, which ${path[0]} of ${node} leads to, does not exist.`));
  });
  const inTexts = [...mentions].flatMap(([node, targets]) =>
    targets
      .filter((id) => absent.has(id))
      .map((id) => at(node, "dangling-mention", `${id}, which a text of ${node} links to, does not exist.`)),
  );
  return [...links, ...inTexts];
}
