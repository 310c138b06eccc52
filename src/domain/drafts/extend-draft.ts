import { type Change, subjectOf } from "../changes/change-set";
import { valuesOf } from "../changes/field-changes";
import { canonicalJson } from "../changes/hash";
import type { StateReader } from "../changes/state-reader";
import type { Properties } from "../graph/node";
import type { Draft, DraftBase } from "./draft-store";

type Written = Pick<Draft, "changes" | "base">;
type Values = ReadonlyMap<string, Properties>;

/**
 * Adds changes to a draft and returns its new changes and base. The changes are sound for the graph as the draft leaves
 * it (`seen`), and only what differs from that graph is kept. A field that the changes state again gets the currently
 * published value as its base, since its author knows that value.
 */
export async function extended(
  draft: Written,
  changes: readonly Change[],
  published: StateReader,
  seen: StateReader,
): Promise<Written> {
  const [now, then] = [await valuesIn(published, changes), await valuesIn(seen, changes)];
  const base: Record<string, DraftBase> = { ...draft.base };
  const all = new GrowingList(draft.changes);
  for (const change of changes) {
    const subject = subjectOf(change);
    const effective = differing(change, then.get(subject));
    const known = base[subject]?.values ?? {};
    const touched = [
      ...(effective ? fieldsOf(effective, now) : []),
      ...fieldsOf(change, now).filter((name) => name in known),
    ];
    if (touched.length > 0 || effective) {
      const values = Object.fromEntries(touched.map((name) => [name, now.get(subject)?.[name] ?? null]));
      base[subject] = { existed: now.has(subject), values: { ...known, ...values } };
    }
    if (effective) all.add(effective, base[subject]?.existed ?? false);
  }
  return { changes: all.changes, base };
}

/** The values of the items that the changes are about, by subject. No entry for an item that does not exist. */
async function valuesIn(state: StateReader, changes: readonly Change[]): Promise<Values> {
  const nodes = await state.nodes([...new Set(changes.flatMap((change) => ("id" in change ? [change.id] : [])))]);
  const edges = await state.edges(changes.flatMap((change) => ("edge" in change ? [change] : [])));
  return new Map([...nodes, ...edges].map(([subject, { state: item }]) => [subject, valuesOf(item)]));
}

/** The fields that a change sets; for a removal, all fields of the item. */
function fieldsOf(change: Change, now: Values): readonly string[] {
  if (change.op === "putNode") return Object.keys(change.fields);
  if (change.op === "rename") return ["slug"];
  if (change.op === "putEdge")
    return [...Object.keys(change.properties), ...(change.order === undefined ? [] : ["order"])];
  return Object.keys(now.get(subjectOf(change)) ?? {});
}

/** The part of a change that makes a difference; null if there is none. */
function differing(change: Change, values: Properties | undefined): Change | null {
  if (!values || (change.op !== "putNode" && change.op !== "putEdge")) return change;
  const differs = (name: string, value: unknown) =>
    canonicalJson(values[name] ?? null) !== canonicalJson(value ?? null);
  const some = (given: Properties): Properties =>
    Object.fromEntries(Object.entries(given).filter(([name, value]) => value !== undefined && differs(name, value)));
  if (change.op === "putNode") {
    const fields = some(change.fields);
    return Object.keys(fields).length > 0 ? { ...change, fields } : null;
  }
  const { order, ...rest } = change;
  const properties = some(change.properties);
  const moved = order !== undefined && differs("order", order);
  return moved || Object.keys(properties).length > 0 ? { ...rest, properties, ...(moved && { order }) } : null;
}

/**
 * A list of changes that grows. A new change is merged into the last one about the same item, if both can be told as
 * one. Nothing is merged across the removal of a node: the removal takes along owned nodes and links, so whatever is
 * put again after it must stay after it.
 */
class GrowingList {
  readonly changes: Change[];
  /** The index of the last change about a subject, among the changes from the last removal of a node on. */
  private readonly lastAt = new Map<string, number>();

  constructor(changes: readonly Change[]) {
    this.changes = [...changes];
    this.findLast();
  }

  add(added: Change, existed: boolean): void {
    const subject = subjectOf(added);
    const index = this.lastAt.get(subject);
    const last = index === undefined ? undefined : this.changes[index];
    const merged = last && joined(last, added);
    if (merged) this.changes[index as number] = merged;
    else if (added.op === "removeEdge" && last?.op === "putEdge") this.takeBack(added, index as number, existed);
    else this.append(added);
  }

  /**
   * Drops the change at `index`, which puts the link that `removal` removes. The removal itself is added only if the
   * link is published (`existed`) and no other change of the list removes it.
   */
  private takeBack(removal: Change, index: number, existed: boolean): void {
    const subject = subjectOf(removal);
    this.changes.splice(index, 1);
    this.findLast();
    const isGone = this.changes.some((change) => change.op === "removeEdge" && subjectOf(change) === subject);
    if (existed && !isGone) this.append(removal);
  }

  private append(added: Change): void {
    if (added.op === "removeNode") this.lastAt.clear();
    this.lastAt.set(subjectOf(added), this.changes.push(added) - 1);
  }

  private findLast(): void {
    this.lastAt.clear();
    const start = this.changes.findLastIndex(({ op }) => op === "removeNode");
    for (let at = Math.max(0, start); at < this.changes.length; at++)
      this.lastAt.set(subjectOf(this.changes[at] as Change), at);
  }
}

function joined(last: Change, added: Change): Change | null {
  if (last.op === "putNode" && added.op === "putNode") return { ...last, fields: { ...last.fields, ...added.fields } };
  if (last.op === "putEdge" && added.op === "putEdge")
    return { ...last, ...added, properties: { ...last.properties, ...added.properties } };
  return last.op === "rename" && added.op === "rename" ? added : null;
}
