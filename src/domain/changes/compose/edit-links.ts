import { compareText } from "../../graph/order";
import { type NodeId, parseNodeId } from "../../ids";
import type { EdgeKindSpec } from "../../ontology/edge-kind";
import { type EdgeKind, edgeKinds } from "../../ontology/edge-kinds";
import type { EdgeRelation } from "../../ontology/relations";
import type { EdgeState } from "../change-set";
import type { StateReader } from "../state-reader";
import { type Edit, Composition } from "./composition";
import type { NodeInput } from "./node-input";
import { References, resolveReference } from "./references";
import { askProperties } from "./stated-lists";

/**
 * A link between two nodes. Each is named by global ID, by `Kind:slug` (`Concept:quorum`), or by slug if only one kind
 * is possible at that end.
 */
export interface LinkInput {
  readonly edge: EdgeKind;
  readonly from: string;
  readonly to: string;
}

/** Links two nodes, or patches the properties of their link. A new link of an ordered kind goes last. */
export const putLink =
  (link: LinkInput, properties: NodeInput): Edit =>
  async (state) => {
    const { out, references, ends } = askEnds(link);
    const owner = parseNodeId(link.from)?.slug;
    const stated = askProperties(link.edge, properties, { path: ["properties"], ...(owner && { owner }) }, references);
    await references.resolve(state, out);
    const key = ends();
    if (key) out.add({ op: "putEdge", ...key, properties: stated() }, [], ["properties"]);
    else out.checkCarried(link.edge, stated(), link.edge, ["properties"]);
    return out.done();
  };

export const removeLink =
  (link: LinkInput): Edit =>
  async (state) => {
    const { out, references, ends } = askEnds(link);
    await references.resolve(state, out);
    const key = ends();
    if (key) out.add({ op: "removeEdge", ...key }, []);
    return out.done();
  };

function askEnds({ edge, from, to }: LinkInput) {
  const spec: EdgeKindSpec = edgeKinds[edge];
  const references = new References();
  const [start, end] = [
    references.ask({ text: from, kinds: spec.from, path: ["from"] }),
    references.ask({ text: to, kinds: spec.to, path: ["to"] }),
  ];
  const ends = () => {
    const [a, b] = [start(), end()];
    if (!a || !b) return null;
    return spec.undirected && compareText(a, b) > 0 ? { edge, from: b, to: a } : { edge, from: a, to: b };
  };
  return { out: new Composition(), references, ends };
}

/**
 * Moves the named links of an ordered list to its start, in the order in which they are named. The others follow in
 * their current order.
 */
export const reorderList =
  (relation: EdgeRelation, of: string, nodes: readonly string[]): Edit =>
  async (state) => {
    const out = new Composition();
    const id = await resolveReference({ text: of, kinds: [relation.owner], path: ["of"] }, state, out);
    const owner = id && (await state.nodes([id])).get(id)?.state.slug;
    const references = new References();
    const named = nodes.map((text, index) =>
      references.ask({ text, kinds: relation.targets, path: ["nodes", index], ...(owner && { owner }) }),
    );
    await references.resolve(state, out);
    if (!id) return out.done();

    const links = await linksInOrder(relation, id, state);
    const first = new Set<EdgeState>();
    named.forEach((node, index) => {
      const other = node();
      const link = links.find((each) => other !== null && otherEnd(relation, each) === other);
      if (link && !first.has(link)) first.add(link);
      else if (link) out.report("DUPLICATE", ["nodes", index], `${other} is named twice.`);
      else if (other)
        out.report("TARGET_NOT_FOUND", ["nodes", index], `${other} is not in ${relation.field} of ${id}.`);
    });
    const wanted = [...first, ...links.filter((link) => !first.has(link))];
    if (wanted.every((link, index) => link === links[index])) return out.done();
    wanted.forEach(({ edge, from, to }, order) =>
      out.add({ op: "putEdge", edge, from, to, order, properties: {} }, ["nodes"]),
    );
    return out.done();
  };

const otherEnd = ({ direction }: EdgeRelation, { from, to }: EdgeState): NodeId => (direction === "out" ? to : from);

async function linksInOrder(relation: EdgeRelation, of: NodeId, state: StateReader): Promise<readonly EdgeState[]> {
  const end = relation.direction === "out" ? "from" : "to";
  const links = await state.adjacent({ edge: relation.edge, end, of: [of], limit: 1_000_000 });
  return [...(links.get(of) ?? [])].sort(
    (a, b) => (a.order as number) - (b.order as number) || compareText(otherEnd(relation, a), otherEnd(relation, b)),
  );
}
