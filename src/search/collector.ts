import type { NodeId } from "../domain/ids";
import type { NodeKind } from "../domain/ontology/node-kinds";
import type { Steps } from "../domain/pacer";
import { Best, rounded } from "./best";
import type { InvertedIndex } from "./inverted-index";
import { weightOfKind } from "./kind-weights";
import type { NameBonus } from "./name-bonus";
import type { NodeNumbers } from "./node-numbers";
import type { Found, Hit, SearchQuery } from "./found";
import { searchedKinds } from "./searched-texts";
import type { Sums } from "./sums";

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
