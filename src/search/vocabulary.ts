import { stemmer } from "stemmer";
import { editDistance } from "./edit-distance";

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
