import { stemmer } from "stemmer";

/** The number of a term in a vocabulary. */
export type TermId = number;

/** A term close to what was typed. */
interface NearTerm {
  readonly term: TermId;
  readonly distance: number;
}

/** All terms that texts have brought, with their stems. It only grows: whether a term is still in use, an index knows. */
export class Vocabulary {
  /** With how many terms words were compared so far. */
  compared = 0;
  private readonly terms: string[] = [];
  private readonly ids = new Map<string, TermId>();
  private readonly byStem = new Map<string, TermId | TermId[]>();
  /** A bit for each letter that the term holds. An edit changes two of them at most, so most terms are told apart by it. */
  private readonly letters: number[] = [];

  constructor(private readonly stemOf: StemOf) {}

  get size(): number {
    return this.terms.length;
  }

  term(id: TermId): string {
    return this.terms[id] as string;
  }

  find(term: string): TermId | undefined {
    return this.ids.get(term);
  }

  add(term: string): TermId {
    const known = this.ids.get(term);
    if (known !== undefined) return known;
    const id = this.terms.length;
    this.terms.push(term);
    this.ids.set(term, id);
    this.letters.push(lettersOf(term));
    const stem = this.stemOf(term);
    const same = this.byStem.get(stem);
    if (same === undefined) this.byStem.set(stem, id);
    else if (typeof same === "number") this.byStem.set(stem, [same, id]);
    else same.push(id);
    return id;
  }

  /** The terms that are forms of the same word. */
  formsOf(term: string): readonly TermId[] {
    const forms = this.byStem.get(this.stemOf(term)) ?? [];
    return typeof forms === "number" ? [forms] : forms;
  }

  /** The terms at most `most` edits away, in no particular order. */
  near(word: string, max: number): NearTerm[] {
    const letters = lettersOf(word);
    this.compared += this.terms.length;
    const found: NearTerm[] = [];
    for (let id = 0; id < this.terms.length; id++) {
      if (bitsIn(letters ^ (this.letters[id] as number)) > 2 * max) continue;
      const distance = editDistance(word, this.terms[id] as string, max);
      if (distance <= max) found.push({ term: id, distance });
    }
    return found;
  }
}

function lettersOf(term: string): number {
  let letters = 0;
  for (let at = 0; at < term.length; at++) letters |= 1 << (term.charCodeAt(at) & 31);
  return letters;
}

function bitsIn(value: number): number {
  let bits = value - ((value >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return (((bits + (bits >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

type StemOf = (term: string) => string;
const compared =
  /^(fast|slow|cheap|dear|long|short|small|high|low|quick|great|larg|simpl|clos|old|new|big)(?:g?er|g?est|r|st)$/;

/**
 * What the forms of a word have in common: Porter's stem, for which British spellings become American ones and compared
 * adjectives plain ones. Names with digits or signs in them are their own stem.
 */
export function stemOf(term: string): string {
  if (term.length < 4 || !/^[a-z]+$/.test(term)) return term;
  const plain = term.replace(compared, "$1");
  return stemmer(plain.length > 6 ? american(plain) : plain);
}

/** `quantisation` as `quantization`, `neighbours` as `neighbors`; other words lose nothing that their stem would show. */
const american = (word: string): string =>
  word.replace(/is(?=(?:e|ed|es|er|ers|ing|ation|ations)$)/, "iz").replace(/our(?=(?:s|ed|ing|hood)?$)/, "or");

const maxLetters = 64;
const rows = [0, 1, 2].map(() => new Uint8Array(maxLetters + 1));

/**
 * The fewest single letters to insert, delete, replace or swap with a neighbour (optimal string alignment), or a number
 * above `most` if it takes more. Swaps are what fast typing gives, and a plain Levenshtein distance counts them twice.
 */
export function editDistance(a: string, b: string, max: number): number {
  if (Math.abs(a.length - b.length) > max) return max + 1;
  const row = lastRow(a, b, max);
  return row ? (row[b.length] as number) : max + 1;
}

/** The same from a text to the beginning of a word that comes closest to it. */
export function distanceToBeginning(text: string, word: string, max: number): number {
  if (text.length > word.length + max) return max + 1;
  const row = lastRow(text, word.slice(0, text.length + max), max);
  return row ? row.subarray(0, Math.min(word.length, text.length + max) + 1).reduce((a, b) => Math.min(a, b)) : max + 1;
}

/** The distances of `a` to each beginning of `b`; null if all are above `most`, or for texts that are no words. */
function lastRow(a: string, b: string, max: number): Uint8Array | null {
  if (a.length > maxLetters || b.length > maxLetters) return null;
  let [older, before, row] = rows as [Uint8Array, Uint8Array, Uint8Array];
  for (let j = 0; j <= b.length; j++) row[j] = j;
  for (let i = 1; i <= a.length; i++) {
    [older, before, row] = [before, row, older];
    const letter = a.charCodeAt(i - 1);
    const letterBefore = a.charCodeAt(i - 2);
    let min = (row[0] = i);
    for (let j = 1; j <= b.length; j++) {
      let cost = (before[j - 1] as number) + (letter === b.charCodeAt(j - 1) ? 0 : 1);
      cost = Math.min(cost, (before[j] as number) + 1, (row[j - 1] as number) + 1);
      if (i > 1 && j > 1 && letter === b.charCodeAt(j - 2) && letterBefore === b.charCodeAt(j - 1))
        cost = Math.min(cost, (older[j - 2] as number) + 1);
      row[j] = cost;
      if (cost < min) min = cost;
    }
    if (min > max) return null;
  }
  return row;
}
