import type { EdgeState } from "../../domain/changes/change-set";
import { mentionsIn } from "../../domain/changes/mentions";
import { edgeSubject, type Revision } from "../../domain/graph/node";
import type { GraphStore } from "../../domain/graph/port";
import { type NodeId, ownerIdOf } from "../../domain/ids";
import type { EdgeKindSpec } from "../../domain/ontology/edge-kind";
import { edgeKinds } from "../../domain/ontology/edge-kinds";
import type { NodeKind } from "../../domain/ontology/node-kinds";
import { type Bank, bankView, type BankView } from "../../domain/rules/bank-view";
import { type BankDifference, diffBanks, type EdgeDifference, goesWith, type NodeDifference } from "./diff-banks";
import { keepEdits, type KeptItem } from "./keep-edits";
import { readStored, type StoredBank } from "./stored-bank";

export interface ImportOptions {
  /** Files win over a person's edits. */
  readonly overwrite?: boolean;
  /** Removes nodes that are gone from the files. */
  readonly prune?: boolean;
}

/** The changes that an import makes to a store, and the differences that it leaves. */
export interface ImportPlan {
  readonly files: Bank;
  readonly stored: StoredBank;
  readonly revision: Revision;
  readonly nodes: readonly NodeDifference[];
  readonly edges: readonly EdgeDifference[];
  /** Nodes to remove, each with everything nested under it. */
  readonly removed: readonly NodeId[];
  /** Nodes with files of their own that are gone from the files, and stay without `prune`. */
  readonly gone: readonly NodeId[];
  readonly kept: readonly KeptItem[];
  /** Nodes that do not differ, but whose texts link to nodes that the store does not link them to yet. */
  readonly unmentioned: readonly NodeId[];
}

/** Compares files with a store. Everything that the files link to must be in the files. */
export async function planImport(store: GraphStore, files: Bank, options: ImportOptions = {}): Promise<ImportPlan> {
  const reader = store.reader();
  const revision = await reader.revision();
  return planAgainst(store, files, await readStored(reader), revision, options);
}

/**
 * Compares files with a store's content at a revision. `stored` holds all of it, or at least the same nodes and
 * everything that they hold.
 */
export async function planAgainst(
  store: GraphStore,
  files: Bank,
  stored: StoredBank,
  revision: Revision,
  options: ImportOptions = {},
): Promise<ImportPlan> {
  const difference = diffBanks(files, stored);
  const missing = difference.nodes.flatMap(({ id, after }) => (after ? [] : [id]));
  const leaving = missing.filter((id) => options.prune || files.nodes.has(ownerIdOf(id)));
  const subjects = revision === 0 || options.overwrite ? [] : atStake(difference, stored, new Set(leaving));
  const edited = await editedByPersons(store, subjects);

  const { nodes, edges, kept } = keepEdits(difference, stored.edges, edited);
  const rewritten = new Set(nodes.map(({ id }) => id));
  const removal = removals(leaving, staying(stored, edges, rewritten), edited);
  const untouched = [...files.nodes.keys()].filter(
    (id) => stored.nodes.has(id) && !rewritten.has(id) && !edited.has(id),
  );
  return {
    files,
    stored,
    revision,
    nodes,
    edges,
    removed: removal.nodes,
    gone: options.prune ? [] : missing.filter((id) => ownerIdOf(id) === id),
    kept: [...kept, ...removal.kept],
    unmentioned: unmentioned(untouched, files, stored, rewritten),
  };
}

/** Returns the subjects that the import would change or remove. */
function atStake({ nodes, edges }: BankDifference, stored: StoredBank, leaving: ReadonlySet<NodeId>): string[] {
  const going = stored.edges.filter((edge) =>
    [edge.from, edge.to].some((end) => leaving.has(end) && goesWith(edge, end)),
  );
  return [
    ...nodes.flatMap(({ id, after }) => (after || leaving.has(id) ? [id] : [])),
    ...edges.map(({ subject }) => subject),
    ...going.map(edgeSubject),
  ];
}

const lookUpSize = 1_000;

