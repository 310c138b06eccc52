import type { Change } from "../../../src/domain/changes/change-set";
import { edgeSubject } from "../../../src/domain/graph/node";
import { firstSlugOf, isOwned, kindOf, type NodeId, ownerIdOf } from "../../../src/domain/ids";
import type { EdgeKindSpec } from "../../../src/domain/ontology/edge-kind";
import { type EdgeKind, edgeKindNames, edgeKinds } from "../../../src/domain/ontology/edge-kinds";
import { type NodeKind, nodeKinds } from "../../../src/domain/ontology/node-kinds";
import { aLink, noLink } from "../../builders/links";
import { expecting, removal, renaming } from "../../builders/changes";
import type { BankView } from "./bank-view";
import type { Draw } from "./draw";
import { patchValues, validValues } from "./field-values";

export const slugPool = ["a", "b", "a-b", "a0", "c", "zz"];

/** Owners before what they own, and what is linked by need before what links to it. */
const kindsInOrder: readonly NodeKind[] = [
  "Source",
  "Quality",
  "Metric",
  "Role",
  "Topic",
  "Tool",
  "Concept",
  "Question",
  "TradeOff",
  "Option",
  "Criterion",
  "ModelAnswer",
  "Assessment",
  "FlipCondition",
  "Benchmark",
  "Measurement",
];
const specOf = (edge: EdgeKind): EdgeKindSpec => edgeKinds[edge];

/** Nodes of every kind with the links that they need, mostly valid: the first commit of a random bank. */
export const randomNodes = (draw: Draw, bank: BankView): Change[] =>
  kindsInOrder.flatMap((kind) => draw.times(1, isOwned(kind) ? 2 : 3, () => create(draw, bank, kind)).flat());

/** A few links between nodes of the bank, mostly valid. */
export const randomLinks = (draw: Draw, bank: BankView): Change[] => draw.times(4, 8, () => link(draw, bank)).flat();

/** A few changes of any kind, of which a good part can be made. */
export const randomChanges = (draw: Draw, bank: BankView): Change[] =>
  draw
    .times(1, 3, () =>
      draw.of([create, patch, patch, link, link, link, unlink, rename, remove, removeUnlinked, relink])(draw, bank),
    )
    .flat();

function create(draw: Draw, bank: BankView, kind: NodeKind = draw.of(kindsInOrder)): Change[] {
  const id = newId(draw, bank, kind);
  const { regime, ...fields } = validValues(draw, nodeKinds[kind].fields);
  const put: Change = {
    op: "putNode",
    id,
    fields: regime !== undefined && draw.chance(20) ? { ...fields, regime } : fields,
  };
  const needed = edgeKindNames.flatMap((edge): Change[] => {
    const { from, to, forward, reverse } = specOf(edge);
    const ends = (kinds: readonly NodeKind[]) =>
      draw.maybeOf(bank.of(kinds).filter((other) => !specOf(edge).nests || ownerIdOf(other) === ownerIdOf(id)));
    if (forward.required && from.includes(kind)) return linkBetween(draw, edge, id, ends(to));
    if (reverse.required && to.includes(kind)) return linkBetween(draw, edge, ends(from), id);
    return [];
  });
  bank.nodes.push(id);
  return [put, ...needed];
}

/** Mostly the id of a node that does not exist. */
function newId(draw: Draw, bank: BankView, kind: NodeKind): NodeId {
  const spec = nodeKinds[kind];
  const needed =
    kind === "Assessment" ? bank.of(["Option"]).map(ownerIdOf) : "ownedBy" in spec ? bank.of([spec.ownedBy]) : [];
  const owner = "ownedBy" in spec ? `${firstSlugOf(draw.maybeOf(needed) ?? (`${spec.ownedBy}:none` as NodeId))}/` : "";
  const ids = slugPool.map((slug) => `${kind}:${owner}${slug}` as NodeId);
  const fresh = ids.filter((id) => !bank.nodes.includes(id));
  return draw.of(fresh.length > 0 && draw.chance(95) ? fresh : ids);
}

