import type { GraphView } from "../domain/graph/graph-view";
import { kindOf } from "../domain/ids";
import type { InvertedIndex } from "./inverted-index";
import type { NameMatch } from "./name-matches";
import { sortOf, wordsOf } from "./names";
import { weightOf } from "./text-scores";
import type { KnownTerms, Word } from "./parse-query";

/** What a name adds: where it is the query, where it holds more, and where it is a part of the query. */
const nameScores = { exact: 2, holds: 0.5, held: 0.6 };
const aliasFactor = 0.95;
/** What a link from what the query names adds to a question. A name that more questions share tells none of them apart. */
const linked = { teaches: 0.5, assumes: 0.25 };
const maxLinked = 1_000;

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
    if (nodes > this.marks.length || this.mark >= 4_000_000_000) {
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
