import { derivedRelations, type DerivedRelationSpec } from "./derived";
import type { EdgeKindSpec, End } from "./edge-kind";
import { type EdgeKind, edgeKinds, edgeKindNames } from "./edge-kinds";
import { type NodeKind, nodeKindNames } from "./node-kinds";

/** An edge kind seen from one kind at one of its ends. */
export interface EdgeRelation {
  readonly name: RelationName;
  readonly owner: NodeKind;
  readonly field: string;
  /** Kinds of the nodes that it leads to; one, but for MENTIONS. */
  readonly targets: readonly NodeKind[];
  readonly edge: EdgeKind;
  /** "out": owner is `from`; "in": owner is `to`; "both": the edge is undirected. */
  readonly direction: "out" | "in" | "both";
  /** The links have a position that orders them from this end. */
  readonly ordered: boolean;
  readonly end: End;
  readonly derived?: undefined;
}

/** A relation that follows from a chain of others. */
export interface DerivedRelation {
  readonly name: RelationName;
  readonly owner: NodeKind;
  readonly field: string;
  readonly targets: readonly [NodeKind];
  readonly derived: DerivedRelationSpec;
}

export type Relation = EdgeRelation | DerivedRelation;

type Named<N, T extends NodeKind> = N extends string ? N : T extends keyof N ? N[T] & string : never;
type Kinds<A> = A extends readonly (infer K extends NodeKind)[] ? K : never;
type NamesOf<E extends EdgeKindSpec> =
  | { [O in Kinds<E["from"]>]: `${O}.${Named<E["forward"]["name"], Kinds<E["to"]>>}` }[Kinds<E["from"]>]
  | { [O in Kinds<E["to"]>]: `${O}.${Named<E["reverse"]["name"], Kinds<E["from"]>>}` }[Kinds<E["to"]>];
type EdgeRelationName = { [K in EdgeKind]: NamesOf<(typeof edgeKinds)[K]> }[EdgeKind];
type DerivedRelationName = {
  [I in keyof typeof derivedRelations]: (typeof derivedRelations)[I];
}[number] extends infer D
  ? D extends DerivedRelationSpec
    ? `${D["owner"]}.${D["field"]}`
    : never
  : never;
/** `Owner.field`, such as `Question.concepts`; the same name as the field in GraphQL and the key in files. */
export type RelationName = EdgeRelationName | DerivedRelationName;

function relationsAt(edge: EdgeKind, side: "forward" | "reverse"): EdgeRelation[] {
  const spec: EdgeKindSpec = edgeKinds[edge];
  if (spec.undirected && side === "reverse") return [];
  const [owners, others] = side === "forward" ? [spec.from, spec.to] : [spec.to, spec.from];
  const end = spec[side];
  const direction = spec.undirected ? "both" : side === "forward" ? "out" : "in";
  const ordered = spec.orderedBy === (side === "forward" ? "from" : "to");
  return owners.flatMap((owner) => {
    const groups: [string, readonly NodeKind[]][] =
      typeof end.name !== "string"
        ? (Object.entries(end.name) as [NodeKind, string][]).map(([target, name]) => [name, [target]])
        : [[end.name, spec.undirected ? [owner] : others]];
    return groups.map(
      ([field, targets]) =>
        ({
          name: `${owner}.${field}` as RelationName,
          owner,
          field,
          targets,
          edge,
          direction,
          ordered,
          end,
        }) satisfies EdgeRelation,
    );
  });
}

const all: readonly Relation[] = [
  ...edgeKindNames.flatMap((edge) => [...relationsAt(edge, "forward"), ...relationsAt(edge, "reverse")]),
  ...derivedRelations.map((derived): DerivedRelation => ({
    name: `${derived.owner}.${derived.field}` as RelationName,
    owner: derived.owner,
    field: derived.field,
    targets: [derived.target],
    derived,
  })),
];

/** Every relation by name. */
export const relations = Object.freeze(
  Object.fromEntries(all.map((relation) => [relation.name, Object.freeze(relation)])),
) as Readonly<Record<RelationName, Relation>>;

/** The relations of one kind of node, edges first. */
export const relationsOf = (owner: NodeKind): readonly Relation[] => all.filter((relation) => relation.owner === owner);

/** The relation of an edge kind, seen from `owner` towards `target`. */
export const isEdgeRelation = (relation: Relation): relation is EdgeRelation => relation.derived === undefined;

const directionAt = { from: "out", to: "in" } as const;
const relationsByEnd = new Map<string, readonly EdgeRelation[]>();
for (const relation of all.filter(isEdgeRelation)) {
  const key = `${relation.edge} ${relation.direction} ${relation.owner}`;
  relationsByEnd.set(key, [...(relationsByEnd.get(key) ?? []), relation]);
}

/** The relations by which nodes of a kind have edges of a kind at the given end; those of undirected ones at either. */
export const relationsOver = (edge: EdgeKind, end: "from" | "to", owner: NodeKind): readonly EdgeRelation[] =>
  relationsByEnd.get(`${edge} ${directionAt[end]} ${owner}`) ?? relationsByEnd.get(`${edge} both ${owner}`) ?? [];
const isHeld = ({ edge, direction }: EdgeRelation): boolean =>
  edgeKinds[edge].file === (direction === "in" ? "to" : "from");
const rank = new Map(edgeKindNames.map((name, index) => [name, index]));
const held = new Map(
  nodeKindNames.map((kind): [NodeKind, readonly EdgeRelation[]] => [
    kind,
    relationsOf(kind)
      .filter(isEdgeRelation)
      .filter(isHeld)
      .sort((a, b) => (rank.get(a.edge) as number) - (rank.get(b.edge) as number)),
  ]),
);

/**
 * The relations whose links are written at the node of this kind, in its file and in what authors send, by the ontology's
 * order of edge kinds. Each leads to one kind.
 */
export const heldRelations = (kind: NodeKind): readonly EdgeRelation[] => held.get(kind) as readonly EdgeRelation[];
