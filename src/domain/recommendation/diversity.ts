import type { GraphView } from "../graph/graph-view";
import type { GraphNode } from "../graph/node";
import { compareText } from "../graph/order";
import type { NodeId } from "../ids";
import type { TermKind } from "./policy";
import type { TermPath } from "./recommendation";
import { addAmount, type Amounts, pointsOf, type ScoredQuestion } from "./score";

/**
 * Takes from the score of what would repeat the trade-offs and formats of a list. What is taken from a question only grows
 * as the list does: so if the best of those left is put next each time, scores fall from top to bottom.
 */
export class Diversity {
  private readonly weighed = new Map<NodeId, number>();
  private readonly formats = new Map<string, number>();

  constructor(private readonly view: GraphView) {}

  /** Which of these comes next: the one that would then have the highest score. They are sorted by score, then id. */
  best(left: readonly ScoredQuestion[]): ScoredQuestion {
    let best = left[0] as ScoredQuestion;
    let highest = -Infinity;
    for (const each of left) {
      // Nothing is ever added, so those further down cannot come out higher.
      if (each.score < highest) break;
      const score = each.score + this.takenFrom(each.node);
      if (score > highest || (score === highest && compareText(each.node.id, best.node.id) < 0)) {
        best = each;
        highest = score;
      }
    }
    return best;
  }

  /** Its amounts as the next of the list, with the grounds for what is taken off. */
  repeats({ node, amounts }: ScoredQuestion): {
    readonly amounts: Amounts;
    readonly further: { readonly kind: TermKind; readonly path: TermPath }[];
  } {
    const next = amounts.slice();
    const further: { kind: TermKind; path: TermPath }[] = [];
    const { tradeOff, times } = this.mostRepeated(node.id);
    if (tradeOff) {
      addAmount(next, "REPEATED_TRADE_OFF", times);
      const reason = `${times} further up ${times === 1 ? "weighs" : "weigh"} the same trade-off.`;
      const hops = [{ edge: "WEIGHS", heading: "OUT", node: this.view.node(tradeOff) as GraphNode }] as const;
      further.push({ kind: "REPEATED_TRADE_OFF", path: { value: times, reason, hops } });
    }
    const format = this.formats.get(node.format) ?? 0;
    if (format > 0) {
      addAmount(next, "REPEATED_FORMAT", format);
      const reason = `${format} further up ${format === 1 ? "is" : "are"} ${node.format} as well.`;
      further.push({ kind: "REPEATED_FORMAT", path: { value: format, reason, hops: [] } });
    }
    return { amounts: next, further };
  }

  add(node: GraphNode<"Question">): void {
    for (const { other } of this.view.links(node.id, "Question.tradeOffs"))
      this.weighed.set(other, (this.weighed.get(other) ?? 0) + 1);
    this.formats.set(node.format, (this.formats.get(node.format) ?? 0) + 1);
  }

  private takenFrom({ id, format }: GraphNode<"Question">): number {
    const { times } = this.mostRepeated(id);
    return pointsOf("REPEATED_TRADE_OFF", times) + pointsOf("REPEATED_FORMAT", this.formats.get(format) ?? 0);
  }

  private mostRepeated(question: NodeId): { readonly tradeOff: NodeId | null; readonly times: number } {
    let max: { tradeOff: NodeId | null; times: number } = { tradeOff: null, times: 0 };
    for (const { other } of this.view.links(question, "Question.tradeOffs")) {
      const times = this.weighed.get(other) ?? 0;
      if (times > max.times) max = { tradeOff: other, times };
    }
    return max;
  }
}
