import type { EdgeState } from "../../../src/domain/changes/change-set";
import type { NodeId } from "../../../src/domain/ids";
import { seeded } from "../../random";

/** Questions that authors linked, either way; both directions are held out together. */
export const pairOf = ({ from, to }: EdgeState): string => (from < to ? `${from} ${to}` : `${to} ${from}`);
export const linksQuestions = ({ edge, from }: EdgeState): boolean =>
  edge === "FOLLOWED_BY" || (edge === "RELATED_TO" && from.startsWith("Question:"));

const tuningShare = 0.35;
const heldOutShare = 0.2;

/**
 * The pairs of linked questions in two parts: weights are fitted to links of the first alone, and reports ask for links of
 * the second alone, so that no link that is asked for has had a say in a weight.
 */
export function pools(edges: readonly EdgeState[]): { readonly tuning: string[]; readonly reported: string[] } {
  const pairs = shuffled([...new Set(edges.filter(linksQuestions).map(pairOf))].sort(), seeded(20_260_101));
  const cut = Math.round(pairs.length * tuningShare);
  return { tuning: pairs.slice(0, cut), reported: pairs.slice(cut) };
}

/** The pairs to hold out with a seed: a fifth of all there are, from one pool. */
export const heldOut = (pool: readonly string[], pairs: number, seed: number): ReadonlySet<string> =>
  new Set(shuffled(pool, seeded(seed)).slice(0, Math.round(pairs * heldOutShare)));

export interface Task {
  /** By question: those to be found again. */
  readonly relevant: ReadonlyMap<NodeId, ReadonlySet<NodeId>>;
  /** By question: those that the rest of the bank links with it, which are no answer. */
  readonly known: ReadonlyMap<NodeId, ReadonlySet<NodeId>>;
}

/** Follow-ups are asked for from the first question, related ones from both. */
export function taskOf(edges: readonly EdgeState[], held: ReadonlySet<string>): Task {
  const relevant = new Map<NodeId, Set<NodeId>>();
  const known = new Map<NodeId, Set<NodeId>>();
  const add = (map: Map<NodeId, Set<NodeId>>, from: NodeId, to: NodeId) =>
    map.set(from, (map.get(from) ?? new Set()).add(to));
  for (const each of edges.filter(linksQuestions)) {
    const isHeld = held.has(pairOf(each));
    add(isHeld ? relevant : known, each.from, each.to);
    if (!isHeld || each.edge === "RELATED_TO") add(isHeld ? relevant : known, each.to, each.from);
  }
  return { relevant, known };
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const list = [...items];
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [list[i], list[j]] = [list[j] as T, list[i] as T];
  }
  return list;
}
