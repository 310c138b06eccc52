import type { AppliedChange, EdgeState, NodeState } from "../changes/change-set";
import type { StateReader } from "../changes/state-reader";
import { nodeStateInView } from "../changes/view-state";
import type { GraphView } from "../graph/graph-view";
import { compareText } from "../graph/order";
import { kindOf, type NodeId, ownerIdOf } from "../ids";
import { heldRelations, isEdgeRelation, relationsOf } from "../ontology/relations";
import { Pacer } from "../pacer";
import type { Prose } from "../prose";
import { edgesFrom } from "../rules/bank-of-view";
import { type Bank, bankView } from "../rules/bank-view";
import { linkPlace, type RuleContext, type RuleFinding } from "../rules/finding";
import { breaches } from "../rules/run-rules";

/** The findings of the rules for a finished bank that changes bring about (`added`) and that they remove (`cured`). */
export interface LintDifference {
  readonly added: readonly RuleFinding[];
  readonly cured: readonly RuleFinding[];
}

export interface LintedGraph {
  readonly view: GraphView;
  readonly state: StateReader;
}

/**
 * Compares the findings before and after changes. Only the nodes that the changes touch are judged, with their owners
 * and all that those own, by what is around them. The work grows with the change set, not with the bank.
 * Three sorts of findings are left out: those on other nodes, those that come from comparing texts of the whole bank,
 * and those of faults that no store accepts, which the change set's own findings report.
 */
export async function lintDifference(
  changes: readonly AppliedChange[],
  before: LintedGraph,
  after: LintedGraph,
  context: RuleContext,
): Promise<LintDifference> {
  const touched = changes.flatMap((change) => ("node" in change ? [change.node] : [change.from, change.to]));
  const changed = changes.map((change) => ("node" in change ? change.node : linkPlace(change).node));
  const both = [before.view, after.view];
  const written = new Set(both.flatMap((view) => [...withOwners(view, changed)]));
  const judged = new Set(both.flatMap((view) => [...withOwners(view, touched)]));
  const pacer = new Pacer();
  const around: Surroundings = { judged, near: new Set(judged), far: new Set() };
  for (const view of both) await addSurroundings(around, view, written, pacer);
  const prose = new Map<string, Prose>();
  const find = async ({ view, state }: LintedGraph): Promise<readonly RuleFinding[]> => {
    const part = bankView(await partOf(view, state, around, pacer), prose);
    const findings = await breaches(part, "editorial", { ...context, written });
    return findings.filter(({ node }) => judged.has(node));
  };
  const [was, is] = [await find(before), await find(after)];
  return { added: without(is, was), cured: without(was, is) };
}

/** The nodes, their owners, and all nodes that these own. */
function withOwners(view: GraphView, ids: readonly NodeId[]): ReadonlySet<NodeId> {
  const all = new Set(ids.flatMap((id) => [id, ownerIdOf(id)]));
  for (const id of all) for (const other of heldBy(view, id)) if (ownerIdOf(other) === ownerIdOf(id)) all.add(other);
  return all;
}

/** The nodes that are read to judge the judged ones. */
interface Surroundings {
  readonly judged: ReadonlySet<NodeId>;
  /** Nodes that are read in full, with their links to one another. Includes the judged nodes. */
  readonly near: Set<NodeId>;
  /** Nodes that are read without texts, and with links to judged nodes only: the many neighbours of a hub. */
  readonly far: Set<NodeId>;
}

/** The maximum number of near neighbours by one relation, for a judged node that the changes do not write. */
const maxNear = 100;

/**
 * Adds all neighbours of judged nodes. For neighbours of written nodes, also adds what is written at those neighbours.
 */
async function addSurroundings(
  { judged, near, far }: Surroundings,
  view: GraphView,
  written: ReadonlySet<NodeId>,
  pacer: Pacer,
): Promise<void> {
  for (const id of judged) {
    const isWritten = written.has(id);
    for (const { name } of relationsOf(kindOf(id)).filter(isEdgeRelation)) {
      if (pacer.isDue) await pacer.yieldToEventLoop();
      for (const [place, { other }] of view.links(id, name).entries()) {
        if (!isWritten && place >= maxNear) {
          far.add(other);
          continue;
        }
        near.add(other).add(ownerIdOf(other));
        if (isWritten) for (const held of heldBy(view, other)) near.add(held);
      }
    }
  }
}

const heldBy = (view: GraphView, id: NodeId): NodeId[] =>
  heldRelations(kindOf(id)).flatMap(({ name }) => view.links(id, name).map(({ other }) => other));

async function partOf(
  view: GraphView,
  state: StateReader,
  { judged, near, far }: Surroundings,
  pacer: Pacer,
): Promise<Bank> {
  const nodes = new Map<NodeId, NodeState>();
  const sorted = [...near].sort(compareText);
  for (let start = 0; start < sorted.length; start += nodesAtOnce) {
    for (const [id, { state: node }] of await state.nodes(sorted.slice(start, start + nodesAtOnce)))
      nodes.set(id, node);
    if (pacer.isDue) await pacer.yieldToEventLoop();
  }
  for (const id of far) {
    const node = nodes.has(id) ? undefined : view.node(id);
    if (node) nodes.set(id, nodeStateInView(node, {}));
  }
  const edges: EdgeState[] = [];
  for (const id of nodes.keys()) {
    if (pacer.isDue) await pacer.yieldToEventLoop();
    const known = near.has(id) ? nodes : judged;
    for (const edge of edgesFrom(view, id)) if (known.has(edge.to) && nodes.has(edge.to)) edges.push(edge);
  }
  return { nodes, edges };
}

const nodesAtOnce = 500;

const keyOf = ({ rule, node, path, message }: RuleFinding): string => JSON.stringify([rule, node, path, message]);

function without(findings: readonly RuleFinding[], others: readonly RuleFinding[]): readonly RuleFinding[] {
  const known = new Set(others.map(keyOf));
  return findings.filter((finding) => !known.has(keyOf(finding)));
}
