import type { GraphNode } from "../../../src/domain/graph/node";
import type { Ahead, GraphReader } from "../../../src/domain/graph/port";
import { type NodeKind, nodeKindNames } from "../../../src/domain/ontology/node-kinds";
import {
  isEdgeRelation,
  type Relation,
  type RelationName,
  relations,
  relationsOf,
} from "../../../src/domain/ontology/relations";
import { commit, id } from "../../builders/changes";
import { casesAbout } from "../contract-case";
import { richBank } from "../rich-bank";

/** Stores may plan what is asked again and again, so everything is asked more than twice. */
const times = 4;

const isBounded = (relation: Relation): boolean =>
  isEdgeRelation(relation) && (relation.end.one === true || relation.end.max !== undefined);

/** All relations of the kinds, and of the nodes that they lead to those whose lists have an end. */
const everything = (kinds: readonly NodeKind[]): Ahead =>
  Object.fromEntries(
    kinds.flatMap(relationsOf).map(({ name, targets }) => {
      const further = targets.flatMap(relationsOf).filter(isBounded);
      return [name, Object.fromEntries(further.map((relation) => [relation.name, {}]))];
    }),
  );

/** What the reader says of the nodes' links on all the levels that are ahead; `tell` says so to the store beforehand. */
async function linksAhead(
  reader: GraphReader,
  nodes: readonly GraphNode[],
  ahead: Ahead,
  tell: boolean,
): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const [name, further] of Object.entries(ahead) as [RelationName, Ahead][]) {
    const of = nodes.filter(({ kind }) => kind === relations[name].owner).map(({ id }) => id);
    if (of.length === 0) continue;
    const pages = await reader.neighbours({ relation: name, of, first: 1_000, ...(tell && { ahead: further }) });
    found.push([name, [...pages].sort()]);
    const next = [...pages.values()].flatMap(({ links }) => links.map(({ node }) => node));
    found.push(await linksAhead(reader, [...new Map(next.map((node) => [node.id, node])).values()], further, tell));
  }
  return found;
}

export const ahead = casesAbout("ahead", [
  {
    id: "neighbours",
    name: "what is ahead of a list or of links changes no answer, neither then nor later",
    async run(store) {
      await commit(store, richBank);
      for (const kind of nodeKindNames) {
        const hint = everything([kind]);
        const plain = await store.reader().list({ kind, first: 100 });
        const links = await linksAhead(store.reader(), plain.nodes, hint, false);
        let reader = store.reader();
        for (let time = 0; time < times; time++) {
          reader = store.reader();
          expect(await reader.list({ kind, first: 100, ahead: hint })).toEqual(plain);
        }
        expect(await linksAhead(reader, plain.nodes, hint, true)).toEqual(links);
      }
    },
  },
  {
    id: "nodes",
    name: "what is ahead of nodes of several kinds changes no answer, and is only of those that exist",
    async run(store) {
      await commit(store, richBank);
      const lists = await Promise.all(nodeKindNames.map((kind) => store.reader().list({ kind, first: 3 })));
      const nodes = lists.flatMap((list) => list.nodes);
      const ids = [...nodes.map((node) => node.id), id("Question:none")];
      const hint = everything(nodeKindNames);
      const links = await linksAhead(store.reader(), nodes, hint, false);
      let reader = store.reader();
      for (let time = 0; time < times; time++) {
        reader = store.reader();
        const found = await reader.nodes(ids, hint);
        expect([...found.values()].sort(byId)).toEqual([...nodes].sort(byId));
      }
      expect(await linksAhead(reader, nodes, hint, true)).toEqual(links);
    },
  },
  {
    id: "pages",
    name: "a page, an order or a filter of what was read along is still a page, an order or a filter",
    async run(store) {
      await commit(store, richBank);
      const hint: Ahead = { "Question.concepts": {}, "Question.followUps": {} };
      const { nodes } = await store.reader().list({ kind: "Question", first: 100 });
      const of = nodes.map(({ id }) => id);
      const asks = [
        { relation: "Question.concepts", of, first: 1 },
        { relation: "Question.followUps", of, first: 100, order: { by: "title", direction: "DESC" } },
        { relation: "Question.followUps", of, first: 100, where: { and: [{ field: "difficulty", in: ["HARD"] }] } },
      ] as const;
      const plain = await Promise.all(asks.map((ask) => store.reader().neighbours(ask)));
      for (let time = 0; time < times; time++) {
        const reader = store.reader();
        await reader.list({ kind: "Question", first: 100, ahead: hint });
        expect(await Promise.all(asks.map((ask) => reader.neighbours(ask)))).toEqual(plain);
      }
    },
  },
]);

const byId = (a: GraphNode, b: GraphNode): number => (a.id < b.id ? -1 : 1);
