import type { GraphView } from "../domain/graph/graph-view";
import { kindOf, type NodeId } from "../domain/ids";
import type { NodeKind } from "../domain/ontology/node-kinds";
import { Best } from "./best";
import type { DocumentNumber, InvertedIndex } from "./inverted-index";
import type { NameMatch, NameMatches } from "./name-matches";
import { sortOf, wordsOf } from "./names";
import { assertText } from "./query-text";
import { searchedKinds } from "./searched-texts";
import { clausesOf } from "./synonyms";
import { type Clause, type TextScores, weightOf } from "./text-scores";
import { type Known, understand, type Word } from "./understand";

export interface SearchQuery {
  readonly text: string;
  /** Which kinds to look for; all unless given. */
  readonly kinds?: readonly NodeKind[];
  /** Which nodes of these kinds to keep; all unless given. */
  readonly keep?: (id: NodeId) => boolean;
  /** Also look into what gives answers away. */
  readonly reveal?: boolean;
  /** How many hits to put in order, the best first. */
  readonly most: number;
}

export interface Hit {
  readonly id: NodeId;
  /** How well it fits, from 0; comparable within one search only. */
  readonly score: number;
}

export interface Found {
  /** By score, the highest first, then by id. */
  readonly hits: readonly Hit[];
  /** How many there are in all. */
  readonly total: number;
  /** All of one kind that were found, in no particular order. */
  readonly ofKind: (kind: NodeKind) => readonly NodeId[];
  /** The query with its misspellings mended; null if it has none. */
  readonly didYouMean: string | null;
  /** Whether a word, in the form that tokens have, is one of those searched for. */
  readonly isMatch: (term: string) => boolean;
}

interface Scorers {
  readonly names: NameMatches;
  readonly texts: TextScores;
  readonly spoilers: TextScores;
  readonly spoilerIndex: InvertedIndex;
}

/** Documents with less of the query's weight are no hits. */
const leastCover = 0.45;
const kindWeights: Readonly<Partial<Record<NodeKind, number>>> = {
  Concept: 1,
  Question: 1,
  Tool: 0.95,
  TradeOff: 0.95,
  Metric: 0.85,
  Topic: 0.85,
  Quality: 0.85,
  Benchmark: 0.65,
  ModelAnswer: 0.65,
  Role: 0.6,
  Option: 0.6,
  Source: 0.5,
};
const otherKindWeight = 0.45;
const weightOfKind = searchedKinds.map((kind) => kindWeights[kind] ?? otherKindWeight);

/** What a name adds: where it is the query, where it holds more, and where it is a part of the query. */
const nameScores = { exact: 1, holds: 0.5, held: 0.6 };
const aliasFactor = 0.95;

export const weightOfNode = (id: NodeId): number => kindWeights[kindOf(id)] ?? otherKindWeight;

export function rank(query: SearchQuery, view: GraphView, known: Known, scorers: Scorers): Found {
  assertText(query.text);
  const understood = understand(query.text, known);
  const words = understood.words.filter(
    ({ variants }, place) => variants.length > 0 || understood.alternatives.has(place),
  );
  const matches: NameMatch[] = [];
  scorers.names.visit(understood.words, (match) => matches.push(match));
  const clauses = clausesOf(understood, matches, known, view);
  const collector = new Collector(query, weightOf(words));
  collector.collect(known.texts, scorers.texts, clauses, namesBonus(matches, understood.words, known));
  if (query.reveal) collector.collect(scorers.spoilerIndex, scorers.spoilers, clauses, new Map());
  const terms = termsOf(clauses);
  return {
    ...collector.found(),
    didYouMean: understood.didYouMean,
    isMatch: (term) => {
      const id = known.vocabulary.find(term);
      return id !== undefined && terms.has(id);
    },
  };
}

/** What its best name adds to the score of each document. */
function namesBonus(matches: readonly NameMatch[], words: readonly Word[], known: Known): Map<DocumentNumber, number> {
  const total = weightOf(words);
  const bonus = new Map<DocumentNumber, number>();
  for (const match of matches) {
    const document = known.texts.documentOf(known.names.node(match.name));
    if (document === undefined) continue;
    const added = scoreOfName(match, words, total, known.names.note(match.name));
    if (added > (bonus.get(document) ?? 0)) bonus.set(document, added);
  }
  return bonus;
}

function scoreOfName(
  { words: bits, factor, holdsQuery, isHeld }: NameMatch,
  words: readonly Word[],
  total: number,
  note: number,
): number {
  const sort = sortOf(note) === "alias" ? aliasFactor : 1;
  if (holdsQuery && isHeld) return nameScores.exact * factor * sort;
  if (holdsQuery) return (nameScores.holds * factor * sort * words.length) / wordsOf(note);
  const share = weightOf(words.filter((_, place) => ((bits >>> place) & 1) === 1)) / total;
  return nameScores.held * factor * sort * share;
}

/** The hits of one query. */
class Collector {
  private readonly best: Best<Hit>;
  private readonly ids = searchedKinds.map((): NodeId[] => []);
  private readonly wanted: readonly boolean[];
  private total = 0;

  constructor(
    private readonly query: SearchQuery,
    private readonly weight: number,
  ) {
    this.best = new Best(query.most);
    this.wanted = searchedKinds.map((kind) => query.kinds?.includes(kind) ?? true);
  }

  /** A node that is a hit already stays what it is. */
  collect(
    index: InvertedIndex,
    scores: TextScores,
    clauses: readonly Clause[],
    bonus: ReadonlyMap<DocumentNumber, number>,
  ): void {
    if (this.weight === 0) return;
    const known = this.total > 0 ? new Set(this.ids.flat()) : null;
    scores.run(clauses);
    for (let at = 0; at < scores.size; at++) {
      const document = scores.document(at);
      const kind = index.note(document);
      if (!this.wanted[kind]) continue;
      const cover = scores.cover(document) / this.weight;
      if (cover < leastCover || known?.has(index.node(document))) continue;
      const score =
        (weightOfKind[kind] as number) *
        ((scores.score(document) / this.weight) * (0.5 + cover / 2) + (bonus.get(document) ?? 0));
      this.add(index.node(document), kind, Math.round(score * 10_000) / 10_000);
    }
  }

  found(): Pick<Found, "hits" | "total" | "ofKind"> {
    return {
      hits: this.best.all(),
      total: this.total,
      ofKind: (kind) => this.ids[searchedKinds.indexOf(kind)] ?? [],
    };
  }

  private add(id: NodeId, kind: number, score: number): void {
    if (this.query.keep && !this.query.keep(id)) return;
    this.total += 1;
    (this.ids[kind] as NodeId[]).push(id);
    if (score >= this.best.least) this.best.offer({ id, score });
  }
}

function termsOf(clauses: readonly Clause[]): ReadonlySet<number> {
  const terms = new Set<number>();
  for (const { words, alternatives } of clauses) {
    for (const { variants } of words) for (const { term } of variants) terms.add(term);
    for (const alternative of alternatives)
      for (const variants of alternative.words) for (const { term } of variants) terms.add(term);
  }
  return terms;
}
