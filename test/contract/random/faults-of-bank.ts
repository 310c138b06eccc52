import type { EdgeState, NodeState } from "../../../src/domain/changes/change-set";
import { mentionsIn } from "../../../src/domain/changes/mentions";
import { edgeSubject } from "../../../src/domain/graph/node";
import type { ScanItem } from "../../../src/domain/graph/port";
import { isSlugOf, kindOf, type NodeId, ownerIdOf } from "../../../src/domain/ids";
import type { EdgeKindSpec } from "../../../src/domain/ontology/edge-kind";
import { edgeKinds } from "../../../src/domain/ontology/edge-kinds";
import type { Fields } from "../../../src/domain/ontology/field";
import { nodeKinds } from "../../../src/domain/ontology/node-kinds";
import { isEdgeRelation, relationsOf } from "../../../src/domain/ontology/relations";

/** What no bank may be, looked for one by one in the whole of it: the plain counterpart of the planner's invariants. */
export function faultsOf(items: readonly ScanItem[]): string[] {
  const nodes = new Map(items.flatMap((item) => ("node" in item ? [[item.node.id, item.node] as const] : [])));
  const edges = items.flatMap((item) => ("edge" in item ? [item.edge] : []));
  return [
    ...edges.flatMap((edge) =>
      [edge.from, edge.to].filter((end) => !nodes.has(end)).map((end) => `${edgeSubject(edge)}: ${end} is not there`),
    ),
    ...edges.flatMap((edge) => faultsOfEdge(edge, nodes)),
    ...[...nodes.values()].flatMap((node) => [...faultsOfNode(node, nodes), ...faultsOfLinks(node.id, edges)]),
    ...sharedSlugs([...nodes.values()]),
    ...repeatedAssessments(nodes, edges),
    ...cyclesOf(edges),
  ];
}

type Nodes = ReadonlyMap<NodeId, NodeState>;

function faultsOfNode(node: NodeState, nodes: Nodes): string[] {
  const fields = nodeKinds[node.kind].fields as Fields;
  const owner = nodes.get(ownerIdOf(node.id));
  const regimes = ((owner?.fields["regimes"] ?? []) as { slug: string }[]).map((regime) => regime.slug);
  return [
    ...faultsOfValues({ ...node.fields, ...node.texts }, fields).map((fault) => `${node.id}: ${fault}`),
    ...Object.keys(node.texts).flatMap((name) => (fields[name]?.long ? [] : [`${node.id}: ${name} is no long text`])),
    ...(isSlugOf(node.kind, node.slug) ? [] : [`${node.id}: bad slug ${node.slug}`]),
    ...(node.formerSlugs.includes(node.slug) ? [`${node.id}: ${node.slug} is current and former`] : []),
    ...(owner === undefined ? [`${node.id}: has no owner`] : []),
    ...(owner && owner !== node && node.slug.split("/")[0] !== owner.slug
      ? [`${node.id}: ${node.slug} is not under ${owner.slug}`]
      : []),
    ...(node.fields["regime"] === undefined || regimes.includes(node.fields["regime"] as string)
      ? []
      : [`${node.id}: unknown regime`]),
  ];
}

function faultsOfValues(values: Readonly<Record<string, unknown>>, fields: Fields): string[] {
  const unknown = Object.keys(values).filter((name) => !Object.hasOwn(fields, name));
  const wrong = Object.entries(fields).filter(([name, field]) =>
    values[name] === undefined ? !field.optional : !field.schema.safeParse(values[name]).success,
  );
  return [...unknown, ...wrong.map(([name]) => name)].map((name) => `${name} is wrong`);
}

function faultsOfEdge(edge: EdgeState, nodes: Nodes): string[] {
  const spec: EdgeKindSpec = edgeKinds[edge.edge];
  const criteria = (edge.properties["criteria"] ?? []) as NodeId[];
  const from = nodes.get(edge.from);
  const sided =
    edge.edge === "EVIDENCED_BY" && (edge.properties["side"] !== undefined) !== (kindOf(edge.from) === "FlipCondition");
  const oneOwner = !(spec.nests || spec.within) || ownerIdOf(edge.from) === ownerIdOf(edge.to);
  const mentioned =
    edge.edge !== "MENTIONS" ||
    (from && mentionsIn(from).some(({ kind, slug }) => slugsOf(nodes.get(edge.to)).includes(`${kind}:${slug}`)));
  return [
    ...faultsOfValues(edge.properties, spec.properties),
    ...(spec.from.includes(kindOf(edge.from)) && spec.to.includes(kindOf(edge.to)) ? [] : ["wrong ends"]),
    ...(edge.from === edge.to ? ["leads to itself"] : []),
    ...(spec.undirected && !(edge.from < edge.to) ? ["is stored the wrong way round"] : []),
    ...((edge.order !== undefined) === (spec.orderedBy !== undefined) ? [] : ["order is wrong"]),
    ...criteria.filter((id) => !nodes.has(id) || ownerIdOf(id) !== edge.from).map((id) => `names ${id}`),
    ...(sided ? ["side is wrong"] : []),
    ...(oneOwner ? [] : ["has two owners"]),
    ...(mentioned ? [] : ["is in no text"]),
  ].map((fault) => `${edgeSubject(edge)}: ${fault}`);
}

function faultsOfLinks(id: NodeId, edges: readonly EdgeState[]): string[] {
  return relationsOf(kindOf(id))
    .filter(isEdgeRelation)
    .flatMap(({ edge, direction, targets, end, name }) => {
      const count = edges.filter((each) => {
        const others = [
          ...(direction !== "in" && each.from === id ? [each.to] : []),
          ...(direction !== "out" && each.to === id ? [each.from] : []),
        ];
        return each.edge === edge && others.some((other) => targets.includes(kindOf(other)));
      }).length;
      const max = end.one ? 1 : (end.max ?? Infinity);
      // REALIZED_BY and the like have a name for each kind; a required end has one name.
      return count > max || (end.required && count === 0) ? [`${id}: has ${count} of ${name}`] : [];
    });
}

const slugsOf = (node: NodeState | undefined): string[] =>
  node ? [node.slug, ...node.formerSlugs].map((slug) => `${node.kind}:${slug}`) : [];

function sharedSlugs(nodes: readonly NodeState[]): string[] {
  const slugs = nodes.flatMap(slugsOf);
  return slugs.filter((slug, index) => slugs.indexOf(slug) !== index).map((slug) => `${slug} is two nodes'`);
}

function repeatedAssessments(nodes: Nodes, edges: readonly EdgeState[]): string[] {
  const cells = edges.flatMap((edge) => {
    if (edge.edge !== "ASSESSED_AS") return [];
    const quality = edges.find((each) => each.edge === "ON" && each.from === edge.to)?.to;
    return [`${edge.from} ${quality} ${String(nodes.get(edge.to)?.fields["regime"])}`];
  });
  return cells.filter((cell, index) => cells.indexOf(cell) !== index).map((cell) => `${cell} is assessed twice`);
}

function cyclesOf(edges: readonly EdgeState[]): string[] {
  const acyclic = edges.filter((edge) => (edgeKinds[edge.edge] as EdgeKindSpec).acyclic);
  const reachable = (kind: string, from: NodeId, seen = new Set<NodeId>()): Set<NodeId> => {
    for (const { edge, from: start, to } of acyclic) {
      if (edge === kind && start === from && !seen.has(to)) reachable(kind, to, seen.add(to));
    }
    return seen;
  };
  return acyclic
    .filter(({ edge, from }) => reachable(edge, from).has(from))
    .map((edge) => `${edgeSubject(edge)} is on a cycle`);
}
