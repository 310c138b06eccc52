import { type OperationDefinitionNode, parse } from "graphql";
import { buildSchema } from "../../src/graphql/build-schema";
import { operationCost } from "../../src/graphql/limits/operation-cost";
import { commit, patch, removal } from "../builders/changes";
import { aLink } from "../builders/links";
import { aConcept, aQuestion, aTopic } from "../builders/nodes";
import { aCriterion } from "../builders/owned-nodes";
import { type Api, anApi } from "./api";

const bank = [
  aTopic({ slug: "results", title: "Keeping results" }),
  aConcept({ slug: "stampede", title: "Cache stampede", aliases: ["thundering herd"], summary: "All miss at once." }),
  aQuestion({ slug: "hot", title: "A hot key expires", prompt: "Why a cache stampede each hour?", difficulty: "HARD" }),
  aQuestion({ slug: "warm", title: "Warming a cache", difficulty: "EASY", hints: ["Consider the stampede."] }),
  aLink("COVERS", "Topic:results", "Question:hot"),
  aCriterion({ question: "hot", slug: "jitter", statement: "Adds jitter against a stampede." }),
];

interface Search {
  readonly search: {
    readonly totalCount: number;
    readonly didYouMean: string | null;
    readonly nodes: readonly { readonly slug: string }[];
    readonly pageInfo: {
      readonly hasNextPage: boolean;
      readonly hasPreviousPage: boolean;
      readonly endCursor: string | null;
    };
    readonly edges: readonly {
      readonly cursor: string;
      readonly score: number;
      readonly highlights: readonly {
        readonly field: string;
        readonly pieces: readonly { readonly text: string; readonly isMatch: boolean }[];
      }[];
    }[];
    readonly facets: readonly {
      readonly value: string;
      readonly count: number;
      readonly node: { readonly slug: string } | null;
    }[];
  };
}