async function editedByPersons(store: GraphStore, subjects: readonly string[]): Promise<Set<string>> {
  const edited = new Set<string>();
  for (let start = 0; start < subjects.length; start += lookUpSize) {
    const changes = await store.lastChanges(subjects.slice(start, start + lookUpSize));
    for (const [subject, { actor }] of changes) if (actor.kind === "person") edited.add(subject);
  }
  return edited;
}

/**
 * Returns the store's links that remain until nodes are removed. Computed links of nodes that are put again are left
 * out.
 */
function staying(stored: StoredBank, edges: readonly EdgeDifference[], rewritten: ReadonlySet<NodeId>): EdgeState[] {
  const unlinked = new Set(edges.flatMap(({ subject, after }) => (after ? [] : [subject])));
  const mentions = [...stored.mentions].flatMap(([from, targets]) =>
    rewritten.has(from) ? [] : [...targets].map((to): EdgeState => ({ edge: "MENTIONS", from, to, properties: {} })),
  );
  return [...stored.edges.filter((edge) => !unlinked.has(edgeSubject(edge))), ...mentions];
}

function unmentioned(
  ids: readonly NodeId[],
  files: Bank,
  stored: StoredBank,
  rewritten: ReadonlySet<NodeId>,
): NodeId[] {
  const view = bankView(files);
  return ids.filter((id) => {
    const known = stored.mentions.get(id);
    return mentionedIn(view, id).some(
      (target) => !known?.has(target) && (stored.nodes.has(target) || rewritten.has(target)),
    );
  });
}

interface Removals {
  /** Nodes to remove. Nodes nested under them are removed with them and not listed. */
  readonly nodes: readonly NodeId[];
  readonly kept: readonly KeptItem[];
}

/**
 * Divides the `gone` nodes into those to remove and those to keep. Kept are nodes that a person edited, that hold such
 * a node or link, or that `staying` links lead to from elsewhere.
 */
function removals(gone: readonly NodeId[], staying: readonly EdgeState[], edited: ReadonlySet<string>): Removals {
  const leaving = new Set(gone);
  const kept: KeptItem[] = [];
  const parents = new Map<NodeId, NodeId>();
  for (const edge of staying) if ((edgeKinds[edge.edge] as EdgeKindSpec).nests) parents.set(edge.to, edge.from);

  function keep(id: NodeId, why: string): void {
    if (!leaving.delete(id)) return;
    kept.push({ subject: id, why });
    const parent = parents.get(id);
    if (parent) keep(parent, `it holds ${id}`);
    // An owner that stays keeps the rest of its file, since nothing says what should become of that any more.
    if (ownerIdOf(id) === id) for (const other of [...leaving]) if (ownerIdOf(other) === id) keep(other, `${id} stays`);
  }

  for (const id of gone) if (edited.has(id)) keep(id, "edited by a person");
  for (const edge of staying) {
    if (!edited.has(edgeSubject(edge))) continue;
    for (const end of [edge.from, edge.to])
      if (leaving.has(end) && goesWith(edge, end)) keep(end, `a person edited ${edgeSubject(edge)}`);
  }
  for (let size = -1; size !== leaving.size;) {
    size = leaving.size;
    for (const edge of staying) {
      for (const [end, other] of [
        [edge.from, edge.to],
        [edge.to, edge.from],
      ] as const)
        if (leaving.has(end) && !leaving.has(other) && !goesWith(edge, end)) keep(end, `${other} links to it`);
    }
  }
  return { nodes: gone.filter((id) => leaving.has(id) && !leaving.has(parents.get(id) as NodeId)), kept };
}

const mentioning: readonly NodeKind[] = edgeKinds.MENTIONS.from;

/** Returns the nodes that a node's texts link to inline, without the node itself. */
export function mentionedIn(bank: BankView, id: NodeId): NodeId[] {
  const node = bank.nodes.get(id);
  if (!node || !mentioning.includes(node.kind)) return [];
  return mentionsIn(node).flatMap(({ kind, slug }) => {
    const target = bank.bySlug(kind, slug)?.id;
    return target && target !== id ? [target] : [];
  });
}
