import { indexedFields, type Order } from "../../../src/domain/graph/order";
import { type NodeKind, nodeKindNames } from "../../../src/domain/ontology/node-kinds";
import { isEdgeRelation, type Relation, relationsOf } from "../../../src/domain/ontology/relations";
import type { GraphReader } from "../../../src/domain/graph/port";
import type { Link } from "../../../src/domain/graph/node";
import { commit } from "../../builders/changes";
import { allListed, idsOf, linkPages } from "../asking";
import { casesAbout, type ContractCase, type Sample } from "../contract-case";
import { sortedLinks, sortedNodes } from "../naive-order";
import { richBank } from "../rich-bank";

const bothWays = (by: string): Order[] => [
  { by, direction: "ASC" },
  { by, direction: "DESC" },
];

/** The orders, each in both directions, or in one of them by turns. */
const tried = (orders: readonly Order[], { bothDirections }: Sample, turn: number): readonly Order[] =>
  bothDirections ? orders : orders.filter((_, index) => (index + Math.floor(index / 2) + turn) % 2 === 0);

const listOrders = (kind: NodeKind): Order[] => ["id", ...indexedFields(kind)].flatMap(bothWays);

function relationOrders(relation: Relation): Order[] {
  const [kind, ...others] = relation.targets;
  const fields = kind && others.length === 0 ? indexedFields(kind) : [];
  const ordered = isEdgeRelation(relation) && relation.ordered;
  return ["id", ...(ordered ? ["position"] : []), ...fields].flatMap(bothWays);
}

/** All links of the relation, by owner, in an order that is checked elsewhere. */
async function linksByOwner(reader: GraphReader, relation: Relation): Promise<ReadonlyMap<string, readonly Link[]>> {
  const { nodes } = await reader.list({ kind: relation.owner, first: 1_000 });
  const pages = await reader.neighbours({ relation: relation.name, of: nodes.map((node) => node.id), first: 1_000 });
  return new Map([...pages].map(([owner, page]) => [owner, page.links]));
}

const relationCase = (kind: NodeKind): ContractCase => ({
  id: `relations-of-${kind}`,
  name: `every relation of a ${kind} is paged in every order that it has, both ways, with nothing twice or missed`,
  async run(store, sample) {
    await commit(store, richBank);
    const reader = store.reader();
    for (const [turn, relation] of relationsOf(kind).entries()) {
      const byOwner = await linksByOwner(reader, relation);
      const [owner, max] = [...byOwner].sort(([, a], [, b]) => b.length - a.length)[0] as [string, readonly Link[]];
      expect(`${relation.name}: ${max.length > 0}`).toBe(`${relation.name}: true`);
      for (const order of tried(relationOrders(relation), sample, turn)) {
        const paged: Link[] = [];
        for await (const page of linkPages(reader, owner, relation.field, { first: 2, order }))
          paged.push(...page.links);
        expect({ relation: relation.name, order, links: paged }).toEqual({
          relation: relation.name,
          order,
          links: sortedLinks(max, order),
        });
        const whole = await reader.neighbours({
          relation: relation.name,
          of: [...byOwner.keys()] as never,
          order,
          first: 1_000,
        });
        for (const [each, page] of whole) expect(page.links).toEqual(sortedLinks(byOwner.get(each) ?? [], order));
      }
    }
  },
});

export const orders = casesAbout("orders", [
  {
    id: "lists",
    name: "the list of every kind is walked in every order that it has, to its end and back, with nothing twice or missed",
    async run(store, sample) {
      await commit(store, richBank);
      const reader = store.reader();
      for (const [turn, kind] of nodeKindNames.entries()) {
        const { nodes } = await reader.list({ kind, first: 1_000 });
        expect(nodes.length).toBeGreaterThan(2);
        for (const order of tried(listOrders(kind), sample, turn)) {
          const expected = idsOf(sortedNodes(nodes, order));
          const size = Math.ceil(nodes.length / 3);
          for (const towards of ["end", "start"] as const) {
            expect([order, await allListed(reader, { kind, order, size, towards })]).toEqual([order, expected]);
          }
        }
      }
    },
  },
  ...nodeKindNames.map(relationCase),
]);
