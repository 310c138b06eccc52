import type { NodeId } from "../domain/ids";
import { PostingList } from "./posting-list";
import type { TermId } from "./vocabulary";

/** The terms of one document, with the weight of a byte that each has in it. */
export type Weights = ReadonlyMap<TermId, number>;

/** The number of a document in an index. */
export type DocumentNumber = number;

const fewestDead = 1_000;
const mostDeadShare = 0.25;

/** Where `read` puts a term's documents; shared, so good until the next read. */
export interface Postings {
  readonly documents: Uint32Array;
  readonly weights: Uint8Array;
}

/**
 * Which documents hold a term. A document belongs to a node; a node may have several, put one after the other. Removed
 * documents are marked, left out of every count, and thrown out together once they are a fourth of all: then the living
 * get new numbers, in their old order.
 */
export class InvertedIndex {
  private nodes: NodeId[] = [];
  /** A number of the caller's for each document. */
  private notes = new Uint16Array(64);
  private alive = new Uint8Array(64);
  private readonly firstOf = new Map<NodeId, DocumentNumber>();
  private lists: (PostingList | undefined)[] = [];
  private readonly deadIn = new Map<TermId, { readonly removals: number; readonly dead: number }>();
  private removals = 0;
  private living = 0;
  readonly postings: Postings & { documents: Uint32Array; weights: Uint8Array } = {
    documents: new Uint32Array(64),
    weights: new Uint8Array(64),
  };

  /** How many numbers documents have: each is below. */
  get size(): number {
    return this.nodes.length;
  }

  /** How many documents there are. */
  get count(): number {
    return this.living;
  }

  node(document: DocumentNumber): NodeId {
    return this.nodes[document] as NodeId;
  }

  note(document: DocumentNumber): number {
    return this.notes[document] as number;
  }

  isAlive(document: DocumentNumber): boolean {
    return this.alive[document] === 1;
  }

  /** The node's first document. */
  documentOf(node: NodeId): DocumentNumber | undefined {
    return this.firstOf.get(node);
  }

  add(node: NodeId, note: number, weights: Weights): void {
    const document = this.nodes.length;
    if (document === this.alive.length) this.grow();
    this.nodes.push(node);
    this.notes[document] = note;
    this.alive[document] = 1;
    this.living += 1;
    if (!this.firstOf.has(node)) this.firstOf.set(node, document);
    for (const [term, weight] of weights) (this.lists[term] ??= new PostingList()).add(document, weight);
  }

  /** Removes the node's documents, if it has any. */
  remove(node: NodeId): void {
    const first = this.firstOf.get(node);
    if (first === undefined) return;
    for (let document = first; this.nodes[document] === node; document++) {
      this.alive[document] = 0;
      this.living -= 1;
    }
    this.firstOf.delete(node);
    this.removals += 1;
    const dead = this.nodes.length - this.living;
    if (dead > fewestDead && dead > this.nodes.length * mostDeadShare) this.compact();
  }

  /** How many documents hold the term. */
  documentsWith(term: TermId): number {
    const list = this.lists[term];
    if (!list) return 0;
    return this.removals === 0 ? list.count : list.count - this.dead(term, list);
  }

  /** Reads the term's documents into `postings`, removed ones among them; gives how many. */
  read(term: TermId): number {
    const list = this.lists[term];
    if (!list) return 0;
    this.makeRoom(list.count);
    return list.read(this.postings.documents, this.postings.weights);
  }

  /** Gives back room after much was added. */
  trim(): void {
    for (const list of this.lists) list?.trim();
  }

  private dead(term: TermId, list: PostingList): number {
    const known = this.deadIn.get(term);
    if (known?.removals === this.removals) return known.dead;
    this.makeRoom(list.count);
    const count = list.read(this.postings.documents, this.postings.weights);
    let dead = 0;
    for (let at = 0; at < count; at++) dead += 1 - (this.alive[this.postings.documents[at] as number] as number);
    this.deadIn.set(term, { removals: this.removals, dead });
    return dead;
  }

  private makeRoom(count: number): void {
    if (count <= this.postings.documents.length) return;
    this.postings.documents = new Uint32Array(count * 2);
    this.postings.weights = new Uint8Array(count * 2);
  }

  private grow(): void {
    const size = this.alive.length * 2;
    const [notes, alive] = [new Uint16Array(size), new Uint8Array(size)];
    notes.set(this.notes);
    alive.set(this.alive);
    this.notes = notes;
    this.alive = alive;
  }

  private compact(): void {
    const numbers = new Uint32Array(this.nodes.length);
    const nodes: NodeId[] = [];
    this.firstOf.clear();
    this.nodes.forEach((node, document) => {
      if (!this.isAlive(document)) return;
      numbers[document] = nodes.length;
      this.notes[nodes.length] = this.notes[document] as number;
      if (!this.firstOf.has(node)) this.firstOf.set(node, nodes.length);
      nodes.push(node);
    });
    this.lists = this.lists.map((list) => list && this.renumbered(list, numbers));
    this.nodes = nodes;
    this.alive.fill(0).fill(1, 0, nodes.length);
    this.deadIn.clear();
    this.removals = 0;
  }

  private renumbered(list: PostingList, numbers: Uint32Array): PostingList | undefined {
    this.makeRoom(list.count);
    const { documents, weights } = this.postings;
    const count = list.read(documents, weights);
    const next = new PostingList();
    for (let at = 0; at < count; at++) {
      const document = documents[at] as number;
      if (this.isAlive(document)) next.add(numbers[document] as number, weights[at] as number);
    }
    return next.count > 0 ? next : undefined;
  }
}
