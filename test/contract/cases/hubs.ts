import type { Order } from "../../../src/domain/graph/order";
import type { GraphNode, Link } from "../../../src/domain/graph/node";
import { positionOfNode } from "../../../src/domain/graph/order";
import type { GraphStore, ListQuery } from "../../../src/domain/graph/port";
import type { EdgeKind } from "../../../src/domain/ontology/edge-kinds";
import { aConcept, aQuestion, aTopic } from "../../builders/nodes";
import { aLink, noLink } from "../../builders/links";
import { commit, id, patch, removal } from "../../builders/changes";
import { idsOf, linkPages, linksOf } from "../asking";
import { casesAbout, inFull, type Sample } from "../contract-case";
import { sortedLinks } from "../naive-order";

const max = inFull.hubLinks;
const allSlugs = Array.from({ length: max }, (_, index) => `q-${String((index * 1_847) % max).padStart(4, "0")}`);
const titles = ["zoo", "Äpfel", "apple", "𝒜", "ﬀ", "Zebra"];

const allQuestions = allSlugs.map((slug, index) =>
  aQuestion({
    slug,
    title: `${titles[index % titles.length]} ${index % 50}`,
    difficulty: (["EASY", "MEDIUM", "HARD"] as const)[index % 3],
    estimatedMinutes: index % 2 ? 1 + (index % 7) : undefined,
  }),
);

/** A concept and a topic, and as many questions as the sample has, all of them linked to one of both. */
async function loadHub(store: GraphStore, edge: EdgeKind, { hubLinks }: Sample) {
  const [slugs, questions] = [allSlugs.slice(0, hubLinks), allQuestions.slice(0, hubLinks)];
  await commit(store, [aConcept({ slug: "hub" }), aTopic({ slug: "hub" })]);
  await commit(store, questions);
  await commit(
    store,
    slugs.map((slug, index) =>
      edge === "COVERS"
        ? aLink(edge, "Topic:hub", `Question:${slug}`, {}, Math.floor(index / 2))
        : aLink(edge, `Question:${slug}`, "Concept:hub"),
    ),
  );
  await store.settle();
  return { slugs, questions };
}

async function pagedAndChecked(
  store: GraphStore,
  hub: string,
  orders: readonly Order[],
  { hubLinks }: Sample,
): Promise<void> {
  const reader = store.reader();
  const all: Link[] = [];
  for await (const page of linkPages(reader, hub, "questions", { first: 1_000, order: { by: "id", direction: "ASC" } }))
    all.push(...page.links);
  expect(new Set(all.map((link) => link.node.id)).size).toBe(hubLinks);
  for (const order of orders) {
    const found: Link[] = [];
    for await (const page of linkPages(reader, hub, "questions", { first: hubLinks / 20, order }))
      found.push(...page.links);
    expect(idsOf(found.map((link) => link.node))).toEqual(idsOf(sortedLinks(all, order).map((link) => link.node)));
  }
}

const bothWays = (...fields: string[]): Order[] =>
  fields.flatMap((by) => [
    { by, direction: "ASC" as const },
    { by, direction: "DESC" as const },
  ]);

export const hubs = casesAbout("hubs", [
  {
    id: "unordered",
    name: "a hub is paged to its end in every order, with nothing twice or missed",
    async run(store, sample) {
      const size = sample.hubLinks;
      const { questions } = await loadHub(store, "ABOUT", sample);
      await pagedAndChecked(store, "Concept:hub", bothWays("id", "title", "difficulty", "estimatedMinutes"), sample);
      const reader = store.reader();
      const where = {
        and: [{ field: "difficulty", in: ["HARD"] }],
        not: [{ field: "estimatedMinutes", in: [1, 2, 3] }],
      };
      const of = [id("Concept:hub")];
      expect((await reader.counts({ relation: "Concept.questions", of })).get(id("Concept:hub"))).toBe(size);
      const found: Link[] = [];
      for await (const page of linkPages(reader, "Concept:hub", "questions", { first: size / 20, where }))
        found.push(...page.links);
      expect((await reader.counts({ relation: "Concept.questions", of, where })).get(id("Concept:hub"))).toBe(
        found.length,
      );
      expect(found.length).toBe(
        questions.filter((_, index) => index % 3 === 2 && !(index % 2 && index % 7 < 3)).length,
      );
      expect(await reader.facets({ kind: "Question", by: "Question.concepts" })).toEqual([
        { value: "Concept:hub", count: size },
      ]);
    },
  },
  {
    id: "ordered",
    name: "an ordered hub, two at each position, is paged to its end both ways",
    async run(store, sample) {
      await loadHub(store, "COVERS", sample);
      await pagedAndChecked(store, "Topic:hub", bothWays("position", "title"), sample);
    },
  },
  {
    id: "while-writing",
    name: "while others write, pages of a hub and of a list show each link and node that stays exactly once",
    async run(store, sample) {
      const { slugs } = await loadHub(store, "ABOUT", sample);
      const first = sample.hubLinks / 25;
      let round = 0;
      // Of each ten questions the first is unlinked, the second patched, the third removed; new ones come in between.
      const write = async () => {
        const [unlinked, patched, gone] = slugs.slice(round * 10, round * 10 + 3) as [string, string, string];
        round += 1;
        await commit(store, [
          noLink("ABOUT", `Question:${unlinked}`, "Concept:hub"),
          patch(`Question:${patched}`, { estimatedMinutes: 200 }),
          removal(`Question:${gone}`),
          ...["a", "q-2500-x", "z"].flatMap((slug) => [
            aQuestion({ slug: `${slug}-${round}` }),
            aLink("ABOUT", `Question:${slug}-${round}`, "Concept:hub"),
          ]),
        ]);
      };

      const seenLinks: string[] = [];
      for await (const page of linkPages(store.reader(), "Concept:hub", "questions", {
        first,
        order: { by: "title", direction: "DESC" },
      })) {
        seenLinks.push(...idsOf(page.links.map((link) => link.node)));
        await write();
      }
      const writtenInLinks = round;
      const seenNodes: string[] = [];
      const order = { by: "title", direction: "ASC" } as const;
      for (let before: ListQuery["before"], more = true; more;) {
        const page = await store.reader().list({ kind: "Question", last: first, order, ...(before && { before }) });
        seenNodes.push(...idsOf(page.nodes));
        before = positionOfNode(page.nodes[0] as GraphNode, order);
        more = page.hasPrevious;
        await write();
      }

      const staying = (rounds: number, leaving: readonly number[]) =>
        slugs
          .filter((_, index) => index >= rounds * 10 || !leaving.includes(index % 10))
          .map((slug) => `Question:${slug}`);
      for (const [seen, expected] of [
        [seenLinks, staying(writtenInLinks, [0, 2])],
        [seenNodes, staying(round, [2])],
      ] as const) {
        expect(seen.length).toBe(new Set(seen).size);
        const set = new Set(seen);
        expect(expected.filter((each) => !set.has(each))).toEqual([]);
      }
      expect(round).toBeGreaterThan(50);
      expect((await linksOf(store.reader(), "Concept:hub", "questions", { first: 10 })).length).toBe(10);
    },
  },
]);
