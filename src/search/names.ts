import type { NodeState } from "../domain/changes/change-set";
import { DomainError } from "../domain/errors";
import { isOwned } from "../domain/ids";
import type { Weights } from "./inverted-index";
import { tokensOf } from "./tokens";
import type { TermId, Vocabulary } from "./vocabulary";

type NameSort = "title" | "alias" | "slug";
const sorts: readonly NameSort[] = ["title", "alias", "slug"];

/** A name as an index holds it: its words that say something, without order. */
interface IndexedName {
  readonly weights: Weights;
  /** What kind of name it is, how many words it has and which alias it is. */
  readonly note: number;
}

/** The bit of a weight that marks the first word; the rest is how many words of the name the term stands for. */
const firstBit = 128;
const maxWords = 63;

/** Notes that are equal modulo this differ only in which alias they are. */
export const noteShapes = 256;

export const partCount = (weight: number): number => weight & (firstBit - 1);
export const isFirst = (weight: number): boolean => weight >= firstBit;
export const sortOf = (note: number): NameSort => sorts[note & 3] as NameSort;
export const wordsOf = (note: number): number => (note >> 2) & maxWords;
export const aliasOf = (note: number): number => Math.floor(note / noteShapes);

/** The names of a node: its title, its aliases, and its slug where that says something else. */
export function namesOf({ kind, slug, fields }: NodeState, vocabulary: Vocabulary): IndexedName[] {
  const { title, aliases } = fields as { readonly title?: unknown; readonly aliases?: unknown };
  if (typeof title !== "string") return [];
  const names = [nameOf(title, 0, 0, vocabulary)];
  if (Array.isArray(aliases))
    aliases.forEach((alias, index) => names.push(nameOf(String(alias), 1, index, vocabulary)));
  if (!isOwned(kind)) {
    const ofSlug = nameOf(slug.replaceAll("-", " "), 2, 0, vocabulary);
    if (!names.some((name) => isSame(name.weights, ofSlug.weights))) names.push(ofSlug);
  }
  return names;
}

function nameOf(text: string, sort: number, index: number, vocabulary: Vocabulary): IndexedName {
  const tokens = tokensOf(text);
  const said = tokens.filter(({ term }) => !stopWords.has(term));
  const weights = new Map<TermId, number>();
  let words = 0;
  for (const { term, parts } of said.length > 0 ? said : tokens) {
    const id = vocabulary.add(term);
    if (weights.has(id)) continue;
    weights.set(id, parts | (words === 0 || (parts > 1 && words <= parts) ? firstBit : 0));
    if (parts === 1) words += 1;
  }
  return { weights, note: index * noteShapes + Math.min(words, maxWords) * 4 + sort };
}

const isSame = (a: Weights, b: Weights): boolean => a.size === b.size && [...b.keys()].every((term) => a.has(term));
const maxTextLength = 200;

/** Throws INVALID_ARGUMENT for a text that holds nothing but blanks, or more than `maxTextLength` characters. */
export function assertText(text: string): void {
  if (text.trim() === "") throw new DomainError("INVALID_ARGUMENT", "text must hold something to search for.");
  if ([...text].length > maxTextLength)
    throw new DomainError(
      "INVALID_ARGUMENT",
      `text must be at most ${maxTextLength} characters, but has ${[...text].length}.`,
    );
}

/** What people type for what a bank of engineering texts calls otherwise. Names of the bank's own are not repeated here. */
export const everydayWords: ReadonlyMap<string, readonly string[]> = new Map([
  ["llm", ["language model"]],
  ["llms", ["language model"]],
  ["rag", ["retrieval"]],
  ["db", ["database"]],
  ["k8s", ["kubernetes"]],
  ["js", ["javascript"]],
  ["ml", ["machine learning"]],
  ["ram", ["memory"]],
  ["cpu", ["processor"]],
  ["ssd", ["disk"]],
  ["cheap", ["cost", "price"]],
  ["cheaper", ["cost", "price"]],
  ["cheapest", ["cost", "price"]],
  ["expensive", ["cost", "price"]],
  ["slow", ["latency"]],
  ["lag", ["latency"]],
  ["crash", ["failure"]],
  ["outage", ["failure", "overload"]],
]);

/** Words of questions and phrases that say nothing of their subject. */
export const stopWords: ReadonlySet<string> = new Set(
  (
    "a about all also am an and another any are as at be because been being best better but by can could did do does doing " +
    "done else ever every for from get gets getting give got had has have having he her here his how i if im in into is " +
    "it its just let like make makes making many me more most much my need needs of on one or our out " +
    "s same shall she should so some someone something still such t tell than that the their them then there these " +
    "they thing things this those to too until up us use used uses using very want was way ways we well were what " +
    "whats when where whether which while who why will with within without would you your"
  ).split(" "),
);
