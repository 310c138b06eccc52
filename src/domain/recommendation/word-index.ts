import type { AppliedChange, NodeState } from "../changes/change-set";
import { kindOf, type NodeId, ownerIdOf } from "../ids";
import type { Steps } from "../pacer";
import { Restartable } from "../restartable";
import { TermNumbers, visitWords } from "./words";

/** A word that two questions share, and what it adds. */
interface SharedWord {
  /** In its shortest form in titles and prompts; none for a word that only the answers of one of the two hold. */
  readonly word: string | null;
  readonly value: number;
}

/** What another question's words have in common with those of the one asked about. */
export interface Similarity {
  /** 0 without words in common. */
  with(other: NodeId): number;
  /** The words that make it; they add up to it. */
  shared(other: NodeId): SharedWord[];
}

interface Entry {
  /** Words of the question itself and of each of its answers, by node. */
  readonly parts: Map<NodeId, Uint32Array>;
  /** Words of all parts, each once. */
  words: Uint32Array;
}

// A word of a text is one number: its slot in the vocabulary, whether it stands in a title or prompt, how often (to 127).
const openBit = 128;
const often = 127;
const oftenest = 15;
const slotOf = (packed: number): number => packed >>> 8;
const titleCounts = 2;

/** How strongly long texts are held back; 0.5 would make it nearly a cosine. By the bench, from 0.5, 0.7 and the cosine. */
const lengthPower = 0.7;

/** Added to the number of words, so that one word that two titles share does not count as much as a page in common. */
const lengthBase = 80;
const lengthFactor = (a: Uint32Array, b: Uint32Array): number =>
  ((a.length + lengthBase) * (b.length + lengthBase)) ** lengthPower;

/**
 * The words of all questions: of titles, prompts and model answers. Kept up with the graph by `put` and `apply`, in any order;
 * what it says depends on the present texts alone. About 3 KB a question of 900 words.
 */
export class WordIndex {
  private readonly vocabulary = new TermNumbers();
  /** By slot: the word in an open text. */
  private readonly shown: (string | undefined)[] = [];
  /** By slot: how many questions hold the word. */
  private holders = new Uint32Array(1 << 12);
  /** By slot; all zero between two calls. */
  private counts = new Float64Array(1 << 12);
  private readonly entries = new Map<NodeId, Entry>();
  private readonly restartable = new Restartable();

  put(node: NodeState): void {
    const { kind, id, fields, texts } = node;
    if (kind === "Question") this.set(id, id, this.open(fields["title"] as string, texts["prompt"] ?? ""));
    if (kind === "ModelAnswer")
      this.set(ownerIdOf(id), id, this.hidden(`${fields["summary"] as string} ${texts["body"] ?? ""}`));
  }

  apply(changes: readonly AppliedChange[]): void {
    for (const change of changes) {
      if (!("node" in change)) continue;
      const kind = kindOf(change.node);
      if (kind !== "Question" && kind !== "ModelAnswer") continue;
      if (change.after) this.put(change.after);
      else this.set(ownerIdOf(change.node), change.node, null);
    }
  }

  /** Does what asks for similarity; from its beginning, where texts change in between. */
  unchanged<T>(work: () => Steps<T>): Steps<T> {
    return this.restartable.run(work);
  }

  /** How much the words of others are those of this question. Not to be kept over a change. */
  similarity(of: NodeId): Similarity {
    const own = this.entries.get(of)?.words ?? noWords;
    const weights = new Float64Array(this.vocabulary.size);
    const open = new Set<number>();
    for (const packed of own) {
      const slot = slotOf(packed);
      weights[slot] = weightOf(packed) * this.rarity(slot) ** 2;
      if (packed & openBit) open.add(slot);
    }
    const wordsOf = (other: NodeId): Uint32Array => this.entries.get(other)?.words ?? noWords;
    return {
      with: (other) => {
        const words = wordsOf(other);
        let sum = 0;
        for (let at = 0; at < words.length; at++) {
          const packed = words[at] as number;
          sum += (weights[packed >>> 8] as number) * (logs[packed & often] as number);
        }
        return sum / lengthFactor(own, words);
      },
      shared: (other) => {
        const words = wordsOf(other);
        const length = lengthFactor(own, words);
        const found: SharedWord[] = [];
        for (const packed of words) {
          const slot = slotOf(packed);
          const value = ((weights[slot] as number) * weightOf(packed)) / length;
          const isTold = packed & openBit && open.has(slot);
          if (value > 0) found.push({ word: isTold ? (this.shown[slot] ?? null) : null, value });
        }
        return found;
      },
    };
  }

