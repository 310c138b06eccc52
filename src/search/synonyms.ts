import type { GraphView } from "../domain/graph/graph-view";
import { kindOf, type NodeId } from "../domain/ids";
import type { NodeKind } from "../domain/ontology/node-kinds";
import type { NameMatch } from "./name-matches";
import type { QueryClause } from "./text-scores";
import { type Alternative, alternativeOf, type KnownTerms, type ParsedQuery, type Word } from "./parse-query";

const factor = 0.75;
const maxSpans = 3;
const maxShare = 0.15;
const minDocuments = 1_000;
const maxAlternatives = 4;
const named: ReadonlySet<NodeKind> = new Set(["Concept", "Tool", "Metric"]);

/**
 * The query as clauses. Words that are a name of a concept, a tool or a metric make one clause, in which its other names stand for them:
 * `QAT` finds what says quantization-aware training, and the reverse.
 */
export function clausesOf(
  { words, alternatives }: ParsedQuery,
  matches: readonly NameMatch[],
  known: KnownTerms,
  view: GraphView,
): QueryClause[] {
  const spans = spansIn(matches, words, known);
  const clauses: QueryClause[] = [...spans].map(([bits, nodes]) => {
    const own = words.filter((_, place) => has(bits, place));
    const [first = 0] = words.flatMap((_, place) => (has(bits, place) ? [place] : []));
    const others = own.length === 1 ? (alternatives.get(first) ?? []) : [];
    return { words: own, alternatives: [...others, ...otherNames(nodes, own, known, view)] };
  });
  const taken = [...spans.keys()].reduce((all, bits) => all | bits, 0);
  words.forEach((word, place) => {
    if (!has(taken, place)) clauses.push({ words: [word], alternatives: alternatives.get(place) ?? [] });
  });
  return clauses;
}

const has = (bits: number, place: number): boolean => ((bits >>> place) & 1) === 1;

/** Words that are names, by their bits, with whose names they are: those that weigh most, without overlaps. */
function spansIn(
  matches: readonly NameMatch[],
  words: readonly Word[],
  { names, nodes: numbers }: KnownTerms,
): ReadonlyMap<number, readonly NodeId[]> {
  const nodesOf = new Map<number, Set<NodeId>>();
  for (const { name, words: bits, isHeld } of matches) {
    const node = numbers.id(names.node(name));
    if (!isHeld || !named.has(kindOf(node))) continue;
    const nodes = nodesOf.get(bits);
    if (nodes) nodes.add(node);
    else nodesOf.set(bits, new Set([node]));
  }
  const weight = (bits: number) => words.reduce((sum, word, place) => sum + (has(bits, place) ? word.weight : 0), 0);
  const chosen = new Map<number, readonly NodeId[]>();
  let taken = 0;
  for (const [bits, nodes] of [...nodesOf].sort(([a], [b]) => weight(b) - weight(a) || a - b)) {
    if ((bits & taken) !== 0) continue;
    chosen.set(bits, [...nodes].sort());
    taken |= bits;
    if (chosen.size === maxSpans) break;
  }
  return chosen;
}

/** A name of words that are everywhere tells few documents apart, and costs much to look for. */
const isTelling = ({ words }: Alternative, { texts }: KnownTerms): boolean =>
  words.flat().reduce((sum, { term }) => sum + texts.documentsWith(term), 0) <=
  Math.max(minDocuments, texts.count * maxShare);

function otherNames(
  nodes: readonly NodeId[],
  words: readonly Word[],
  known: KnownTerms,
  view: GraphView,
): readonly Alternative[] {
  const own = words.map(({ variants }) => new Set(variants.map(({ term }) => term)));
  const says = ({ words: others }: Alternative) =>
    own.every((terms) => others.some((variants) => variants.some(({ term }) => terms.has(term))));
  return nodes
    .slice(0, maxAlternatives)
    .flatMap((id) => {
      const node = view.node(id);
      return node && "aliases" in node ? [node.title, ...(node.aliases ?? [])] : [];
    })
    .flatMap((name) => alternativeOf(name, known, factor))
    .filter((alternative) => !says(alternative) && isTelling(alternative, known))
    .sort((a, b) => a.words.length - b.words.length)
    .slice(0, maxAlternatives);
}
