import type { NodeState } from "../../changes/change-set";
import type { NodeKind } from "../../ontology/node-kinds";
import { textOfPassages } from "../../prose";
import type { BankView } from "../bank-view";
import type { Breach, Pause, Rule } from "../finding";

/** Two of the texts that share many shingles. */
interface Overlap {
  readonly first: number;
  readonly second: number;
  /** The shared share of the shorter one's shingles. */
  readonly share: number;
}

/**
 * Pairs of texts that share at least `share` of the shingles (runs of `size` words) of the shorter one, each pair once,
 * in the order of the texts, with a pause after each text. An inverted index counts what is shared, so the cost follows
 * from the sharing and not from the number of pairs; that the counts are exact is why this is not MinHash, whose estimates need tuning at such sizes.
 */
function* overlaps(texts: readonly (readonly string[])[], size: number, share: number): Iterable<Overlap | Pause> {
  const holders: number[][] = [];
  const sets = yield* numberedShingles(texts, size);
  for (const [index, set] of sets.entries()) {
    for (const shingle of set) (holders[shingle] ??= []).push(index);
    yield null;
  }
  for (const [second, set] of sets.entries()) {
    const shared = new Map<number, number>();
    for (const shingle of set)
      for (const first of holders[shingle] as number[]) {
        if (first >= second) break;
        shared.set(first, (shared.get(first) ?? 0) + 1);
      }
    for (const [first, count] of shared) {
      const of = Math.min(set.size, sets[first]!.size);
      if (count / of >= share) yield { first, second, share: count / of };
    }
    yield null;
  }
}

/** The words of a text as shingles are made of them. */
const shingleWords = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** The shingles of each text as numbers: equal runs of words have the same, from 0 without gaps. */
function* numberedShingles(
  texts: readonly (readonly string[])[],
  size: number,
): Generator<Pause, readonly ReadonlySet<number>[]> {
  const wordNumbers = new Map<string, number>();
  let runs = texts.map((words) => words.map((word) => numberOf(wordNumbers, word)));
  const words = runs;
  const base = wordNumbers.size;
  for (let length = 2; length <= size; length++) {
    // A run is the run that is one word shorter and its last word.
    const numbers = new Map<number, number>();
    const longer: number[][] = [];
    for (const [index, text] of runs.entries()) {
      longer.push(text.slice(0, -1).map((run, at) => numberOf(numbers, run * base + words[index]![at + length - 1]!)));
      yield null;
    }
    runs = longer;
  }
  return runs.map((text) => new Set(text));
}

function numberOf<T>(numbers: Map<T, number>, key: T): number {
  const known = numbers.get(key) ?? numbers.size;
  numbers.set(key, known);
  return known;
}

/** Words in a shingle, and the share of the shorter text's shingles from which two texts are too much alike. */
const duplicateShingle = 4;
const duplicateShare = 0.15;

export const nearDuplicate: Rule = {
  code: "near-duplicate",
  severity: "warning",
  structural: false,
  description: "No two prompts, answers or explanations share 15 % of their runs of four words.",
  *evaluate(bank) {
    yield* alike(bank, "Question", "prompt");
    yield* alike(bank, "ModelAnswer", "body");
    yield* alike(bank, "Concept", "explanation");
  },
};

function* alike(bank: BankView, kind: NodeKind, field: string): Iterable<Breach | Pause> {
  const nodes = bank.ofKind(kind).filter(({ texts }) => texts[field] !== undefined);
  const words: string[][] = [];
  for (const { texts } of nodes) {
    words.push(shingleWords(textOfPassages(bank.prose(texts[field] as string))));
    yield null;
  }
  for (const overlap of overlaps(words, duplicateShingle, duplicateShare)) {
    if (overlap) yield breachOf(overlap, nodes, field);
    else yield null;
  }
}

function breachOf({ first, second, share }: Overlap, nodes: readonly NodeState[], field: string): Breach {
  const [one, other] = [nodes[first] as NodeState, nodes[second] as NodeState];
  const message = `The ${field} shares ${Math.round(share * 100)} % of its runs of ${duplicateShingle} words with that of ${one.slug}.`;
  const hint = "Say it in one place and link there, or ask what the other does not.";
  return { node: other.id, path: [field], message, hint };
}

/** A paragraph of fewer words is a phrase that may well stand twice. */
const minWords = 12;
const shingle = 3;
const sharedShare = 0.6;
interface Paragraph {
  readonly answer: NodeState;
  readonly line: number;
  readonly words: readonly string[];
}

export const sharedParagraph: Rule = {
  code: "shared-paragraph",
  severity: "warning",
  structural: false,
  description: "No two answers share a paragraph, or three fifths of one's runs of three words.",
  *evaluate(bank) {
    const paragraphs: Paragraph[] = [];
    for (const answer of bank.ofKind("ModelAnswer")) {
      paragraphs.push(...paragraphsOf(bank, answer));
      yield null;
    }
    const words = paragraphs.map((each) => each.words);
    for (const overlap of overlaps(words, shingle, sharedShare)) {
      if (!overlap) yield null;
      else yield* breachesOf(paragraphs[overlap.first] as Paragraph, paragraphs[overlap.second] as Paragraph);
    }
  },
};

function breachesOf(one: Paragraph, other: Paragraph): Breach[] {
  if (one.answer.id === other.answer.id) return [];
  const message = `This paragraph stands in ${one.answer.slug} as well: ${other.words.slice(0, 6).join(" ")} …`;
  const hint = "Keep it where it decides something, and say here what is particular to this question.";
  return [{ node: other.answer.id, path: ["body"], line: other.line, message, hint }];
}

const paragraphsOf = (bank: BankView, answer: NodeState): Paragraph[] =>
  bank.prose(answer.texts["body"] ?? "").passages.flatMap(({ is, line, text }) => {
    const words = shingleWords(text);
    return is === "paragraph" && words.length >= minWords ? [{ answer, line, words }] : [];
  });
