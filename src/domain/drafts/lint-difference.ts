import type { AppliedChange, EdgeState } from "../changes/change-set";
import type { StateReader } from "../changes/state-reader";
import { edgesAt } from "../changes/view-state";
import type { GraphView } from "../graph/graph-view";
import { compareText } from "../graph/order";
import { kindOf, type NodeId, ownerIdOf } from "../ids";
import { edgeKindNames, edgeKinds } from "../ontology/edge-kinds";
import { heldRelations } from "../ontology/held-relations";
import { isEdgeRelation, relationsOf } from "../ontology/relations";
import type { Bank } from "../rules/bank-view";
import type { RuleContext, RuleFinding } from "../rules/finding";
import { runRules } from "../rules/run-rules";

/** What the rules for a finished bank find after changes and did not before, and the other way round. */
export interface LintDifference {
  readonly added: readonly RuleFinding[];
  readonly cured: readonly RuleFinding[];
}

/** One of the two graphs that are compared. */
export interface LintedGraph {
  readonly view: GraphView;
  readonly state: StateReader;
}

/**
 * Judges what the changes touch, and the things that belong with it, by what is around them: that costs as much as the
 * change set is large, not as the bank is. What a rule finds elsewhere, or by comparing texts of the whole bank, is left out.
 */
export async function lintDifference(
  changes: readonly AppliedChange[],
  before: LintedGraph,
  after: LintedGraph,
  context: RuleContext,
): Promise<LintDifference> {
  const touched = changes.flatMap((change) => ("node" in change ? [change.node] : [change.from, change.to]));
  const judged = new Set([before.view, after.view].flatMap((view) => [...withOwners(view, touched)]));
  const around = new Set([before.view, after.view].flatMap((view) => [...surroundings(view, judged)]));
  const find = async ({ view, state }: LintedGraph): Promise<readonly RuleFinding[]> => {
    const findings = await runRules(await partOf(view, state, around), "editorial", context);
    return findings.filter(({ node }) => judged.has(node));
  };
  const [was, is] = [await find(before), await find(after)];
  return { added: without(is, was), cured: without(was, is) };
}

/** The nodes, their owners, and all that these own. */
function withOwners(view: GraphView, ids: readonly NodeId[]): ReadonlySet<NodeId> {
  const all = new Set(ids.flatMap((id) => [id, ownerIdOf(id)]));
  for (const id of all) for (const other of heldBy(view, id)) if (ownerIdOf(other) === ownerIdOf(id)) all.add(other);
  return all;
}

/** The nodes, whatever is linked to them, and what is written at that. */
function surroundings(view: GraphView, ids: ReadonlySet<NodeId>): ReadonlySet<NodeId> {
  const near = [...ids].flatMap((id) =>
    relationsOf(kindOf(id))
      .filter(isEdgeRelation)
      .flatMap(({ name }) => view.links(id, name).map(({ other }) => other)),
  );
  return new Set([...ids, ...near, ...near.flatMap((id) => [ownerIdOf(id), ...heldBy(view, id)])]);
}

const heldBy = (view: GraphView, id: NodeId): NodeId[] =>
  heldRelations(kindOf(id)).flatMap(({ name }) => view.links(id, name).map(({ other }) => other));

async function partOf(view: GraphView, state: StateReader, ids: ReadonlySet<NodeId>): Promise<Bank> {
  const found = await state.nodes([...ids].sort(compareText));
  const written = edgeKindNames.filter((edge) => edgeKinds[edge].file !== "computed");
  const edges = [...found.keys()].flatMap((id): EdgeState[] =>
    written.flatMap((edge) => edgesAt(view, id, edge, "from").map((link) => link.edge)),
  );
  return {
    nodes: new Map([...found].map(([id, { state: node }]) => [id, node])),
    edges: edges.filter(({ to }) => found.has(to)),
  };
}

const keyOf = ({ rule, node, path, message }: RuleFinding): string => JSON.stringify([rule, node, path, message]);

function without(findings: readonly RuleFinding[], others: readonly RuleFinding[]): readonly RuleFinding[] {
  const known = new Set(others.map(keyOf));
  return findings.filter((finding) => !known.has(keyOf(finding)));
}
