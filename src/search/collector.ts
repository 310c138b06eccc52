import type { GraphView } from "../domain/graph/graph-view";
import { kindOf, type NodeId } from "../domain/ids";
import type { NodeKind } from "../domain/ontology/node-kinds";
import type { Steps } from "../domain/pacer";
import { Best, rounded } from "./best";
import type { Found, Hit, SearchQuery } from "./found";
import type { InvertedIndex } from "./inverted-index";
import type { NameMatch } from "./name-matches";
import { sortOf, wordsOf } from "./names";
import type { NodeNumbers } from "./node-numbers";
import type { KnownTerms, Word } from "./parse-query";
import { searchedKinds } from "./searched-texts";
import { type Sums, weightOf } from "./text-scores";

/** Documents with less of the query's weight are no hits. */
const minCover = 0.3;

/** Documents that are looked at in one step. */
const documentsAtOnce = 2_000;

/** The hits of one query. */
export class Collector {
  private readonly best: Best<Hit>;
  private readonly wanted: readonly boolean[];
  private readonly found: { readonly nodes: Uint32Array; readonly count: number }[] = [];
  private readonly counts = searchedKinds.map(() => 0);

  constructor(
    private readonly query: SearchQuery,
    /** That of all words of the query. */
    private readonly weight: number,
    private readonly nodes: NodeNumbers,
  ) {
    this.best = new Best(query.max);
    this.wanted = searchedKinds.map((kind) => query.kinds?.includes(kind) ?? true);
  }

  /** Takes in what has a score. A node that is a hit already stays what it is. */
  *collect(index: InvertedIndex, sums: Sums, bonus: NameBonus | null): Steps<void> {
    const [before] = this.found;
    const known = before && new Set(before.nodes.subarray(0, before.count));
    const nodes = new Uint32Array(sums.count);
    let count = 0;
    let { min } = this.best;
    const { weight, wanted, nodes: ids, best, counts } = this;
    const { keep } = this.query;
    for (let at = 0; at < sums.count; at++) {
      if (at % documentsAtOnce === 0) yield;
      const document = sums.document(at);
      const cover = sums.cover(document) / weight;
      const kind = index.note(document);
      if (cover < minCover || !wanted[kind]) continue;
      const node = index.node(document);
      if (known?.has(node) || (keep && !keep(ids.id(node)))) continue;
      nodes[count++] = node;
      counts[kind]! += 1;
      const text = (sums.score(document) / weight) * (0.5 + cover / 2);
      const score = rounded((weightOfKind[kind] as number) * (text + (bonus ? bonus.of(node) : 0)));
      if (score < min || !best.wants(score, ids.id(node))) continue;
      best.offer({ id: ids.id(node), score });
      min = best.min;
    }
    this.found.push({ nodes, count });
  }

  all(): Pick<Found, "hits" | "total" | "ofKind" | "count"> {
    return {
      hits: this.best.all(),
      total: this.counts.reduce((sum, count) => sum + count, 0),
      count: (kind) => this.counts[searchedKinds.indexOf(kind)] ?? 0,
      ofKind: (kind) => this.ofKind(kind),
    };
  }

  private ofKind(kind: NodeKind): readonly NodeId[] {
    const wanted = searchedKinds.indexOf(kind);
    const ids: NodeId[] = [];
    for (const { nodes, count } of this.found)
      for (let at = 0; at < count; at++) {
        const node = nodes[at] as number;
        if (this.nodes.kind(node) === wanted) ids.push(this.nodes.id(node));
      }
    return ids;
  }
}

/** How much a kind is what people look for: what stands alone before the parts of it, and where figures come from last. */
const kindWeights: Readonly<Record<NodeKind, number>> = {
  Concept: 1,
  Question: 1.15,
  Tool: 0.95,
  TradeOff: 1.05,
  Metric: 0.85,
  Topic: 0.85,
  Quality: 0.85,
  Benchmark: 0.65,
  ModelAnswer: 0.65,
  Role: 0.6,
  Option: 0.6,
  Source: 0.5,
  Criterion: 0.45,
  Assessment: 0.45,
  FlipCondition: 0.45,
  Measurement: 0.45,
};

/** By the place of the kind in `searchedKinds`. */
export const weightOfKind = searchedKinds.map((kind) => kindWeights[kind]);

export const maxWeight: number = Math.max(...weightOfKind);

/** What a name adds: where it is the query, where it holds more, and where it is a part of the query. */
const nameScores = { exact: 2, holds: 0.5, held: 0.6 };
const aliasFactor = 0.95;

/** What a link from what the query names adds to a question. A name that more questions share tells none of them apart. */
const linked = { teaches: 0.5, assumes: 0.25 };
const maxLinked = 1000;

/** What names add to the score of each node, for one query at a time. */
export class NameBonus {
  private bonus = new Float32Array(0);
  private marks = new Uint32Array(0);
  private mark = 0;

  constructor(private readonly names: InvertedIndex) {}

  of(node: number): number {
    return this.marks[node] === this.mark ? (this.bonus[node] as number) : 0;
  }

  start(nodes: number): void {
    if (nodes > this.marks.length || this.mark >= 4000000000) {
      this.mark = 0;
      this.bonus = new Float32Array(Math.ceil(nodes * 1.25));
      this.marks = new Uint32Array(Math.ceil(nodes * 1.25));
    }
    this.mark += 1;
  }

  /** The best of a node's names counts. */
  addName(match: NameMatch, words: readonly Word[]): void {
    const node = this.names.node(match.name);
    const added = scoreOf(match, words, this.names.note(match.name));
    if (added > this.of(node)) this.set(node, added);
  }

  /** A question is on top for a concept or a tool that the query names and that it is linked to, if it also says the name. */
  addLinked(named: ReadonlySet<number>, view: GraphView, { nodes }: KnownTerms): void {
    const raised = new Map<number, number>();
    for (const each of named) {
      const id = nodes.id(each);
      const kind = kindOf(id);
      const links = kind === "Concept" || kind === "Tool" ? view.links(id, `${kind}.questions`) : [];
      if (links.length > maxLinked) continue;
      for (const { other, edge } of links) {
        const question = nodes.find(other);
        const added = edge.properties["emphasis"] === "ASSUMES" ? linked.assumes : linked.teaches;
        if (question !== undefined) raised.set(question, Math.max(added, raised.get(question) ?? 0));
      }
    }
    for (const [question, added] of raised) this.set(question, this.of(question) + added);
  }

  private set(node: number, bonus: number): void {
    this.marks[node] = this.mark;
    this.bonus[node] = bonus;
  }
}

function scoreOf({ words: bits, factor, holdsQuery, isHeld }: NameMatch, words: readonly Word[], note: number): number {
  const sort = sortOf(note) === "alias" ? aliasFactor : 1;
  if (holdsQuery && isHeld) return nameScores.exact * factor * sort;
  if (holdsQuery) return nameScores.holds * factor * sort * Math.sqrt(words.length / wordsOf(note));
  const share = weightOf(words.filter((_, place) => ((bits >>> place) & 1) === 1)) / weightOf(words);
  return nameScores.held * factor * sort * share;
}
