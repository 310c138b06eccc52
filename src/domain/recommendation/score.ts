import type { Adjacent } from "../graph/graph-view";
import type { GraphNode } from "../graph/node";
import { compareText } from "../graph/order";
import type { NodeId } from "../ids";
import type { EdgeKindSpec } from "../ontology/edge-kind";
import { edgeKinds } from "../ontology/edge-kinds";
import { authoredLinks } from "./links-to-questions";
import { policyVersion, type TermKind, termKindNames, termKinds } from "./policy";
import type { Hop } from "../graph/paths/path";
import type { Recommendation, Term, TermPath } from "./recommendation";
import type { RecommendationQuery } from "./recommendation-query";

const indexOf = Object.fromEntries(termKindNames.map((kind, index) => [kind, index])) as Readonly<
  Record<TermKind, number>
>;

/** What a question has gained, by kind of term. */
export type Amounts = Float64Array;

export interface ScoredQuestion {
  readonly node: GraphNode<"Question">;
  readonly amounts: Amounts;
  readonly score: number;
}

export function amountsOf(query: RecommendationQuery, question: GraphNode<"Question">): Amounts {
  const amounts = new Float64Array(termKindNames.length);
  query.gains(question, (kind, amount) => (amounts[indexOf[kind]]! += amount));
  return amounts;
}

export const addAmount = (amounts: Amounts, kind: TermKind, amount: number): void => {
  amounts[indexOf[kind]]! += amount;
};

/** Values are rounded before they are weighed, so that a reader can weigh them again. */
const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;
const valueOf = (kind: TermKind, amount: number): number => rounded(Math.min(termKinds[kind].cap, amount));
const contributionOf = (kind: TermKind, amount: number): number =>
  Math.round(termKinds[kind].weight * valueOf(kind, amount));

export function scoreOf(amounts: Amounts): number {
  let score = 0;
  for (let at = 0; at < amounts.length; at++)
    if (amounts[at] !== 0) score += contributionOf(termKindNames[at] as TermKind, amounts[at] as number);
  return score;
}

/** The points that this amount more of a kind adds to the score. */
export const pointsOf = (kind: TermKind, amount: number): number => (amount === 0 ? 0 : contributionOf(kind, amount));

const pathsShown = 6;
const wordsShown = 8;

/** What a question gains in one way. */
interface Ground {
  readonly value: number;
  readonly path: readonly Adjacent[];
  readonly last: Adjacent | undefined;
  readonly reason: string | undefined;
}

/** The recommendation with the grounds of each term. `further`: what stands above it in the list and takes from its score. */
export function explained(
  query: RecommendationQuery,
  node: GraphNode<"Question">,
  amounts: Amounts,
  further: readonly { readonly kind: TermKind; readonly path: TermPath }[] = [],
): Recommendation {
  const grounds: { [K in TermKind]?: Ground[] } = {};
  query.gains(node, (kind, amount, path = [], last, reason) => {
    if (amount === 0) return;
    const ground = { value: rounded(amount), path, last, reason };
    const others = grounds[kind];
    if (others) others.push(ground);
    else grounds[kind] = [ground];
  });
  const pathsOf = (kind: TermKind): readonly TermPath[] => {
    if (kind === "SHARED_WORDS") return wordPaths(query, node.id);
    const strongest = (grounds[kind] ?? []).sort(
      (a, b) => b.value - a.value || compareText(wayOf(a, node), wayOf(b, node)),
    );
    const paths = strongest.slice(0, pathsShown).map((ground) => shown(ground, kind, node, query));
    for (const each of further) if (each.kind === kind) paths.push(each.path);
    return paths;
  };
  const terms = termKindNames.flatMap((kind, at): Term[] => {
    const amount = amounts[at] as number;
    const contribution = pointsOf(kind, amount);
    if (contribution === 0) return [];
    return [{ kind, weight: termKinds[kind].weight, value: valueOf(kind, amount), contribution, paths: pathsOf(kind) }];
  });
  terms.sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  const score = terms.reduce((sum, { contribution }) => sum + contribution, 0);
  const blockedBy = query.missing(node.id).map((id) => query.view.node(id) as GraphNode<"Concept">);
  return { node, score, terms, blockedBy, policyVersion };
}

/** In words, for what is no way through the graph. */
function ownReason(kind: TermKind, { id, format, difficulty }: GraphNode<"Question">, { view }: RecommendationQuery) {
  const links = authoredLinks(view, id);
  switch (kind) {
    case "SAME_FORMAT":
      return `Both are ${format}.`;
    case "SAME_DIFFICULTY":
      return `Both are ${difficulty}.`;
    case "POPULARITY":
      return links === 1 ? "One link of an author leads to it." : `${links} links of authors lead to it.`;
    case "BLOCKED":
      return "It assumes concepts that are not known.";
    default:
      return undefined;
  }
}

/** One path for the strongest words that both write openly, one for all others, whose answers would be given away. */
function wordPaths({ similarity }: RecommendationQuery, question: NodeId): TermPath[] {
  const shared = similarity?.shared(question) ?? [];
  const open = shared
    .filter(({ word }) => word !== null)
    .sort((a, b) => b.value - a.value || compareText(a.word as string, b.word as string))
    .slice(0, wordsShown);
  const told = new Set(open);
  let [ofOpen, ofOthers] = [0, 0];
  for (const { value } of open) ofOpen += value;
  for (const each of shared) if (!told.has(each)) ofOthers += each.value;
  const others = shared.length - open.length;
  const paths: TermPath[] = [];
  if (open.length > 0)
    paths.push({
      value: rounded(ofOpen),
      reason: `Both say: ${open.map(({ word }) => word).join(", ")}.`,
      hops: [],
    });
  if (others > 0)
    paths.push({
      value: rounded(ofOthers),
      reason: `${others} further words, most of them in both model answers.`,
      hops: [],
    });
  return paths.sort((a, b) => b.value - a.value);
}

const wayOf = ({ path, last }: Ground, question: GraphNode): string => {
  const way = path.map(({ edge, other }) => `${edge.edge} ${other}`);
  return [...way, ...(last ? [`${last.edge.edge} ${question.id}`] : [])].join(" ");
};

function shown(
  { value, path, last, reason }: Ground,
  kind: TermKind,
  node: GraphNode<"Question">,
  query: RecommendationQuery,
): TermPath {
  const hops = path.map((link) => hop(link, query.view.node(link.other) as GraphNode));
  if (last) hops.push(hop(last, node));
  const said = reason ?? ownReason(kind, node, query);
  return { value, ...(said === undefined ? {} : { reason: said }), hops };
}

/** The link, walked towards the node at one of its ends. */
function hop({ edge }: Adjacent, node: GraphNode): Hop {
  const reason = edge.properties["reason"] as string | undefined;
  const { undirected }: EdgeKindSpec = edgeKinds[edge.edge];
  const heading = undirected ? "BOTH" : edge.to === node.id ? "OUT" : "IN";
  return { edge: edge.edge, heading, ...(reason === undefined ? {} : { reason }), node };
}