  private rarity(slot: number): number {
    return Math.log((this.entries.size + 1) / Math.max(1, this.holders[slot] as number));
  }

  private open(title: string, prompt: string): Uint32Array {
    return this.packed([title, prompt], [titleCounts, 1], openBit);
  }

  private hidden(text: string): Uint32Array {
    return this.packed([text], [1], 0);
  }

  private packed(texts: readonly string[], counts: readonly number[], bit: number): Uint32Array {
    const slots: number[] = [];
    texts.forEach((text, index) => {
      const lower = bit ? text.toLowerCase() : "";
      visitWords(text, (hash, start, end) => {
        const slot = this.slot(hash);
        if (bit) this.show(slot, lower.slice(start, end));
        if (this.counts[slot] === 0) slots.push(slot);
        this.counts[slot]! += counts[index] as number;
      });
    });
    return this.collected(slots, bit);
  }

  /** The shortest form that has been seen, so that it does not depend on the order of the texts. */
  private show(slot: number, word: string): void {
    const known = this.shown[slot];
    if (known === undefined || word.length < known.length || (word.length === known.length && word < known))
      this.shown[slot] = word;
  }

  /** Packs what was counted, and clears the counts. */
  private collected(slots: readonly number[], bit: number): Uint32Array {
    const words = new Uint32Array(slots.length);
    for (let at = 0; at < slots.length; at++) {
      const slot = slots[at] as number;
      words[at] = slot * 256 + bit + Math.min(oftenest, this.counts[slot] as number);
      this.counts[slot] = 0;
    }
    return words;
  }

  private slot(hash: number): number {
    const slot = this.vocabulary.slot(hash);
    if (slot >= this.holders.length) {
      this.holders = grown(this.holders, Uint32Array);
      this.counts = grown(this.counts, Float64Array);
    }
    return slot;
  }

  private set(question: NodeId, part: NodeId, words: Uint32Array | null): void {
    this.restartable.changed();
    const entry = this.entries.get(question) ?? { parts: new Map<NodeId, Uint32Array>(), words: noWords };
    if (words) entry.parts.set(part, words);
    else entry.parts.delete(part);
    for (const packed of entry.words) this.holders[slotOf(packed)]!--;
    entry.words = this.merged([...entry.parts.values()]);
    for (const packed of entry.words) this.holders[slotOf(packed)]!++;
    if (entry.parts.size > 0) this.entries.set(question, entry);
    else this.entries.delete(question);
  }

  private merged(parts: readonly Uint32Array[]): Uint32Array {
    if (parts.length < 2) return parts[0] ?? noWords;
    const slots: number[] = [];
    const open: number[] = [];
    for (const part of parts) {
      for (let at = 0; at < part.length; at++) {
        const packed = part[at] as number;
        const slot = slotOf(packed);
        if (this.counts[slot] === 0) slots.push(slot);
        this.counts[slot]! += packed & often;
        if (packed & openBit) open.push(slot);
      }
    }
    // Half a count marks what stands in an open text; packing drops it.
    for (const slot of open) this.counts[slot]! += 0.5;
    const marked = slots.map((slot) => ((this.counts[slot] as number) % 1 ? openBit : 0));
    const words = this.collected(slots, 0);
    for (let at = 0; at < words.length; at++) words[at]! |= marked[at] as number;
    return words;
  }
}

const noWords = new Uint32Array(0);
const logs = Float64Array.from({ length: often + 1 }, (_, count) => (count === 0 ? 0 : 1 + Math.log(count)));

const weightOf = (packed: number): number => logs[packed & often] as number;

function grown<T extends Uint32Array | Float64Array>(array: T, type: new (length: number) => T): T {
  const larger = new type(array.length * 2);
  larger.set(array);
  return larger;
}
