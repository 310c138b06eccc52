import type { GraphView } from "../domain/graph/graph-view";
import type { NodeId } from "../domain/ids";
import type { NodeKind } from "../domain/ontology/node-kinds";
import type { Steps } from "../domain/pacer";
import { Best, minStep, rounded, type Scored } from "./best";
import { maxWeight, weightOfKind } from "./collector";
import type { NameMatches } from "./name-matches";
import { aliasOf, assertText, noteShapes, sortOf, stopWords, wordsOf } from "./names";
import { formsOf, type KnownTerms, maxQueryWords, mend, type Variant } from "./parse-query";
import { searchedKinds } from "./searched-texts";
import { tokensOf } from "./tokens";
import { distanceToBeginning } from "./vocabulary";

export interface SuggestQuery {
  readonly text: string;
  readonly kinds?: readonly NodeKind[];
  readonly max: number;
}

/** A node that what was typed may lead to. */
export interface Suggestion {
  readonly id: NodeId;
  /** The name that goes on from what was typed: the node's title or an alias. */
  readonly name: string;
}

/** A node with the name of it that fits best. */
interface Candidate extends Scored {
  readonly id: NodeId;
  readonly note: number;
}

const factors = { longer: 0.9, begun: 0.8, misspelt: 0.6, inside: 0.7, alias: 0.95, slug: 0.6 };
const lengthShare = 0.4;
const maxTerms = 300;

/** Names that are looked at in one step. */
const namesAtOnce = 5_000;

/** What is suggested. The matches must be this search's alone until it is done. */
export function* suggest(
  { text, kinds, max }: SuggestQuery,
  view: GraphView,
  known: KnownTerms,
  matches: NameMatches,
): Steps<Suggestion[]> {
  assertText(text);
  const words = yield* wordsTyped(text, known);
  if (words.length === 0) return [];
  const best = new Best<Candidate>(max);
  const wanted = searchedKinds.map((kind) => kinds?.includes(kind) ?? true);
  const fits = Float64Array.from({ length: noteShapes }, (_, note) => fitOf(note, words.length));
  const { names, nodes } = known;
  let min = -Infinity;
  const count = yield* matches.find(words);
  for (let at = 0; at < count; at++) {
    if (at % namesAtOnce === 0) yield;
    const match = matches.read(at);
    if (!match?.holdsQuery) continue;
    const note = names.note(match.name);
    const fit = match.factor * (match.hasFirst ? 1 : factors.inside) * (fits[note % noteShapes] as number);
    // Few names can still be among the best; whose they are is found out for these alone.
    if (fit * maxWeight < min) continue;
    const node = names.node(match.name);
    const kind = nodes.kind(node);
    const id = nodes.id(node);
    const score = rounded(fit * (weightOfKind[kind] as number));
    if (!wanted[kind] || !best.wants(score, id)) continue;
    best.offerOnce({ id, score, note });
    min = best.min - minStep;
  }
  return best.all().flatMap(({ id, note }) => {
    const name = nameOf(id, note, view);
    return name === undefined ? [] : [{ id, name }];
  });
}

/** How well a name with the note fits a query of so many words, by what kind of name it is and how long. */
function fitOf(note: number, words: number): number {
  const sort = sortOf(note);
  const length = 1 - lengthShare + (lengthShare * words) / Math.max(words, wordsOf(note));
  return length * (sort === "title" ? 1 : factors[sort]);
}

/** As the view has it: the index may know of a commit already that the view does not hold. */
function nameOf(id: NodeId, note: number, view: GraphView): string | undefined {
  const node = view.node(id);
  if (!node || !("title" in node)) return undefined;
  return (sortOf(note) === "alias" && "aliases" in node && node.aliases?.[aliasOf(note)]) || node.title;
}

/** The words, of which the last may go on, unless something stands after it. */
function* wordsTyped(text: string, known: KnownTerms): Steps<{ readonly variants: readonly Variant[] }[]> {
  const tokens = tokensOf(text).filter(({ parts }) => parts === 1);
  const last = tokens.at(-1);
  const isOpen = last?.end === text.trimEnd().length && text === text.trimEnd();
  const said = tokens.filter((token) => (isOpen && token === last) || !stopWords.has(token.term));
  const typed: { readonly variants: readonly Variant[] }[] = [];
  for (const token of (said.length > 0 ? said : tokens).slice(-maxQueryWords)) {
    yield;
    typed.push({ variants: variantsOf(token.term, isOpen && token === last, known) });
  }
  return typed;
}

function variantsOf(term: string, isOpen: boolean, known: KnownTerms): readonly Variant[] {
  const begun = goingOnFrom(term, known);
  if (isOpen) return begun;
  const variants = [
    ...formsOf(term, known),
    ...begun.map((each) => ({ ...each, factor: each.factor * factors.begun })),
  ];
  return variants.length > 0 ? variants : mend(term, known).flatMap((each) => each.variants);
}

function goingOnFrom(prefix: string, known: KnownTerms): Variant[] {
  const { vocabulary, names, prefixes } = known;
  const terms = prefixes.startingWith(prefix).filter((term) => names.documentsWith(term) > 0);
  const frequent =
    terms.length <= maxTerms
      ? terms
      : [...terms].sort((a, b) => names.documentsWith(b) - names.documentsWith(a)).slice(0, maxTerms);
  const exact = frequent
    .map((term) => ({ term, factor: vocabulary.term(term) === prefix ? 1 : factors.longer }))
    .sort((a, b) => b.factor - a.factor);
  return exact.length > 0 || prefix.length < 4 || !/^\p{L}+$/u.test(prefix) ? exact : misspelt(prefix, known);
}

/** Words that begin almost so, with the same letter. */
function misspelt(prefix: string, { vocabulary, names, prefixes }: KnownTerms): Variant[] {
  return prefixes
    .startingWith(prefix.slice(0, 1))
    .filter((term) => distanceToBeginning(prefix, vocabulary.term(term), 1) === 1 && names.documentsWith(term) > 0)
    .map((term) => ({ term, factor: factors.misspelt }));
}
