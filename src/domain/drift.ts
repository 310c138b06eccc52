import type { Logged } from "./changes/as-logged";
import { type AppliedChange, type EdgeState, type NodeState, subjectOf } from "./changes/change-set";
import { changesBetween } from "./changes/changes-between";
import { fieldChanges } from "./changes/field-changes";
import { canonicalJson } from "./changes/hash";
import { changesOf, headsAfter } from "./changes/read-log";
import { edgeSubject, type EdgeKey, type Revision } from "./graph/node";
import { compareText } from "./graph/order";
import type { CommitResult, GraphStore } from "./graph/port";
import type { NodeId } from "./ids";
import type { EdgeKind } from "./ontology/edge-kinds";

/** An item that is not what the log says it is: some other program has changed the store. */
interface DriftedItem {
  readonly subject: string;
  readonly logged: Logged;
  /** What is there; null if nothing is. */
  readonly found: NodeState | EdgeState | null;
}

export interface Drift {
  /** The revision of the log that the graph was compared with. */
  readonly revision: Revision;
  /** By subject. */
  readonly items: readonly DriftedItem[];
  /** What is there that stands for no item, and what it is; by that, since a database tells it in any order. */
  readonly strays: readonly { readonly name: string; readonly about: string }[];
  /** How many items are as the log has them. */
  readonly sound: number;
}

interface LastImage {
  readonly revision: Revision;
  readonly hash: string | null;
}

/** Compares what lies in the store with what the log says. Items that are committed meanwhile are passed over. */
export async function findDrift(store: GraphStore): Promise<Drift> {
  const images = new Map<string, LastImage>();
  const revision = await readLog(store, 0, (subject, image) => images.set(subject, image));
  const drifted = new Map<string, NodeState | EdgeState | null>();
  const strays: { name: string; about: string }[] = [];
  const seen = new Set<string>();
  for await (const inspected of store.inspect()) {
    const state = "stray" in inspected ? inspected.item : "node" in inspected ? inspected.node : inspected.edge;
    if ("stray" in inspected) strays.push({ name: inspected.stray, about: inspected.about });
    if (!state) continue;
    const subject = "id" in state ? state.id : edgeSubject(state);
    const isSound = "isSound" in inspected && inspected.isSound;
    const isFirst = !seen.has(subject);
    seen.add(subject);
    if (isFirst && !(isSound && images.get(subject)?.hash === canonicalJson(state))) drifted.set(subject, state);
  }
  for (const [subject, { hash }] of images) if (hash !== null && !seen.has(subject)) drifted.set(subject, null);
  await readLog(store, revision, (subject) => drifted.delete(subject));

  const items: DriftedItem[] = [];
  for (const [subject, found] of [...drifted].sort(([a], [b]) => compareText(a, b)))
    items.push({ subject, found, logged: await loggedState(store, subject, images.get(subject)) });
  return {
    revision,
    items,
    strays: strays.sort((a, b) => compareText(a.about, b.about) || compareText(a.name, b.name)),
    sound: [...images.values()].filter(({ hash }) => hash !== null).length - items.length,
  };
}

async function readLog(
  store: GraphStore,
  start: Revision,
  take: (subject: string, image: LastImage) => void,
): Promise<Revision> {
  let last = start;
  for await (const { revision } of headsAfter(store, start)) {
    for await (const changes of changesOf(store, revision))
      for (const change of changes)
        take(subjectOf(change), { revision, hash: change.after && canonicalJson(change.after) });
    last = revision;
  }
  return last;
}

async function loggedState(store: GraphStore, subject: string, image: LastImage | undefined): Promise<Logged> {
  if (!image) return { state: null, revision: 0 };
  const { revision } = image;
  for await (const changes of changesOf(store, revision)) {
    const change = changes.find((each) => subjectOf(each) === subject);
    if (change) return { state: change.after, revision };
  }
  return { state: null, revision };
}

/** The drift, an item or a field a line, in words. */
export function driftLines({ items, strays }: Drift): readonly string[] {
  return [...items.flatMap(linesOf), ...strays.map(({ about }) => `${about} was not made by this program`)];
}

function linesOf(item: DriftedItem): string[] {
  const { subject, logged, found } = item;
  if (found === null) return [`${subject} is gone, but the log has it since revision ${logged.revision}`];
  if (logged.state === null) {
    const since = logged.revision === 0 ? "the log never had it" : `revision ${logged.revision} removed it`;
    return [`${subject} is there, but ${since}`];
  }
  const fields = fieldChanges([changeOf(item)]).filter(({ field }) => field !== null);
  if (fields.length === 0)
    return [`${subject} is as the log has it, but what is kept for reading it fast says otherwise`];
  return fields.map(
    ({ field, before, after }) =>
      `${subject}: ${field} is ${JSON.stringify(after)}, but ${JSON.stringify(before)} in the log since revision ${logged.revision}`,
  );
}

/** From what the log says to what is there. */
function changeOf({ subject, logged, found }: DriftedItem): AppliedChange {
  const images = { before: logged.state, after: found };
  return { ...(subject.includes(" ") ? keyOf(subject) : { node: subject as NodeId }), ...images } as AppliedChange;
}

function keyOf(subject: string): EdgeKey {
  const [edge, from, to] = subject.split(" ") as [EdgeKind, NodeId, NodeId];
  return { edge, from, to };
}

/**
 * Commits the drift, so that log and graph agree again. Computed links go back to what the texts say, and what stands for
 * no item is taken away. Throws a ChangeSetError with every fault where the graph has become one that no commit could
 * make, CONFLICT where somebody has committed since the comparison.
 */
export function adopt(store: GraphStore, { revision, items, strays }: Drift, key: string): Promise<CommitResult> {
  const changeSet = { title: "Adopt what other programs changed", changes: changesBetween(items.map(changeOf)) };
  return store.commit(changeSet, {
    idempotencyKey: key,
    actor: { kind: "person", name: "adopt" },
    adopts: {
      at: revision,
      logged: new Map(items.map(({ subject, logged }) => [subject, logged])),
      strays: strays.map(({ name }) => name),
    },
  });
}
