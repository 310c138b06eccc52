import { enlarged } from "./node-numbers";
import type { TermId } from "./vocabulary";

/** The terms of one document, with the weight of a byte that each has in it. */
export type Weights = ReadonlyMap<TermId, number>;

/** The number of a document in an index. */
export type DocumentNumber = number;

const minDead = 1_000;
const maxDeadShare = 0.25;

/**
 * Which documents hold a term. A document belongs to a node; a node may have several, put one after the other. Removed
 * documents are marked, left out of every count, and thrown out together once they are a fourth of all: then the living
 * get new numbers, in their old order.
 */
export class InvertedIndex {
  private documents = 0;
  private living = 0;
  private nodes = new Uint32Array(64);
  /** A number of the caller's for each document. */
  private notes = new Uint16Array(64);
  private alive = new Uint8Array(64);
  /** The first document of each node, plus one; 0 where it has none. */
  private firstOf = new Uint32Array(64);
  private lists: (PostingList | Single | undefined)[] = [];
  private readonly deadIn = new Map<TermId, { readonly removals: number; readonly dead: number }>();
  private removals = 0;
  /** Where `read` puts a term's documents and their weights: good until the next read, or count. */
  postings = { documents: new Uint32Array(64), weights: new Uint8Array(64) };

  /** How many postings were read so far. */
  reads = 0;

  /** How many numbers documents have: each is below. */
  get size(): number {
    return this.documents;
  }

  /** How many documents there are. */
  get count(): number {
    return this.living;
  }

  node(document: DocumentNumber): number {
    return this.nodes[document] as number;
  }

  note(document: DocumentNumber): number {
    return this.notes[document] as number;
  }

  /** Whether some of the numbers are of removed documents. */
  get hasDead(): boolean {
    return this.removals > 0;
  }

  isAlive(document: DocumentNumber): boolean {
    return this.alive[document] === 1;
  }

  /** The node's first document; -1 if it has none. */
  documentOf(node: number): DocumentNumber {
    return (this.firstOf[node] ?? 0) - 1;
  }

  add(node: number, note: number, weights: Weights): void {
    const document = this.documents++;
    if (document === this.alive.length) this.grow();
    if (node >= this.firstOf.length) this.firstOf = enlarged(this.firstOf, Math.max(node + 1, this.firstOf.length * 2));
    this.nodes[document] = node;
    this.notes[document] = note;
    this.alive[document] = 1;
    this.living += 1;
    if (this.firstOf[node] === 0) this.firstOf[node] = document + 1;
    for (const [term, weight] of weights) this.lists[term] = withDocument(this.lists[term], document, weight);
  }

  /** Removes the node's documents, if it has any. */
  remove(node: number): void {
    const first = this.documentOf(node);
    if (first < 0) return;
    for (let document = first; document < this.documents && this.nodes[document] === node; document++) {
      this.alive[document] = 0;
      this.living -= 1;
    }
    this.firstOf[node] = 0;
    this.removals += 1;
    const dead = this.documents - this.living;
    if (dead > minDead && dead > this.documents * maxDeadShare) this.compact();
  }

  /** How many documents hold the term. */
  documentsWith(term: TermId): number {
    const list = this.lists[term];
    if (list === undefined) return 0;
    const count = typeof list === "number" ? 1 : list.count;
    return this.removals === 0 ? count : count - this.dead(term);
  }

  /** Reads the term's documents, removed ones among them; gives how many. */
  read(term: TermId): number {
    const list = this.lists[term];
    if (list === undefined) return 0;
    this.reads += typeof list === "number" ? 1 : list.count;
    if (typeof list === "number") {
      this.postings.documents[0] = documentIn(list);
      this.postings.weights[0] = weightIn(list);
      return 1;
    }
    this.makeRoom(list.count);
    return list.read(this.postings.documents, this.postings.weights);
  }

  private dead(term: TermId): number {
    const known = this.deadIn.get(term);
    if (known?.removals === this.removals) return known.dead;
    const count = this.read(term);
    let dead = 0;
    for (let at = 0; at < count; at++) dead += 1 - (this.alive[this.postings.documents[at] as number] as number);
    this.deadIn.set(term, { removals: this.removals, dead });
    return dead;
  }

