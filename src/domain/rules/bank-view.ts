import type { EdgeState, NodeState } from "../changes/change-set";
import type { GraphFacts } from "../graph/graph-view";
import { compareText } from "../graph/order";
import { kindOf, type NodeId, type Slug } from "../ids";
import type { EdgeKind } from "../ontology/edge-kinds";
import type { NodeKind } from "../ontology/node-kinds";
import { isEdgeRelation, type RelationName, relations } from "../ontology/relations";
import { type Prose, readProse } from "../prose";

/** A whole bank, without computed edges. Edges may lead to nodes that do not exist. */
export interface Bank {
  readonly nodes: ReadonlyMap<NodeId, NodeState>;
  readonly edges: readonly EdgeState[];
  /** Nodes that exist but could not be read: links to them or to what they own are not judged. */
  readonly unread?: ReadonlySet<NodeId>;
}

/** A link as its owner sees it. */
export interface BankLink {
  readonly other: NodeId;
  readonly edge: EdgeState;
}

/** A bank with the look-ups that rules need. */
export interface BankView extends Bank, GraphFacts {
  ofKind(kind: NodeKind): readonly NodeState[];
  /** By current or former slug. */
  bySlug(kind: NodeKind, slug: Slug): NodeState | undefined;
  slugs(kind: NodeKind): readonly Slug[];
  /** The node's links over a relation that an edge kind makes: by position where it is ordered, else in the bank's order. */
  links(id: NodeId, relation: RelationName): readonly BankLink[];
  /** A Markdown text of the bank, which is parsed once however many rules look at it. */
  prose(markdown: string): Prose;
}

/** The look-ups are made when they are first used. `proses`: texts that were parsed before; those that are now go there too. */
export function bankView(bank: Bank, proses = new Map<string, Prose>()): BankView {
  let byKind: ReturnType<typeof nodesByKind> | undefined;
  let bySlug: ReturnType<typeof nodesBySlug> | undefined;
  let outward: Adjacency | undefined;
  let inward: Adjacency | undefined;
  const ofKind = (kind: NodeKind) => (byKind ??= nodesByKind(bank)).get(kind) ?? [];

  return {
    ...bank,
    fields: (id) => bank.nodes.get(id)?.fields,
    ofKind,
    bySlug: (kind, slug) => (bySlug ??= nodesBySlug(bank)).get(`${kind}:${slug}`),
    slugs: (kind) => ofKind(kind).map((node) => node.slug),
    links(id, name) {
      const relation = relations[name];
      if (!isEdgeRelation(relation)) return [];
      outward ??= adjacency(bank.edges, "from");
      inward ??= adjacency(bank.edges, "to");
      const out = relation.direction === "in" ? [] : (outward.get(`${relation.edge} ${id}`) ?? []);
      const into = relation.direction === "out" ? [] : (inward.get(`${relation.edge} ${id}`) ?? []);
      const links = [
        ...out.map((edge) => ({ other: edge.to, edge })),
        ...into.map((edge) => ({ other: edge.from, edge })),
      ].filter(({ other }) => relation.targets.includes(kindOf(other)));
      return relation.ordered ? links.sort(byPosition) : links;
    },
    prose(markdown) {
      const known = proses.get(markdown);
      if (known) return known;
      const prose = readProse(markdown);
      proses.set(markdown, prose);
      return prose;
    },
  };
}

const byPosition = (a: BankLink, b: BankLink): number =>
  (a.edge.order ?? 0) - (b.edge.order ?? 0) || compareText(a.other, b.other);

function nodesByKind({ nodes }: Bank): ReadonlyMap<NodeKind, readonly NodeState[]> {
  const found = new Map<NodeKind, NodeState[]>();
  for (const node of nodes.values()) {
    const list = found.get(node.kind);
    if (list) list.push(node);
    else found.set(node.kind, [node]);
  }
  return found;
}

function nodesBySlug({ nodes }: Bank): ReadonlyMap<string, NodeState> {
  const found = new Map<string, NodeState>();
  for (const node of nodes.values()) for (const slug of node.formerSlugs) found.set(`${node.kind}:${slug}`, node);
  for (const node of nodes.values()) found.set(`${node.kind}:${node.slug}`, node);
  return found;
}

type Adjacency = ReadonlyMap<`${EdgeKind} ${NodeId}`, EdgeState[]>;

function adjacency(edges: readonly EdgeState[], end: "from" | "to"): Adjacency {
  const found = new Map<`${EdgeKind} ${NodeId}`, EdgeState[]>();
  for (const edge of edges) {
    const key = `${edge.edge} ${edge[end]}` as const;
    const list = found.get(key);
    if (list) list.push(edge);
    else found.set(key, [edge]);
  }
  return found;
}
