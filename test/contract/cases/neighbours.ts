import { aConcept, aQuality, aQuestion, aRole, aTool, aTopic, aTradeOff } from "../../builders/nodes";
import { aFlipCondition, anAssessment, anOption } from "../../builders/owned-nodes";
import { aLink, noLink } from "../../builders/links";
import { commit, id, patch } from "../../builders/changes";
import { changeable, linkPages, linksOf, neighboursOf, pageOf, refusalOf } from "../asking";
import { casesAbout } from "../contract-case";

const questions = (...slugs: string[]) => slugs.map((slug) => aQuestion({ slug }));
const concepts = (...slugs: string[]) => slugs.map((slug) => aConcept({ slug }));

export const neighbours = casesAbout("neighbours", [
  {
    id: "both-ends",
    name: "an edge is read from both ends, with its properties and the light node at the other end",
    async run(store) {
      await commit(store, [
        aQuestion({ slug: "q", title: "Scan or index" }),
        aConcept({ slug: "c", title: "Recall" }),
        aLink("ABOUT", "Question:q", "Concept:c", { reason: "Recall is the price.", emphasis: "TEACHES" }),
      ]);
      const properties = { reason: "Recall is the price.", emphasis: "TEACHES" };
      const concept = (await store.reader().nodes([id("Concept:c")])).get(id("Concept:c"));
      const question = (await store.reader().nodes([id("Question:q")])).get(id("Question:q"));
      expect(await pageOf(store.reader(), "Question:q", "concepts")).toEqual({
        links: [{ node: concept, properties }],
        hasNext: false,
      });
      expect(await pageOf(store.reader(), "Concept:c", "questions")).toEqual({
        links: [{ node: question, properties }],
        hasNext: false,
      });
      expect(concept).toMatchObject({ title: "Recall" });
    },
  },
  {
    id: "position",
    name: "links of an ordered kind have their position at both ends, beside properties without it",
    async run(store) {
      await commit(store, [
        aTopic({ slug: "t" }),
        ...questions("a", "b"),
        aLink("COVERS", "Topic:t", "Question:b"),
        aLink("COVERS", "Topic:t", "Question:a"),
      ]);
      const shown = (links: Awaited<ReturnType<typeof linksOf>>) =>
        links.map(({ node, position, properties }) => [node.id, position, properties]);
      expect(shown(await linksOf(store.reader(), "Topic:t", "questions"))).toEqual([
        ["Question:b", 0, {}],
        ["Question:a", 1, {}],
      ]);
      expect(shown(await linksOf(store.reader(), "Question:a", "topics"))).toEqual([["Topic:t", 1, {}]]);
    },
  },
  {
    id: "no-position",
    name: "links of an unordered kind have no position",
    async run(store) {
      await commit(store, [...questions("q"), aRole({ slug: "r" }), aLink("ASKED_OF", "Question:q", "Role:r")]);
      const [link] = await linksOf(store.reader(), "Question:q", "roles");
      expect(Object.keys(link as object).sort()).toEqual(["node", "properties"]);
      expect(link?.properties).toEqual({});
    },
  },
  {
    id: "optional-properties",
    name: "an absent optional property has no key, and a cleared one loses it",
    async run(store) {
      const edge = ["FOLLOWED_BY", "Question:a", "Question:b"] as const;
      await commit(store, [...questions("a", "b"), aLink(...edge, { ask: "And then?" })]);
      expect((await linksOf(store.reader(), "Question:a", "followUps"))[0]?.properties).toEqual({
        reason: "It matters here.",
        when: "ALWAYS",
        ask: "And then?",
      });
      await commit(store, [aLink(...edge, { ask: null })]);
      expect((await linksOf(store.reader(), "Question:a", "followUps"))[0]?.properties).toEqual({
        reason: "It matters here.",
        when: "ALWAYS",
      });
    },
  },
  {
    id: "undirected",
    name: "an undirected edge is stored once and read under one name from both ends",
    async run(store) {
      await commit(store, [
        ...concepts("b", "c", "a"),
        aLink("RELATED_TO", "Concept:c", "Concept:b"),
        aLink("RELATED_TO", "Concept:a", "Concept:b"),
      ]);
      expect(await neighboursOf(store.reader(), "Concept:b", "related")).toEqual(["Concept:a", "Concept:c"]);
      expect(await neighboursOf(store.reader(), "Concept:a", "related")).toEqual(["Concept:b"]);
      expect(await neighboursOf(store.reader(), "Concept:c", "related")).toEqual(["Concept:b"]);
      const result = await commit(store, [aLink("RELATED_TO", "Concept:b", "Concept:c")]);
      expect(result.changes).toBe(0);
      await commit(store, [noLink("RELATED_TO", "Concept:c", "Concept:b")]);
      expect(await neighboursOf(store.reader(), "Concept:b", "related")).toEqual(["Concept:a"]);
    },
  },
  {
    id: "name-for-each-target",
    name: "an edge kind with a name for each target kind leads to that kind alone",
    async run(store) {
      await commit(store, [
        aTradeOff({ slug: "t" }),
        anOption({ tradeOff: "t", slug: "o" }),
        ...concepts("x"),
        aTool({ slug: "x" }),
        aLink("REALIZED_BY", "Option:t/o", "Concept:x"),
        aLink("REALIZED_BY", "Option:t/o", "Tool:x"),
      ]);
      const reader = store.reader();
      expect(await neighboursOf(reader, "Option:t/o", "concepts")).toEqual(["Concept:x"]);
      expect(await neighboursOf(reader, "Option:t/o", "tools")).toEqual(["Tool:x"]);
      expect(await neighboursOf(reader, "Concept:x", "options")).toEqual(["Option:t/o"]);
      expect(await neighboursOf(reader, "Tool:x", "options")).toEqual(["Option:t/o"]);
    },
  },
  {
    id: "name-for-each-source",
    name: "an edge kind with a name for each source kind leads back to that kind alone",
    async run(store) {
      await commit(store, [
        aTradeOff({ slug: "t" }),
        aQuality({ slug: "l" }),
        anOption({ tradeOff: "t", slug: "o" }),
        anAssessment({ tradeOff: "t", option: "o", quality: "l", slug: "a" }),
        aFlipCondition({ tradeOff: "t", quality: "l", slug: "f" }),
      ]);
      expect(await neighboursOf(store.reader(), "Quality:l", "assessments")).toEqual(["Assessment:t/a"]);
      expect(await neighboursOf(store.reader(), "Quality:l", "flipConditions")).toEqual(["FlipCondition:t/f"]);
    },
  },
  {
    id: "several-kinds",
    name: "a relation to several kinds is ordered by id over all of them, both ways, and paged",
    async run(store) {
      await commit(store, [
        ...concepts("b", "a"),
        aTool({ slug: "b" }),
        aQuestion({ slug: "q", prompt: "[B](concept:b), [b](tool:b), [A](concept:a)." }),
      ]);
      const reader = store.reader();
      const ids = ["Concept:a", "Concept:b", "Tool:b"];
      expect(await neighboursOf(reader, "Question:q", "mentions")).toEqual(ids);
      expect(await neighboursOf(reader, "Question:q", "mentions", { order: { by: "id", direction: "DESC" } })).toEqual(
        [...ids].reverse(),
      );
      const found: string[] = [];
      for await (const page of linkPages(reader, "Question:q", "mentions", { first: 1 }))
        found.push(...page.links.map((link) => link.node.id));
      expect(found).toEqual(ids);
    },
  },
  {
    id: "parents",
    name: "each parent that exists has its own page; absent parents and other kinds have none",
    async run(store) {
      await commit(store, [
        ...questions("a", "b", "c"),
        ...concepts("x", "y", "z"),
        aLink("ABOUT", "Question:a", "Concept:z"),
        aLink("ABOUT", "Question:a", "Concept:x"),
        aLink("ABOUT", "Question:a", "Concept:y"),
        aLink("ABOUT", "Question:b", "Concept:y"),
      ]);
      const of = ["Question:b", "Question:a", "Question:none", "Concept:x", "Question:c", "Question:a"].map(id);
      const pages = await store.reader().neighbours({ relation: "Question.concepts", of, first: 2 });
      expect(
        Object.fromEntries(
          [...pages].map(([key, page]) => [key, [page.links.map((link) => link.node.id), page.hasNext]]),
        ),
      ).toEqual({
        "Question:a": [["Concept:x", "Concept:y"], true],
        "Question:b": [["Concept:y"], false],
        "Question:c": [[], false],
      });
    },
  },
  {
    id: "no-parents",
    name: "no parents have no pages",
    async run(store) {
      expect((await store.reader().neighbours({ relation: "Question.concepts", of: [], first: 2 })).size).toBe(0);
    },
  },
  {
    id: "many-parents",
    name: "one call answers for 1,000 parents",
    async run(store) {
      const slugs = Array.from({ length: 1_000 }, (_, index) => `q-${index}`);
      await commit(store, [
        ...concepts("c"),
        ...questions(...slugs),
        ...slugs.map((slug) => aLink("ABOUT", `Question:${slug}`, "Concept:c")),
      ]);
      const pages = await store
        .reader()
        .neighbours({ relation: "Question.concepts", of: slugs.map((slug) => id(`Question:${slug}`)), first: 3 });
      expect(pages.size).toBe(1_000);
      expect(
        [...pages.values()].every((page) => page.links.length === 1 && page.links[0]?.node.id === "Concept:c"),
      ).toBe(true);
    },
  },
  {
    id: "exact-page",
    name: "a page that holds exactly all links has no next page",
    async run(store) {
      await commit(store, [
        ...questions("q"),
        ...concepts("x", "y"),
        aLink("ABOUT", "Question:q", "Concept:x"),
        aLink("ABOUT", "Question:q", "Concept:y"),
      ]);
      expect((await pageOf(store.reader(), "Question:q", "concepts", { first: 2 })).hasNext).toBe(false);
      expect((await pageOf(store.reader(), "Question:q", "concepts", { first: 1 })).hasNext).toBe(true);
    },
  },
  {
    id: "position-ties",
    name: "links at one position are ordered by id, in the order's direction",
    async run(store) {
      await commit(store, [
        aTopic({ slug: "t" }),
        ...questions("a", "b", "c", "d"),
        aLink("COVERS", "Topic:t", "Question:c", {}, 1),
        aLink("COVERS", "Topic:t", "Question:b", {}, 1),
        aLink("COVERS", "Topic:t", "Question:d", {}, 0),
        aLink("COVERS", "Topic:t", "Question:a", {}, 2),
      ]);
      const ids = ["Question:d", "Question:b", "Question:c", "Question:a"];
      const reader = store.reader();
      expect(await neighboursOf(reader, "Topic:t", "questions")).toEqual(ids);
      expect(
        await neighboursOf(reader, "Topic:t", "questions", { order: { by: "position", direction: "DESC" } }),
      ).toEqual([...ids].reverse());
      expect(
        await neighboursOf(reader, "Topic:t", "questions", { first: 1, after: { value: 1, id: "Question:b" } }),
      ).toEqual(["Question:c"]);
      expect(await neighboursOf(reader, "Topic:t", "questions", { order: { by: "id", direction: "ASC" } })).toEqual([
        "Question:a",
        "Question:b",
        "Question:c",
        "Question:d",
      ]);
    },
  },
  {
    id: "numeric-positions",
    name: "positions compare as numbers",
    async run(store) {
      await commit(store, [
        aTopic({ slug: "t" }),
        ...questions("a", "b", "c"),
        aLink("COVERS", "Topic:t", "Question:a", {}, 10),
        aLink("COVERS", "Topic:t", "Question:b", {}, 9),
        aLink("COVERS", "Topic:t", "Question:c", {}, 100),
      ]);
      expect(await neighboursOf(store.reader(), "Topic:t", "questions")).toEqual([
        "Question:b",
        "Question:a",
        "Question:c",
      ]);
    },
  },
  {
    id: "after-a-place",
    name: "a page starts after a place in the order, whether a link is there or not",
    async run(store) {
      await commit(store, [
        ...questions("q"),
        ...concepts("b", "d", "f"),
        ...["b", "d", "f"].map((slug) => aLink("ABOUT", "Question:q", `Concept:${slug}`)),
      ]);
      const after = (place: string) => ({ after: { value: null, id: place } });
      const reader = store.reader();
      expect(await neighboursOf(reader, "Question:q", "concepts", after("Concept:c"))).toEqual([
        "Concept:d",
        "Concept:f",
      ]);
      expect(await neighboursOf(reader, "Question:q", "concepts", after("Concept:d"))).toEqual(["Concept:f"]);
      expect(await neighboursOf(reader, "Question:q", "concepts", after("Concept:f"))).toEqual([]);
      expect(
        await neighboursOf(reader, "Question:q", "concepts", {
          order: { by: "id", direction: "DESC" },
          ...after("Concept:d"),
        }),
      ).toEqual(["Concept:b"]);
    },
  },
  {
    id: "where",
    name: "a filter on the neighbours applies before the page is cut",
    async run(store) {
      await commit(store, [
        ...concepts("c"),
        aRole({ slug: "r" }),
        aQuestion({ slug: "a", difficulty: "EASY" }),
        aQuestion({ slug: "b", difficulty: "HARD" }),
        aQuestion({ slug: "d", difficulty: "EASY" }),
        aQuestion({ slug: "e", difficulty: "EASY" }),
        ...["a", "b", "d", "e"].map((slug) => aLink("ABOUT", `Question:${slug}`, "Concept:c")),
        aLink("ASKED_OF", "Question:d", "Role:r"),
      ]);
      const reader = store.reader();
      const where = { and: [{ field: "difficulty", in: ["EASY"] }] };
      const page = await pageOf(reader, "Concept:c", "questions", { where, first: 2 });
      expect([page.links.map((link) => link.node.id), page.hasNext]).toEqual([["Question:a", "Question:d"], true]);
      expect(
        await neighboursOf(reader, "Concept:c", "questions", { where, after: { value: null, id: "Question:a" } }),
      ).toEqual(["Question:d", "Question:e"]);
      const askedOf = { and: [{ relation: "Question.roles", in: [id("Role:r")] }] } as const;
      expect(await neighboursOf(reader, "Concept:c", "questions", { where: askedOf })).toEqual(["Question:d"]);
    },
  },
  {
    id: "where-several-kinds",
    name: "a relation to several kinds cannot be filtered",
    async run(store) {
      await commit(store, [aQuestion({ slug: "q" })]);
      const where = { and: [{ field: "title", in: ["x"] }] };
      const query = { relation: "Question.mentions", of: [id("Question:q")], where } as const;
      expect(await refusalOf(store.reader().neighbours({ ...query, first: 1 }))).toBe("INVALID_ARGUMENT");
      expect(await refusalOf(store.reader().counts(query))).toBe("INVALID_ARGUMENT");
    },
  },
  {
    id: "unknown-orders",
    name: "an order that the relation does not have is refused",
    async run(store) {
      await commit(store, [...questions("q")]);
      const ask = (relation: "Question.concepts" | "Question.mentions", by: string) =>
        store.reader().neighbours({ relation, of: [id("Question:q")], first: 1, order: { by, direction: "ASC" } });
      expect(await refusalOf(ask("Question.concepts", "position"))).toBe("INVALID_ARGUMENT");
      expect(await refusalOf(ask("Question.concepts", "summary"))).toBe("INVALID_ARGUMENT");
      expect(await refusalOf(ask("Question.concepts", "id; DROP TABLE node"))).toBe("INVALID_ARGUMENT");
      expect(await refusalOf(ask("Question.mentions", "title"))).toBe("INVALID_ARGUMENT");
    },
  },
  {
    id: "patched-node",
    name: "a change of a node shows in the links that lead to it, and moves it in their order",
    async run(store) {
      await commit(store, [
        ...questions("q"),
        aConcept({ slug: "a", title: "A" }),
        aConcept({ slug: "b", title: "B" }),
        aLink("ABOUT", "Question:q", "Concept:a"),
        aLink("ABOUT", "Question:q", "Concept:b"),
      ]);
      const order = { by: "title", direction: "ASC" } as const;
      expect(await neighboursOf(store.reader(), "Question:q", "concepts", { order })).toEqual([
        "Concept:a",
        "Concept:b",
      ]);
      await commit(store, [patch("Concept:a", { title: "C" })]);
      const links = await linksOf(store.reader(), "Question:q", "concepts", { order });
      expect(links.map(({ node }) => [node.id, (node as { title?: string }).title])).toEqual([
        ["Concept:b", "B"],
        ["Concept:a", "C"],
      ]);
    },
  },
  {
    id: "frozen",
    name: "pages, links, properties and nodes cannot be changed",
    async run(store) {
      await commit(store, [
        ...questions("a", "b"),
        aConcept({ slug: "c", aliases: ["One"] }),
        aLink("ABOUT", "Question:a", "Concept:c"),
        aLink("FOLLOWED_BY", "Question:a", "Question:b"),
      ]);
      const reader = store.reader();
      expect(changeable(await pageOf(reader, "Question:a", "concepts"))).toEqual([]);
      expect(changeable(await pageOf(reader, "Question:a", "followUps"))).toEqual([]);
    },
  },
]);