  private makeRoom(count: number): void {
    if (count <= this.postings.documents.length) return;
    this.postings = { documents: new Uint32Array(count * 2), weights: new Uint8Array(count * 2) };
  }

  private grow(): void {
    const size = this.alive.length * 2;
    this.nodes = enlarged(this.nodes, size);
    this.notes = enlarged(this.notes, size);
    this.alive = enlarged(this.alive, size);
  }

  private compact(): void {
    const numbers = new Uint32Array(this.documents);
    let next = 0;
    for (let document = 0; document < this.documents; document++) {
      numbers[document] = next;
      if (this.isAlive(document)) next += 1;
    }
    this.lists = this.lists.map((_list, term) => this.renumbered(term, numbers));
    this.firstOf.fill(0);
    for (let document = 0; document < this.documents; document++) {
      if (!this.isAlive(document)) continue;
      const number = numbers[document] as number;
      const node = (this.nodes[number] = this.node(document));
      this.notes[number] = this.note(document);
      if (this.firstOf[node] === 0) this.firstOf[node] = number + 1;
    }
    this.documents = next;
    this.alive.fill(0).fill(1, 0, next);
    this.deadIn.clear();
    this.removals = 0;
  }

  private renumbered(term: TermId, numbers: Uint32Array): PostingList | Single | undefined {
    const count = this.read(term);
    const { documents, weights } = this.postings;
    let list: PostingList | Single | undefined;
    for (let at = 0; at < count; at++) {
      const document = documents[at] as number;
      if (this.isAlive(document)) list = withDocument(list, numbers[document] as number, weights[at] as number);
    }
    return list;
  }
}

/** The one document of a term and its weight in one number: many terms have no other, and a list takes some 250 bytes. */
type Single = number;
const singleOf = (document: DocumentNumber, weight: number): Single => document * 256 + weight;
const documentIn = (single: Single): DocumentNumber => Math.floor(single / 256);
const weightIn = (single: Single): number => single % 256;

function withDocument(
  list: PostingList | Single | undefined,
  document: DocumentNumber,
  weight: number,
): PostingList | Single {
  if (list === undefined) return singleOf(document, weight);
  const several = typeof list === "number" ? new PostingList() : list;
  if (typeof list === "number") several.add(documentIn(list), weightIn(list));
  several.add(document, weight);
  return several;
}

/**
 * The documents that hold a term, by rising number, each with a weight of a byte: the step from the number before, as a
 * varint, then the weight. Two to three bytes a document, where a Map takes forty.
 */
class PostingList {
  private bytes = new Uint8Array(8);
  private length = 0;
  private last = -1;
  private size = 0;

  /** How many documents it holds. */
  get count(): number {
    return this.size;
  }

  /** Adds a document with a higher number than those before. */
  add(document: number, weight: number): void {
    if (this.length + 6 > this.bytes.length) this.grow();
    let step = document - this.last;
    while (step > 127) {
      this.bytes[this.length++] = (step & 127) | 128;
      step >>>= 7;
    }
    this.bytes[this.length++] = step;
    this.bytes[this.length++] = weight;
    this.last = document;
    this.size += 1;
  }

  /** Writes the documents and their weights into arrays that have room for `count` of them. */
  read(documents: Uint32Array, weights: Uint8Array): number {
    const { bytes, length } = this;
    let document = -1;
    let found = 0;
    for (let at = 0; at < length;) {
      let byte = bytes[at++] as number;
      let step = byte & 127;
      for (let shift = 7; byte > 127; shift += 7) {
        byte = bytes[at++] as number;
        step |= (byte & 127) << shift;
      }
      document += step;
      documents[found] = document;
      weights[found++] = bytes[at++] as number;
    }
    return found;
  }

  private grow(): void {
    const larger = new Uint8Array(Math.ceil(this.bytes.length * 1.5) + 8);
    larger.set(this.bytes);
    this.bytes = larger;
  }
}
