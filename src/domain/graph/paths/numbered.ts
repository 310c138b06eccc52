import { type CacheUsage, textBytes } from "../../byte-cache";
import { kindOf, type NodeId } from "../../ids";
import type { NodeKind } from "../../ontology/node-kinds";
import type { Adjacent } from "../graph-view";

/** Bytes that numbers of nodes, and what was made of long lists, may take between searches. */
export const pathNumberBytes = 16_000_000;

/**
 * Bytes of a number beside its id, by the growth of the heap (`--expose-gc`, Node 20): 108 in the tables here, and 36 in the
 * layers of searches.
 */
const bytesOfNumber = 144;
/** Of a long list that was made, and of each link in it. */
const [bytesOfList, bytesOfEnd] = [400, 12];
let total = 0;

/**
 * Nodes by number, so that a search can keep what it knows of them in typed arrays: on hubs that takes a tenth of the time
 * of maps by id. A number is the same for every graph in the process, and means nothing.
 */
const numbers = new Map<NodeId, number>();
const ids: NodeId[] = [];
const kinds: NodeKind[] = [];

export const idOfNumber = (number: number): NodeId => ids[number] as NodeId;
export const kindOfNumber = (number: number): NodeKind => kinds[number] as NodeKind;

export function numberOf(id: NodeId): number {
  let number = numbers.get(id);
  if (number === undefined) {
    number = kinds.length;
    numbers.set(id, number);
    ids.push(id);
    kinds.push(kindOf(id));
    total += bytesOfNumber + textBytes(id);
  }
  return number;
}

/** Links by the other end's id, and those ends as numbers. */
export interface NumberedLinks {
  readonly links: readonly Adjacent[];
  readonly ends: ArrayLike<number>;
}

/**
 * What was made of long lists. Revisions share the lists that a commit does not touch, so it is good for as long as the list
 * itself. Of short lists it costs more to keep than to make.
 */
let kept = new WeakMap<readonly Adjacent[], NumberedLinks>();
const longList = 32;

/** `inOrder`: the links are in the order of the other ends' ids already. */
export function numbered(links: readonly Adjacent[], inOrder: boolean): NumberedLinks {
  if (links.length < longList) {
    const sorted = inOrder ? links : inOrderOfEnds(links);
    return { links: sorted, ends: sorted.map(({ other }) => numberOf(other)) };
  }
  let made = kept.get(links);
  if (!made) {
    const sorted = inOrder ? links : inOrderOfEnds(links);
    made = { links: sorted, ends: Uint32Array.from(sorted, ({ other }) => numberOf(other)) };
    kept.set(links, made);
    total += bytesOfList + bytesOfEnd * links.length;
  }
  return made;
}

/** Begins anew once all of it takes more than it may; nothing holds a number any more. */
export function dropNumbers(): void {
  if (total <= pathNumberBytes) return;
  numbers.clear();
  ids.length = kinds.length = total = 0;
  kept = new WeakMap();
}

/** Of the whole process. A list that is no longer there counts until all begin anew. */
export const pathNumbers: CacheUsage = {
  name: "pathNumbers",
  maxBytes: pathNumberBytes,
  bytes: () => total,
  entries: () => ids.length,
};

const inOrderOfEnds = (links: readonly Adjacent[]): readonly Adjacent[] =>
  links.length < 2 ? links : [...links].sort(byOther);

// Ids hold nothing but ASCII, so the language's own comparison is that by code point.
const byOther = (a: Adjacent, b: Adjacent): number => (a.other < b.other ? -1 : 1);

/** A set of bits for each of some nodes; the empty one for the others. */
export class BitsPerNode {
  /** Nodes that have any, in the order in which they got them. */
  readonly nodes: number[] = [];
  private bits = new Uint32Array(1_024);

  get(node: number): number {
    return this.bits[node] ?? 0;
  }

  add(node: number, more: number): void {
    if (node >= this.bits.length) this.grow(node);
    const before = this.bits[node] as number;
    if (before === 0) this.nodes.push(node);
    this.bits[node] = before | more;
  }

  clear(): void {
    for (const node of this.nodes) this.bits[node] = 0;
    this.nodes.length = 0;
  }

  private grow(node: number): void {
    const larger = new Uint32Array(Math.max(node + 1, kinds.length, 2 * this.bits.length));
    larger.set(this.bits);
    this.bits = larger;
  }
}
