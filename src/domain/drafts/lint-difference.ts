import type { AppliedChange, EdgeState, NodeState } from "../changes/change-set";
import { subjectOf } from "../changes/subject";
import { edgeSubject } from "../graph/node";
import type { GraphReader } from "../graph/port";
import type { NodeId } from "../ids";
import { edgeKinds } from "../ontology/edge-kinds";
import type { Bank } from "../rules/bank-view";
import type { RuleContext, RuleFinding } from "../rules/finding";
import { runRules } from "../rules/run-rules";

/** What the rules for a finished bank find after changes and did not before, and the other way round. */
export interface LintDifference {
  readonly added: readonly RuleFinding[];
  readonly cured: readonly RuleFinding[];
}

/** Reads the whole graph and judges it twice. */
export async function lintDifference(
  changes: readonly AppliedChange[],
  reader: Pick<GraphReader, "scan">,
  context: RuleContext,
): Promise<LintDifference> {
  const bank = await bankOf(reader);
  const before = await runRules(bank, "editorial", context);
  const after = await runRules(changed(bank, changes), "editorial", context);
  return { added: without(after, before), cured: without(before, after) };
}

async function bankOf(reader: Pick<GraphReader, "scan">): Promise<Bank> {
  const nodes = new Map<NodeId, NodeState>();
  const edges: EdgeState[] = [];
  for await (const item of reader.scan()) {
    if ("node" in item) nodes.set(item.node.id, item.node);
    else if (edgeKinds[item.edge.edge].file !== "computed") edges.push(item.edge);
  }
  return { nodes, edges };
}

function changed({ nodes, edges }: Bank, changes: readonly AppliedChange[]): Bank {
  const after = new Map<NodeId, NodeState>(nodes);
  const touched = new Set(changes.map(subjectOf));
  const added: EdgeState[] = [];
  for (const change of changes) {
    if ("node" in change) {
      if (change.after) after.set(change.node, change.after);
      else after.delete(change.node);
    } else if (change.after && edgeKinds[change.edge].file !== "computed") added.push(change.after);
  }
  return { nodes: after, edges: [...edges.filter((edge) => !touched.has(edgeSubject(edge))), ...added] };
}

const keyOf = ({ rule, node, path, message }: RuleFinding): string => JSON.stringify([rule, node, path, message]);

function without(findings: readonly RuleFinding[], others: readonly RuleFinding[]): readonly RuleFinding[] {
  const known = new Set(others.map(keyOf));
  return findings.filter((finding) => !known.has(keyOf(finding)));
}
