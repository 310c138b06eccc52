import {
  indexedFields,
  type Order,
  type Position,
  positionOfLink,
  positionOfNode,
} from "../../../src/domain/graph/order";
import type { Link } from "../../../src/domain/graph/node";
import type { GraphReader, ListQuery, NeighboursQuery } from "../../../src/domain/graph/port";
import type { WhereClause, Where } from "../../../src/domain/graph/where";
import type { NodeId } from "../../../src/domain/ids";
import type { Field } from "../../../src/domain/ontology/field";
import { type NodeKind, nodeKindNames, nodeKinds } from "../../../src/domain/ontology/node-kinds";
import { type EdgeRelation, isEdgeRelation, relations, relationsOf } from "../../../src/domain/ontology/relations";
import type { BankView } from "./bank-view";
import type { Draw } from "./draw";
import { valueOf } from "./field-values";

/** Something to ask a reader, and how to tell what was asked. */
export interface Question {
  readonly asked: unknown;
  ask(reader: GraphReader): Promise<unknown>;
}

/** A question about pages, counts or facets. Places to go on from are looked up in `model`. */
export function randomQuestion(draw: Draw, bank: BankView, model: GraphReader): Promise<Question> {
  return draw.of([linkPage, linkPage, linkPage, linkCounts, nodePage, nodePage, nodeCount, nodeFacets])(
    draw,
    bank,
    model,
  );
}

const question = <Q>(method: string, query: Q, ask: (reader: GraphReader, query: Q) => Promise<unknown>): Question => ({
  asked: { [method]: query },
  ask: (reader) => ask(reader, query),
});

async function linkPage(draw: Draw, bank: BankView, model: GraphReader): Promise<Question> {
  const relation = draw.of(Object.values(relations));
  const [kind, ...others] = relation.targets as readonly [NodeKind, ...NodeKind[]];
  const ordered = isEdgeRelation(relation) && relation.ordered ? ["position"] : [];
  const order = draw.chance(80)
    ? randomOrder(draw, ["id", ...ordered, ...(others.length > 0 ? [] : indexedFields(kind))])
    : undefined;
  const where = others.length === 0 && draw.chance(30) ? { where: randomWhere(draw, bank, kind) } : {};
  const query: NeighboursQuery = {
    relation: relation.name,
    of: someOwners(draw, bank, relation.owner),
    ...(order && { order }),
    ...where,
    first: 1 + draw.number(3),
  };
  const after = order && draw.chance(50) ? await placeOfLink(draw, model, query, order) : undefined;
  return question("neighbours", after ? { ...query, after } : query, (reader, asked) => reader.neighbours(asked));
}

async function placeOfLink(
  draw: Draw,
  model: GraphReader,
  query: NeighboursQuery,
  order: Order,
): Promise<Position | undefined> {
  const pages = await model.neighbours({ ...query, first: 100 });
  const link = draw.maybeOf([...pages.values()].flatMap((page): readonly Link[] => page.links));
  return link && positionOfLink(link, order);
}

async function linkCounts(draw: Draw, bank: BankView): Promise<Question> {
  const relation = draw.of(Object.values(relations));
  const [kind, ...others] = relation.targets as readonly [NodeKind, ...NodeKind[]];
  const where = others.length === 0 && draw.chance(50) ? { where: randomWhere(draw, bank, kind) } : {};
  return question(
    "counts",
    { relation: relation.name, of: someOwners(draw, bank, relation.owner), ...where },
    (reader, asked) => reader.counts(asked),
  );
}

async function nodePage(draw: Draw, bank: BankView, model: GraphReader): Promise<Question> {
  const kind = draw.of(nodeKindNames);
  const order = randomOrder(draw, ["id", ...indexedFields(kind)]);
  const query = { kind, order, ...(draw.chance(50) && { where: randomWhere(draw, bank, kind) }) };
  const node = draw.maybeOf((await model.list({ kind, first: 100 })).nodes);
  const place = node && draw.chance(60) ? positionOfNode(node, order) : undefined;
  const size = 1 + draw.number(3);
  const asked: ListQuery = draw.chance(50)
    ? { ...query, first: size, ...(place && { after: place }) }
    : { ...query, last: size, ...(place && { before: place }) };
  return question("list", asked, (reader) => reader.list(asked));
}

async function nodeCount(draw: Draw, bank: BankView): Promise<Question> {
  const kind = draw.of(nodeKindNames);
  return question("count", { kind, where: randomWhere(draw, bank, kind) }, (reader, asked) => reader.count(asked));
}

async function nodeFacets(draw: Draw, bank: BankView): Promise<Question> {
  const kind = draw.of(nodeKindNames);
  const enums = indexedFields(kind).filter((name) => fieldOf(kind, name).type.is === "enum");
  const by = draw.of([...enums, ...edgeRelationsOf(kind).map((relation) => relation.name)]);
  const where = draw.chance(50) ? { where: randomWhere(draw, bank, kind) } : {};
  return question("facets", { kind, by, ...where }, (reader, asked) => reader.facets(asked));
}

const randomOrder = (draw: Draw, by: readonly string[]): Order => ({
  by: draw.of(by),
  direction: draw.of(["ASC", "DESC"]),
});

/** Mostly all nodes of the kind; sometimes few, twice, or ones that do not exist. */
function someOwners(draw: Draw, bank: BankView, kind: NodeKind): NodeId[] {
  const owners = bank.of([kind]);
  return draw.chance(70)
    ? owners
    : [...draw.some(owners, 0, 2), ...draw.some(bank.nodes, 0, 2), `${kind}:none` as NodeId];
}

export function randomWhere(draw: Draw, bank: BankView, kind: NodeKind): Where {
  const clauses = (min: number, max: number) => draw.times(min, max, () => randomClause(draw, bank, kind));
  return {
    ...(draw.chance(50) && { and: clauses(0, 2) }),
    ...(draw.chance(40) && { any: draw.times(0, 3, () => clauses(0, 2)) }),
    ...(draw.chance(50) && { not: clauses(0, 2) }),
  };
}

function randomClause(draw: Draw, bank: BankView, kind: NodeKind): WhereClause {
  const fields = indexedFields(kind);
  if (fields.length > 0 && draw.chance(50)) {
    const field = draw.of(fields);
    return { field, in: draw.times(0, 3, () => valueOf(draw, fieldOf(kind, field)) as string) };
  }
  const relation = draw.of(edgeRelationsOf(kind));
  const ids = [
    ...draw.some(bank.of(relation.targets), 0, 2),
    ...draw.some([`${relation.targets[0]}:none` as NodeId, ...bank.nodes], 0, 1),
  ];
  return draw.chance(70) ? { relation: relation.name, in: ids } : { relation: relation.name, all: ids.slice(0, 2) };
}

const fieldOf = (kind: NodeKind, name: string): Field =>
  (nodeKinds[kind].fields as Readonly<Record<string, Field>>)[name] as Field;
const edgeRelationsOf = (kind: NodeKind): EdgeRelation[] => relationsOf(kind).filter(isEdgeRelation);
