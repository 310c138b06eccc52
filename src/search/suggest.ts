import type { GraphView } from "../domain/graph/graph-view";
import { kindOf, type NodeId } from "../domain/ids";
import type { NodeKind } from "../domain/ontology/node-kinds";
import { Best, type Scored } from "./best";
import { distanceToBeginning } from "./edit-distance";
import type { NameMatch, NameMatches } from "./name-matches";
import { aliasOf, sortOf, wordsOf } from "./names";
import { assertText } from "./query-text";
import { greatestWeight, weightOfNode } from "./kind-weights";
import { stopWords } from "./stop-words";
import { tokensOf } from "./tokens";
import { formsOf, type Known, mend, type Variant } from "./understand";

export interface SuggestQuery {
  readonly text: string;
  readonly kinds?: readonly NodeKind[];
  readonly most: number;
}

/** A node that what was typed may lead to. */
export interface Suggestion {
  readonly id: NodeId;
  /** The name that goes on from what was typed: the node's title or an alias. */
  readonly name: string;
}

interface Candidate extends Scored {
  readonly match: NameMatch;
}

const factors = { longer: 0.9, begun: 0.8, misspelt: 0.6, inside: 0.7, alias: 0.95, slug: 0.6 };
const lengthShare = 0.4;
const mostTerms = 300;
/** A node may have this many names that fit; the best is shown. */
const namesEach = 8;

export function suggest(
  { text, kinds, most }: SuggestQuery,
  view: GraphView,
  known: Known,
  names: NameMatches,
): Suggestion[] {
  assertText(text);
  const words = wordsTyped(text, known);
  const best = new Best<Candidate>(most * namesEach);
  if (words.length === 0) return [];
  names.visit(words, (match) => {
    if (!match.holdsQuery) return;
    const fit = fitOf(match, words.length, known);
    // Few names can still be among the best; whose they are is found out for these alone.
    if (fit * greatestWeight < best.least) return;
    const node = known.nodes.id(known.names.node(match.name));
    const score = Math.round(10_000 * fit * weightOfNode(node)) / 10_000;
    if (score < best.least || (kinds && !kinds.includes(kindOf(node)))) return;
    const note = known.names.note(match.name);
    best.offer({ id: `${node} ${String(note).padStart(5, "0")}`, score, match: { ...match } });
  });
  const shown = new Map<NodeId, Suggestion>();
  for (const { match } of best.all()) {
    const id = known.nodes.id(known.names.node(match.name));
    const name = nameOf(id, known.names.note(match.name), view);
    if (name !== undefined && !shown.has(id)) shown.set(id, { id, name });
  }
  return [...shown.values()].slice(0, most);
}

function fitOf({ name, factor, hasFirst }: NameMatch, words: number, { names }: Known): number {
  const note = names.note(name);
  const sort = sortOf(note) === "title" ? 1 : factors[sortOf(note) as "alias" | "slug"];
  const length = 1 - lengthShare + (lengthShare * words) / Math.max(words, wordsOf(note));
  return factor * (hasFirst ? 1 : factors.inside) * length * sort;
}

function nameOf(id: NodeId, note: number, view: GraphView): string | undefined {
  const node = view.node(id);
  if (!node || !("title" in node)) return undefined;
  return sortOf(note) === "alias" && "aliases" in node ? node.aliases?.[aliasOf(note)] : node.title;
}

/** The words, of which the last may go on, unless something stands after it. */
function wordsTyped(text: string, known: Known): { readonly variants: readonly Variant[] }[] {
  const tokens = tokensOf(text).filter(({ parts }) => parts === 1);
  const last = tokens.at(-1);
  const isOpen = last?.end === text.trimEnd().length && text === text.trimEnd();
  const said = tokens.filter((token) => (isOpen && token === last) || !stopWords.has(token.term));
  return (said.length > 0 ? said : tokens).map((token) => {
    if (isOpen && token === last) return { variants: goingOnFrom(token.term, known) };
    const begun = goingOnFrom(token.term, known);
    const variants = [
      ...formsOf(token.term, known),
      ...begun.map((each) => ({ ...each, factor: each.factor * factors.begun })),
    ];
    return { variants: variants.length > 0 ? variants : mend(token.term, known).flatMap((each) => each.variants) };
  });
}

function goingOnFrom(prefix: string, known: Known): Variant[] {
  const { vocabulary, names, prefixes } = known;
  const terms = prefixes.startingWith(prefix).filter((term) => names.documentsWith(term) > 0);
  const frequent =
    terms.length <= mostTerms
      ? terms
      : [...terms].sort((a, b) => names.documentsWith(b) - names.documentsWith(a)).slice(0, mostTerms);
  const exact = frequent
    .map((term) => ({ term, factor: vocabulary.term(term) === prefix ? 1 : factors.longer }))
    .sort((a, b) => b.factor - a.factor);
  return exact.length > 0 || prefix.length < 4 || !/^\p{L}+$/u.test(prefix) ? exact : misspelt(prefix, known);
}

/** Words that begin almost so, with the same letter. */
function misspelt(prefix: string, { vocabulary, names, prefixes }: Known): Variant[] {
  return prefixes
    .startingWith(prefix.slice(0, 1))
    .filter((term) => distanceToBeginning(prefix, vocabulary.term(term), 1) === 1 && names.documentsWith(term) > 0)
    .map((term) => ({ term, factor: factors.misspelt }));
}