describe("search", () => {
  let api: Api;
  beforeAll(async () => {
    api = await anApi(bank);
  });
  const slugs = async (args: string) => {
    const { search } = await api.data<Search>(`{ search(${args}) { nodes { slug } totalCount } }`);
    expect(search.totalCount).toBe(search.nodes.length);
    return search.nodes.map(({ slug }) => slug);
  };

  it.each([
    ["everything that a text is about", 'text: "cache stampede"', ["stampede", "hot", "warm"]],
    ["kinds", 'text: "cache stampede", kinds: [CONCEPT]', ["stampede"]],
    ["questions alone with a filter of them", 'text: "cache stampede", where: {difficulty: [EASY]}', ["warm"]],
    ["nothing for a filter that keeps none", 'text: "cache", where: {difficulty: []}', []],
    ["what gives answers away on request", 'text: "jitter", reveal: true', ["hot/jitter"]],
    ["none of it otherwise", 'text: "jitter"', []],
  ])("finds %s", async (_name, args, expected) => {
    expect(await slugs(args)).toEqual(expected);
  });

  it("pages through all hits, each once", async () => {
    const found: string[] = [];
    let after: string | null = null;
    for (;;) {
      const { search }: Search = await api.data<Search>(
        `query ($after: String) { search(text: "cache stampede", first: 1, after: $after) { nodes { slug } pageInfo { hasNextPage hasPreviousPage endCursor } } }`,
        { after },
      );
      expect(search.pageInfo.hasPreviousPage).toBe(found.length > 0);
      found.push(...search.nodes.map(({ slug }) => slug));
      after = search.pageInfo.endCursor;
      if (!search.pageInfo.hasNextPage) break;
    }
    expect(found).toEqual(["stampede", "hot", "warm"]);
  });

  it("refuses a cursor of another search, of an earlier revision, and one that it never gave", async () => {
    const own = await anApi(bank);
    const first = `{ search(text: "cache", first: 1) { pageInfo { endCursor } } }`;
    const { search } = await own.data<Search>(first);
    const goOn = (text: string, cursor = search.pageInfo.endCursor) =>
      own.ask(`query ($cursor: String) { search(text: "${text}", after: $cursor) { nodes { slug } } }`, { cursor });
    expect((await goOn("cache")).errors).toBeUndefined();
    expect((await goOn("stampede")).errors?.[0]?.message).toBe(
      "The cursor belongs to another search; start this one anew.",
    );
    for (const forged of ["x", "", "W10", Buffer.from('["a",1,99999]').toString("base64url")])
      expect((await goOn("cache", forged)).errors?.[0]?.extensions?.["code"]).toBe("BAD_USER_INPUT");
    await commit(own.store, [patch("Concept:stampede", { summary: "Otherwise." })]);
    expect((await goOn("cache")).errors?.[0]?.message).toBe(
      "The bank has changed since that page was given; start the search anew.",
    );
  });

  it("shows why a node was found, long texts among it, and no hints", async () => {
    const query = (reveal: boolean) =>
      `{ search(text: "stampede", kinds: [QUESTION], reveal: ${reveal}) { edges { score node { slug } highlights { field pieces { text isMatch } } } } }`;
    const { search } = await api.data<Search>(query(false));
    expect(search.edges.map(({ highlights }) => highlights)).toEqual([
      [
        {
          field: "prompt",
          pieces: [
            { text: "Why a cache ", isMatch: false },
            { text: "stampede", isMatch: true },
            { text: " each hour?", isMatch: false },
          ],
        },
      ],
    ]);
    const revealed = (await api.data<Search>(query(true))).search.edges;
    expect(revealed.map(({ highlights }) => highlights.map(({ field }) => field))).toEqual([["hints"], ["prompt"]]);
  });

  it("counts hits by kind, and questions by what they have", async () => {
    const facets = async (by: string) => {
      const { search } = await api.data<Search>(
        `{ search(text: "cache stampede", first: 1) { facets(by: ${by}) { value count node { slug } } } }`,
      );
      return search.facets.map(({ value, count, node }) => [node?.slug ?? value, count]);
    };
    expect(await facets("KIND")).toEqual([
      ["Question", 2],
      ["Concept", 1],
    ]);
    expect(await facets("DIFFICULTY")).toEqual([
      ["EASY", 1],
      ["HARD", 1],
    ]);
    expect(await facets("FORMAT")).toEqual([["TECHNICAL", 2]]);
    expect(await facets("TOPICS")).toEqual([["results", 1]]);
  });

  it("mends what no node holds, and says so", async () => {
    const { search } = await api.data<Search>(`{ search(text: "cahce stampeed") { didYouMean nodes { slug } } }`);
    expect(search.didYouMean).toBe("cache stampede");
    expect(search.nodes[0]?.slug).toBe("stampede");
  });

  it("finds what was published, and no more what was removed", async () => {
    const own = await anApi(bank);
    await commit(own.store, [
      aConcept({ slug: "shard", title: "Sharding", summary: "Splits by key." }),
      removal("Question:warm"),
    ]);
    const { search } = await own.data<Search>(`{ search(text: "sharding") { nodes { slug } } }`);
    expect(search.nodes.map(({ slug }) => slug)).toEqual(["shard"]);
    const gone = await own.data<Search>(`{ search(text: "warming") { nodes { slug } } }`);
    expect(gone.search.nodes).toEqual([]);
  });

  it.each([
    ["blanks alone", '{ search(text: " ") { totalCount } }'],
    ["a long text", `{ search(text: "${"x".repeat(201)}") { totalCount } }`],
    ["an impossible page", '{ search(text: "x", first: 101) { totalCount } }'],
    ["a filter of questions beside other kinds", '{ search(text: "x", kinds: [TOOL], where: {}) { totalCount } }'],
    ["an empty box", '{ suggest(text: "") { name } }'],
    ["too many suggestions", '{ suggest(text: "x", first: 101) { name } }'],
  ])("refuses %s", async (_name, query) => {
    expect(await api.code(query)).toBe("BAD_USER_INPUT");
  });

  it("costs what finding takes beside its page", async () => {
    const cost = (query: string) => {
      const document = parse(query);
      return operationCost(buildSchema(), document, document.definitions[0] as OperationDefinitionNode, {}).whole;
    };
    expect(cost('{ search(text: "x", first: 10) { totalCount } }')).toBe(50 + 10);
    expect(cost('{ search(text: "x", first: 10) { nodes { slug } } }')).toBe(50 + 10);
    expect(cost('{ suggest(text: "x", first: 10) { name } }')).toBe(20 + 10);
  });
});

describe("suggest", () => {
  it("goes on from what was typed, with the name that does", async () => {
    const api = await anApi(bank);
    const { suggest } = await api.data<{ suggest: unknown }>(
      `{ suggest(text: "thunder") { name node { __typename slug } } }`,
    );
    expect(suggest).toEqual([{ name: "thundering herd", node: { __typename: "Concept", slug: "stampede" } }]);
  });
});
