import type { AppliedChange, NodeState } from "../domain/changes/change-set";
import type { GraphView } from "../domain/graph/graph-view";
import { isOwned, type NodeId } from "../domain/ids";
import type { Steps } from "../domain/pacer";
import { WordIndex } from "../domain/recommendation/word-index";
import { Restartable } from "../domain/restartable";
import { NameBonus } from "./collector";
import type { Found, SearchQuery } from "./found";
import { InvertedIndex } from "./inverted-index";
import { NameMatches } from "./name-matches";
import { namesOf } from "./names";
import { NodeNumbers } from "./node-numbers";
import { type KnownTerms, Prefixes } from "./parse-query";
import { rank } from "./rank";
import { searchedKinds, searchedTexts } from "./searched-texts";
import { suggest, type Suggestion, type SuggestQuery } from "./suggest";
import { TextScores } from "./text-scores";
import { type PlacedTexts, weightsOf } from "./text-weights";
import { stemOf, Vocabulary } from "./vocabulary";

/** What readers of an index see of it. */
export type Searching = Pick<SearchIndex, "search" | "suggest" | "work">;

/** What takes as long as so many postings. */
const postingsOf = { search: 1_000, name: 3, prefix: 10, comparison: 2 } as const;

/**
 * Finds nodes by what people type. It is kept up with a graph, node by node, and holds no texts: how often which term occurs where. What gives answers
 * away lies in an index of its own, which only a search that reveals looks into.
 */
export class SearchIndex {
  private searches = 0;
  /** All searches use the same arrays. */
  private readonly arrays = new OneAtATime();
  private readonly restartable = new Restartable();
  private readonly vocabulary = new Vocabulary(stemOf);
  private readonly texts = new InvertedIndex();
  private readonly spoilers = new InvertedIndex();
  private readonly names = new InvertedIndex();
  private readonly nodes = new NodeNumbers();
  private readonly known: KnownTerms = {
    nodes: this.nodes,
    vocabulary: this.vocabulary,
    texts: this.texts,
    names: this.names,
    prefixes: new Prefixes(this.vocabulary),
  };
  private readonly nameMatches = new NameMatches(this.names);
  private readonly nameBonus = new NameBonus(this.names);
  private readonly textScores = new TextScores(this.texts);
  private readonly spoilerScores = new TextScores(this.spoilers);

  /**
   * What was done for searches so far, in postings read; what takes longer counts as many. A word has a list of all
   * documents for itself.
   */
  get work(): number {
    const { texts, names, spoilers, vocabulary, searches } = this;
    const { prefixes } = this.known;
    return (
      searches * postingsOf.search +
      texts.reads +
      names.reads * postingsOf.name +
      spoilers.reads +
      prefixes.reads * postingsOf.prefix +
      vocabulary.compared * postingsOf.comparison
    );
  }

  /** Takes in a node that is new here, or in another state than before. */
  put(node: NodeState): void {
    this.restartable.changed();
    this.remove(node.id);
    const number = this.nodes.add(node.id);
    const fields = searchedTexts(node).filter(({ texts }) => texts.length > 0);
    const kind = searchedKinds.indexOf(node.kind);
    const open: PlacedTexts[] = fields.filter(({ spoiler }) => !spoiler);
    if (!isOwned(node.kind)) open.push({ place: "slug", texts: [node.slug.replaceAll("-", " ")] });
    const spoilers = fields.filter(({ spoiler }) => spoiler);
    if (fields.some(({ spoiler }) => !spoiler)) this.texts.add(number, kind, weightsOf(open, this.vocabulary));
    if (spoilers.length > 0) this.spoilers.add(number, kind, weightsOf(spoilers, this.vocabulary));
    for (const { weights, note } of namesOf(node, this.vocabulary)) {
      this.names.add(number, note, weights);
      for (const term of weights.keys()) this.known.prefixes.add(term);
    }
  }

  /** The changes of a commit. Those that were applied before do no harm. */
  apply(changes: readonly AppliedChange[]): void {
    for (const change of changes) {
      if (!("node" in change)) continue;
      if (change.after) {
        this.put(change.after);
        continue;
      }
      this.restartable.changed();
      this.remove(change.node);
    }
  }

  /** Throws INVALID_ARGUMENT for a text without anything in it, or a very long one. The view is at the index's revision. */
  search(query: SearchQuery, view: GraphView): Steps<Found> {
    const scorers = {
      names: this.nameMatches,
      texts: this.textScores,
      spoilers: this.spoilerScores,
      spoilerIndex: this.spoilers,
      bonus: this.nameBonus,
    };
    return this.counted(() => rank(query, view, this.known, scorers));
  }

  /** Names that go on from what was typed, the best first. Throws as `search`. */
  suggest(query: SuggestQuery, view: GraphView): Steps<readonly Suggestion[]> {
    return this.counted(() => suggest(query, view, this.known, this.nameMatches));
  }

  private *counted<T>(search: () => Steps<T>): Steps<T> {
    this.searches += 1;
    return yield* this.arrays.run(this.restartable.run(search));
  }

  private remove(id: NodeId): void {
    const number = this.nodes.find(id);
    if (number === undefined) return;
    for (const index of [this.texts, this.spoilers, this.names]) index.remove(number);
  }
}

/** Lets work in steps have something for itself until it is done. */
class OneAtATime {
  /** Ends with the work that is under way; null if there is none. */
  private running: Promise<void> | null = null;

  *run<T>(work: Steps<T>): Steps<T> {
    while (this.running) yield this.running;
    let end = (): void => undefined;
    this.running = new Promise((resolve) => (end = resolve));
    try {
      return yield* work;
    } finally {
      this.running = null;
      end();
    }
  }
}

/** What is built from every node of a graph, beside the graph itself, and kept up with it. */
export class Indexes {
  readonly search = new SearchIndex();
  /** The words of its questions. */
  readonly words = new WordIndex();

  put(node: NodeState): void {
    this.search.put(node);
    this.words.put(node);
  }

  apply(changes: readonly AppliedChange[]): void {
    this.search.apply(changes);
    this.words.apply(changes);
  }
}
