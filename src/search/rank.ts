import type { GraphView } from "../domain/graph/graph-view";
import type { Steps } from "../domain/pacer";
import { Collector, type NameBonus } from "./collector";
import type { Found, SearchQuery } from "./found";
import type { InvertedIndex } from "./inverted-index";
import type { NameMatch, NameMatches } from "./name-matches";
import { assertText } from "./names";
import { type KnownTerms, parseQuery } from "./parse-query";
import { clausesOf } from "./synonyms";
import { type QueryClause, type TextScores, weightOf } from "./text-scores";

interface Scorers {
  readonly names: NameMatches;
  readonly texts: TextScores;
  readonly spoilers: TextScores;
  readonly spoilerIndex: InvertedIndex;
  readonly bonus: NameBonus;
}

/** Matches of names that are looked at in one step. */
const matchesAtOnce = 2_000;

/** What is found. The scorers must be this search's alone until it is done. */
export function* rank(query: SearchQuery, view: GraphView, open: KnownTerms, scorers: Scorers): Steps<Found> {
  assertText(query.text);
  const known = query.reveal ? { ...open, spoilers: scorers.spoilerIndex } : open;
  const understood = yield* parseQuery(query.text, known);
  const { words } = understood;
  const { bonus, names, texts, spoilers, spoilerIndex } = scorers;
  const held: NameMatch[] = [];
  bonus.start(known.nodes.size);
  const count = yield* names.find(words);
  for (let at = 0; at < count; at++) {
    if (at % matchesAtOnce === 0) yield;
    const match = names.read(at);
    if (!match) continue;
    bonus.addName(match, words);
    if (match.isHeld) held.push({ ...match });
  }
  bonus.addLinked(
    new Set(held.filter((each) => each.holdsQuery).map(({ name }) => known.names.node(name))),
    view,
    known,
  );
  yield;
  const clauses = clausesOf(understood, held, known, view);
  const said = words.filter(({ variants }, place) => variants.length > 0 || understood.alternatives.has(place));
  const collector = new Collector(query, weightOf(said), known.nodes);
  yield* collector.collect(known.texts, yield* texts.run(clauses), bonus);
  if (query.reveal) yield* collector.collect(spoilerIndex, yield* spoilers.run(clauses), null);
  const terms = termsOf(clauses);
  return {
    ...collector.all(),
    didYouMean: understood.didYouMean,
    isMatch: (term) => {
      const id = known.vocabulary.find(term);
      return id !== undefined && terms.has(id);
    },
  };
}

function termsOf(clauses: readonly QueryClause[]): ReadonlySet<number> {
  const terms = new Set<number>();
  for (const { words, alternatives } of clauses) {
    for (const { variants } of words) for (const { term } of variants) terms.add(term);
    for (const alternative of alternatives)
      for (const variants of alternative.words) for (const { term } of variants) terms.add(term);
  }
  return terms;
}
