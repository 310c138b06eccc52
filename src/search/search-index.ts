import type { AppliedChange, NodeState } from "../domain/changes/change-set";
import type { GraphView } from "../domain/graph/graph-view";
import type { NodeId } from "../domain/ids";
import { InvertedIndex } from "./inverted-index";
import { NameMatches } from "./name-matches";
import { namesOf } from "./names";
import { Prefixes } from "./prefixes";
import { type Found, rank, type SearchQuery } from "./rank";
import { searchedKinds, textsOf } from "./searched-texts";
import { type Suggestion, type SuggestQuery, suggest } from "./suggest";
import { TextScores } from "./text-scores";
import { weightsOf } from "./text-weights";
import type { Known } from "./understand";
import { Vocabulary } from "./vocabulary";
import { stemOf } from "./word-forms";

/**
 * Finds nodes by what people type. It is kept up with a graph, node by node, and holds no texts: how often which term occurs where. What gives answers
 * away lies in an index of its own, which only a search that reveals looks into.
 */
export class SearchIndex {
  private readonly vocabulary = new Vocabulary(stemOf);
  private readonly texts = new InvertedIndex();
  private readonly spoilers = new InvertedIndex();
  private readonly names = new InvertedIndex();
  private readonly known: Known = {
    vocabulary: this.vocabulary,
    texts: this.texts,
    names: this.names,
    prefixes: new Prefixes(this.vocabulary),
  };
  private readonly nameMatches = new NameMatches(this.names);
  private readonly textScores = new TextScores(this.texts);
  private readonly spoilerScores = new TextScores(this.spoilers);

  /** Takes in a node that is new here, or in another state than before. */
  put(node: NodeState): void {
    this.remove(node.id);
    const fields = textsOf(node).filter(({ texts }) => texts.length > 0);
    const kind = searchedKinds.indexOf(node.kind);
    const open = fields.filter(({ spoiler }) => !spoiler);
    const spoilers = fields.filter(({ spoiler }) => spoiler);
    if (open.length > 0) this.texts.add(node.id, kind, weightsOf(open, this.vocabulary));
    if (spoilers.length > 0) this.spoilers.add(node.id, kind, weightsOf(spoilers, this.vocabulary));
    for (const { weights, note } of namesOf(node, this.vocabulary)) {
      this.names.add(node.id, note, weights);
      for (const term of weights.keys()) this.known.prefixes.add(term);
    }
  }

  /** The changes of a commit. Those that were applied before do no harm. */
  apply(changes: readonly AppliedChange[]): void {
    for (const change of changes) {
      if (!("node" in change)) continue;
      if (change.after) this.put(change.after);
      else this.remove(change.node);
    }
  }

  /** Throws INVALID_ARGUMENT for a text without anything in it, or a very long one. The view is at the index's revision. */
  search(query: SearchQuery, view: GraphView): Found {
    return rank(query, view, this.known, {
      names: this.nameMatches,
      texts: this.textScores,
      spoilers: this.spoilerScores,
      spoilerIndex: this.spoilers,
    });
  }

  /** Names that go on from what was typed, the best first. Throws as `search`. */
  suggest(query: SuggestQuery, view: GraphView): readonly Suggestion[] {
    return suggest(query, view, this.known, this.nameMatches);
  }

  private remove(id: NodeId): void {
    for (const index of [this.texts, this.spoilers, this.names]) index.remove(id);
  }
}
