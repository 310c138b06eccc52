import type { GraphNode } from "../../../src/domain/graph/node";
import type { GraphReader } from "../../../src/domain/graph/port";
import type { NodeId } from "../../../src/domain/ids";
import { nodeKindNames } from "../../../src/domain/ontology/node-kinds";
import { isEdgeRelation, type Relation, relations, relationsOf } from "../../../src/domain/ontology/relations";
import { commit, id } from "../../builders/changes";
import { casesAbout } from "../contract-case";
import { richBank } from "../rich-bank";

/** Stores may prefetch what several readers before have asked, so everything is asked more often than that. */
const times = 10;

const isBounded = (relation: Relation): boolean =>
  isEdgeRelation(relation) && (relation.end.one === true || relation.end.max !== undefined);

/** What the reader says of all links of the nodes, and of the bounded lists of the nodes that these lead to. */
async function linksOf(reader: GraphReader, nodes: readonly GraphNode[], levels = 2): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const { name } of [...new Set(nodes.map(({ kind }) => kind))].sort().flatMap(relationsOf)) {
    const relation = relations[name];
    if (levels === 1 && !isBounded(relation)) continue;
    const of = nodes.filter(({ kind }) => kind === relation.owner).map((node) => node.id);
    const pages = await reader.neighbours({ relation: name, of, first: 1_000 });
    found.push([name, [...pages].sort()]);
    const next = [...pages.values()].flatMap(({ links }) => links.map(({ node }) => node));
    if (levels > 1) found.push(await linksOf(reader, uniqueById(next), levels - 1));
  }
  return found;
}

const uniqueById = (nodes: readonly GraphNode[]): readonly GraphNode[] => [
  ...new Map(nodes.map((node) => [node.id, node])).values(),
];

export const prefetch = casesAbout("prefetch", [
  {
    id: "lists",
    name: "what is usually asked of the nodes of a list changes no answer",
    async run(store) {
      await commit(store, richBank);
      for (const kind of nodeKindNames) {
        const answers = async () => {
          const reader = store.reader();
          const list = await reader.list({ kind, first: 100 });
          return [list, await linksOf(reader, list.nodes)];
        };
        const first = await answers();
        for (let time = 1; time < times; time++) expect(await answers()).toEqual(first);
      }
    },
  },
  {
    id: "nodes",
    name: "what is usually asked of nodes of several kinds changes no answer, and is only of those that exist",
    async run(store) {
      await commit(store, richBank);
      const lists = await Promise.all(nodeKindNames.map((kind) => store.reader().list({ kind, first: 3 })));
      const ids = [...lists.flatMap((list) => list.nodes.map((node) => node.id)), id("Question:none")];
      const answers = async () => {
        const reader = store.reader();
        const found = await reader.nodes(ids);
        return [new Set(found.keys()), await linksOf(reader, sortedById(found))];
      };
      const first = await answers();
      for (let time = 1; time < times; time++) expect(await answers()).toEqual(first);
    },
  },
  {
    id: "pages",
    name: "a page, an order or a filter of what is usually asked whole is still a page, an order or a filter",
    async run(store) {
      await commit(store, richBank);
      const { nodes } = await store.reader().list({ kind: "Question", first: 100 });
      const of = nodes.map((node) => node.id);
      const asks = [
        { relation: "Question.concepts", of, first: 1 },
        { relation: "Question.followUps", of, first: 100, order: { by: "title", direction: "DESC" } },
        { relation: "Question.followUps", of, first: 100, where: { and: [{ field: "difficulty", in: ["HARD"] }] } },
      ] as const;
      const plain = await Promise.all(asks.map((ask) => store.reader().neighbours(ask)));
      for (let time = 0; time < times; time++) {
        const reader = store.reader();
        await reader.list({ kind: "Question", first: 100 });
        for (const relation of ["Question.concepts", "Question.followUps"] as const)
          await reader.neighbours({ relation, of, first: 1_000 });
        expect(await Promise.all(asks.map((ask) => reader.neighbours(ask)))).toEqual(plain);
      }
    },
  },
]);

const sortedById = (nodes: ReadonlyMap<NodeId, GraphNode>): readonly GraphNode[] =>
  [...nodes.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
