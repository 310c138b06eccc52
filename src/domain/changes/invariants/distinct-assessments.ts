import type { Finding } from "../../errors";
import { compareText } from "../../graph/order";
import { kindOf, type NodeId, ownerIdOf } from "../../ids";
import type { NodeState } from "../change-set";
import type { GraphDraft, Invariant } from "../graph-draft";

/** An option has at most one assessment for each quality and regime, and each regime is one of the trade-off's. */
export const distinctAssessments: Invariant = async (draft) => {
  const touched = [
    ...draft
      .changedNodes()
      .filter(({ node }) => ["TradeOff", "Assessment"].includes(kindOf(node)))
      .map(({ node }) => node),
    ...draft.changedEdges().flatMap(({ edge, from }) => (edge === "ASSESSED_AS" || edge === "ON" ? [from] : [])),
  ];
  const tradeOffs = await draft.nodes(new Set(touched.map(ownerIdOf)));
  const options = await draft.adjacent("OFFERS", "from", tradeOffs.keys());
  const assessed = await draft.adjacent(
    "ASSESSED_AS",
    "from",
    [...options.values()].flat().map(({ to }) => to),
  );
  const ids = [...assessed.values()].flat().map(({ to }) => to);
  const assessments = await draft.nodes(ids);
  const qualities = await draft.adjacent("ON", "from", assessments.keys());

  const findings: Finding[] = [];
  for (const [option, edges] of assessed) {
    const taken = new Map<string, NodeId>();
    for (const to of edges.map((edge) => edge.to).sort(compareText)) {
      const assessment = assessments.get(to);
      const quality = qualities.get(to)?.[0]?.to;
      if (!assessment) continue;
      findings.push(...unknownRegime(draft, assessment));
      const cell = `${quality} ${regimeOf(assessment) ?? ""}`;
      const first = taken.get(cell);
      if (first && quality) findings.push(duplicate(option, [first, to], quality, regimeOf(assessment)));
      taken.set(cell, to);
    }
  }
  return findings;
};

const regimeOf = (assessment: NodeState): string | undefined => assessment.fields["regime"] as string | undefined;

function unknownRegime(draft: GraphDraft, assessment: NodeState): Finding[] {
  const regime = regimeOf(assessment);
  const known = ((draft.node(ownerIdOf(assessment.id))?.fields["regimes"] ?? []) as { slug: string }[]).map(
    ({ slug }) => slug,
  );
  if (regime === undefined || known.includes(regime)) return [];
  const message = `${assessment.id}: regime must be one of the trade-off's (${known.join(", ") || "it has none"}), but got: ${JSON.stringify(regime)}.`;
  return [{ code: "INVALID_REFERENCE", subject: assessment.id, field: "regime", message }];
}

const duplicate = (
  option: NodeId,
  [first, second]: readonly [NodeId, NodeId],
  quality: NodeId,
  regime?: string,
): Finding => ({
  code: "DUPLICATE",
  subject: second,
  message: `${option} is assessed on ${quality}${regime ? ` in the regime ${JSON.stringify(regime)}` : ""} twice, by ${first} and ${second}.`,
});