function linkBetween(draw: Draw, edge: EdgeKind, from: NodeId | undefined, to: NodeId | undefined): Change[] {
  if (!from || !to) return [];
  const spec = specOf(edge);
  const { side, criteria: _, ...properties } = validValues(draw, spec.properties);
  const sided =
    edge === "EVIDENCED_BY"
      ? kindOf(from) === "FlipCondition"
        ? { side: side ?? "AFTER" }
        : {}
      : side === undefined
        ? {}
        : { side };
  const order = spec.orderedBy && draw.chance(40) ? draw.number(4) : undefined;
  return [aLink(edge, from, to, { ...properties, ...sided }, order)];
}

function link(draw: Draw, bank: BankView): Change[] {
  const edge = draw.of(edgeKindNames.filter((each) => specOf(each).file !== "computed" || draw.chance(5)));
  const { from: fromKinds, to: toKinds, undirected, nests, within, forward, reverse } = specOf(edge);
  const free = (ids: NodeId[], end: "from" | "to", one = false) =>
    one && draw.chance(95)
      ? ids.filter((id) => !bank.edges.some((each) => each.edge === edge && each[end] === id))
      : ids;
  const from = draw.chance(3)
    ? (`${fromKinds[0]}:none` as NodeId)
    : draw.maybeOf(free(bank.of(fromKinds), "from", forward.one));
  if (!from) return [];
  const targets = free(bank.of(toKinds), "to", reverse.one).filter(
    (to) => to !== from && (!undirected || kindOf(to) === kindOf(from)),
  );
  const near = nests || within ? targets.filter((to) => ownerIdOf(to) === ownerIdOf(from)) : targets;
  const [change] = linkBetween(draw, edge, from, draw.maybeOf(draw.chance(97) ? near : bank.nodes));
  if (change?.op !== "putEdge" || edge !== "FOLLOWED_BY" || !draw.chance(50))
    return change ? [seen(draw, bank, change)] : [];
  const criteria = draw.some(
    bank.of(["Criterion"]).filter((each) => ownerIdOf(each) === from || draw.chance(10)),
    1,
    2,
  );
  return [criteria.length > 0 ? { ...change, properties: { ...change.properties, criteria } } : change];
}

function relink(draw: Draw, bank: BankView): Change[] {
  const edge = draw.maybeOf(bank.edges);
  if (!edge) return [];
  const order = edge.order !== undefined && draw.chance(60) ? { order: draw.number(5) } : {};
  const properties = patchValues(draw, specOf(edge.edge).properties);
  return [seen(draw, bank, { op: "putEdge", edge: edge.edge, from: edge.from, to: edge.to, properties, ...order })];
}

function unlink(draw: Draw, bank: BankView): Change[] {
  const edge = draw.maybeOf(bank.edges);
  return edge ? [seen(draw, bank, noLink(edge.edge, edge.from, edge.to))] : [];
}

function patch(draw: Draw, bank: BankView): Change[] {
  const id = draw.maybeOf(bank.nodes);
  return id ? [seen(draw, bank, { op: "putNode", id, fields: patchValues(draw, nodeKinds[kindOf(id)].fields) })] : [];
}

function rename(draw: Draw, bank: BankView): Change[] {
  const id = draw.maybeOf(bank.nodes);
  return id ? [seen(draw, bank, renaming(id, draw.of([...slugPool, "fresh", "x-y", "Not kebab"])))] : [];
}

function remove(draw: Draw, bank: BankView): Change[] {
  const id = draw.maybeOf(bank.nodes);
  return id ? [seen(draw, bank, removal(id))] : [];
}

/** Removes a node together with the links that would hold it. */
function removeUnlinked(draw: Draw, bank: BankView): Change[] {
  const id = draw.maybeOf(bank.nodes);
  const holding = bank.edges.filter(
    (edge) => edge.to === id && specOf(edge.edge).file === "from" && !specOf(edge.edge).nests,
  );
  return id ? [...holding.map((edge) => noLink(edge.edge, edge.from, edge.to)), removal(id)] : [];
}

/** Sometimes with the revision at which the item was seen, seldom with another one. */
function seen(draw: Draw, bank: BankView, change: Change): Change {
  const revision = bank.revisionOf("id" in change ? change.id : edgeSubject(change));
  if (!draw.chance(revision === undefined ? 1 : 15)) return change;
  return expecting(revision !== undefined && draw.chance(75) ? revision : draw.number(3), change);
}
