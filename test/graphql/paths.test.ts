import { globalId } from "../../src/domain/ids";
import { commit, id, renaming } from "../builders/changes";
import { aLink } from "../builders/links";
import { aConcept, aQuestion, aTool } from "../builders/nodes";
import { aCriterion } from "../builders/owned-nodes";
import { type Api, anApi } from "./api";

const pathTo = (to: string, rest = "") =>
  `{ path(from: "Question:index", to: "${to}"${rest}) { complete searchedHops paths { weight hops { edge direction reason node { slug } } } } }`;

describe("paths, plans and readiness over GraphQL", () => {
  let api: Api;
  beforeAll(async () => {
    api = await anApi([
      aQuestion({ slug: "index", estimatedMinutes: 20 }),
      aQuestion({ slug: "basics", estimatedMinutes: 10 }),
      aCriterion({ question: "index", slug: "states" }),
      aConcept({ slug: "hnsw" }),
      aConcept({ slug: "recall" }),
      aTool({ slug: "faiss" }),
      aLink("ABOUT", "Question:index", "Concept:hnsw", { reason: "It is one.", emphasis: "ASSUMES" }),
      aLink("ABOUT", "Question:basics", "Concept:recall", { reason: "It is defined there.", emphasis: "TEACHES" }),
      aLink("PREREQUISITE_OF", "Concept:recall", "Concept:hnsw", { reason: "It is judged by it." }),
      aLink("IMPLEMENTS", "Tool:faiss", "Concept:hnsw", { reason: "As IndexHNSWFlat." }),
    ]);
    await commit(api.store, [renaming("Tool:faiss", "faiss-library")]);
  });

  it("gives the reason of each hop", async () => {
    expect(await api.data(pathTo("Tool:faiss-library"))).toEqual({
      path: {
        complete: true,
        searchedHops: 6,
        paths: [
          {
            weight: 3,
            hops: [
              { edge: "ABOUT", direction: "OUT", reason: "It is one.", node: { slug: "hnsw" } },
              { edge: "IMPLEMENTS", direction: "IN", reason: "As IndexHNSWFlat.", node: { slug: "faiss-library" } },
            ],
          },
        ],
      },
    });
  });

  it.each([
    ["a former slug", "Tool:faiss"],
    ["a global ID", globalId(id("Tool:faiss"))],
  ])("takes %s", async (_, to) => {
    expect(await api.data(pathTo(to))).toMatchObject({ path: { paths: [{ weight: 3 }] } });
  });

  it("takes null for what may be left out", async () => {
    const rest = ", via: null, direction: null, maxHops: null, first: null, reveal: null";
    expect(await api.data(pathTo("Tool:faiss", rest))).toMatchObject({ path: { paths: [{ weight: 3 }] } });
    expect(
      await api.data(
        '{ learningPlan(concepts: ["Concept:hnsw"], known: null) { steps(first: null) { taughtBy(first: null) { reason } } } }',
      ),
    ).toEqual({ learningPlan: { steps: [{ taughtBy: [{ reason: "It is defined there." }] }, { taughtBy: [] }] } });
  });

  it("walks what texts mention, if that is asked for", async () => {
    const mentioning = await anApi([
      aQuestion({ slug: "index", prompt: "When is [a page cache](concept:page-cache) enough?" }),
      aConcept({ slug: "page-cache" }),
    ]);
    const path = {
      weight: expect.any(Number) as number,
      hops: [{ edge: "MENTIONS", direction: "OUT", reason: null, node: { slug: "page-cache" } }],
    };
    expect(await mentioning.data(pathTo("Concept:page-cache"))).toMatchObject({ path: { paths: [] } });
    expect(await mentioning.data(pathTo("Concept:page-cache", ", via: [MENTIONS]"))).toMatchObject({
      path: { paths: [path] },
    });
  });

  it("walks nothing by an empty list of kinds", async () => {
    expect(await api.data(pathTo("Tool:faiss", ", via: []"))).toMatchObject({ path: { paths: [], complete: true } });
  });

  it("leads to a criterion only if it is revealed", async () => {
    expect(await api.data(pathTo("Criterion:index/states"))).toMatchObject({ path: { paths: [] } });
    expect(await api.data(pathTo("Criterion:index/states", ", reveal: true"))).toMatchObject({
      path: { paths: [{ hops: [{ edge: "JUDGED_BY", reason: null }] }] },
    });
  });

  it.each([
    ["no hops", ", maxHops: 0", "maxHops is out of the range that its description gives: 0."],
    ["nine hops", ", maxHops: 9", "maxHops is out of the range that its description gives: 9."],
    ["no paths", ", first: 0", "first is out of the range that its description gives: 0."],
    ["eleven paths", ", first: 11", "first is out of the range that its description gives: 11."],
  ])("refuses %s", async (_, rest, message) => {
    const { errors, data } = await api.ask(pathTo("Tool:faiss", rest));
    expect(errors).toMatchObject([{ message, extensions: { code: "BAD_USER_INPUT" } }]);
    expect(data).toEqual({ path: null });
  });

  it("names what is not there, and what may be meant", async () => {
    const { errors } = await api.ask(pathTo("Concept:hnws"));
    expect(errors).toMatchObject([
      { message: 'There is no Concept "hnws". Did you mean "hnsw"?', extensions: { code: "NOT_FOUND" } },
    ]);
    expect(await api.code(pathTo("nonsense"))).toBe("BAD_USER_INPUT");
  });

  it("refuses nodes of other kinds where one kind is meant", async () => {
    const { errors } = await api.ask('{ readiness(question: "Concept:hnsw") { ready } }');
    expect(errors).toMatchObject([{ message: "The ID of a Question is needed, but got that of a Concept." }]);
    expect(await api.code('{ learningPlan(concepts: ["Tool:faiss"]) { totalCount } }')).toBe("BAD_USER_INPUT");
    expect(await api.code('{ learningPlan(concepts: [], known: ["Concept:none"]) { totalCount } }')).toBe("NOT_FOUND");
  });

  const readiness = (known: string) =>
    `{ readiness(question: "Question:index"${known}) { ready missing { totalCount steps { goal concept { slug } because { reason node { slug } } taughtBy { node { slug } } } } } }`;

  it("says what is missing for a question, why, and what teaches it", async () => {
    expect(await api.data(readiness(", known: []"))).toEqual({
      readiness: {
        ready: false,
        missing: {
          totalCount: 2,
          steps: [
            {
              goal: false,
              concept: { slug: "recall" },
              because: [{ reason: "It is judged by it.", node: { slug: "hnsw" } }],
              taughtBy: [{ node: { slug: "basics" } }],
            },
            {
              goal: true,
              concept: { slug: "hnsw" },
              because: [{ reason: "It is one.", node: { slug: "index" } }],
              taughtBy: [],
            },
          ],
        },
      },
    });
  });

  it("blocks nothing where it is not said what is known", async () => {
    expect(await api.data(readiness(""))).toEqual({
      readiness: { ready: null, missing: { totalCount: 0, steps: [] } },
    });
  });
});
