import type { NodeId } from "../../ids";
import { linksInTexts } from "../bank-texts";
import { ownerIdOf } from "../../ids";
import type { BankView } from "../bank-view";
import type { Rule } from "../finding";

export const benchmarkReach: Rule = {
  code: "benchmark-reach",
  severity: "warning",
  structural: false,
  description:
    "Each benchmark has a figure that a trade-off cites or mentions, or an answer to a question that weighs one.",
  evaluate: (bank) => {
    const reached = reachedBenchmarks(bank);
    return bank.ofKind("Benchmark").flatMap(({ id, slug }) => {
      if (reached.has(id)) return [];
      const message = `No trade-off leads to Benchmark ${slug}.`;
      const hint = "Cite one of its figures in an assessment, a flip condition or an answer, or drop it.";
      return [{ node: id, path: [], message, hint }];
    });
  },
};

/** Benchmarks with a figure that a trade-off cites or mentions, or an answer to a question that weighs one. */
export function reachedBenchmarks(bank: BankView): ReadonlySet<NodeId> {
  const reached = new Set<NodeId>();
  const isWeighed = (id: NodeId) => {
    const owner = ownerIdOf(id);
    return owner.startsWith("TradeOff:") || bank.links(owner, "Question.tradeOffs").length > 0;
  };
  for (const { edge, from, to } of bank.edges)
    if (edge === "EVIDENCED_BY" && isWeighed(from)) reached.add(ownerIdOf(to));
  for (const { node, link } of linksInTexts(bank)) {
    const figure = link.scheme === "measurement" ? bank.bySlug("Measurement", link.target) : undefined;
    if (figure && isWeighed(node)) reached.add(ownerIdOf(figure.id));
  }
  return reached;
}
