import { aLink } from "../builders/links";
import { aConcept, aQuestion } from "../builders/nodes";
import { aCriterion } from "../builders/owned-nodes";
import { renaming } from "../builders/changes";
import { type Api, anApi } from "./api";

interface Next {
  readonly nextQuestions: {
    readonly score: number;
    readonly node: { readonly slug: string };
    readonly terms: {
      readonly kind: string;
      readonly weight: number;
      readonly value: number;
      readonly contribution: number;
    }[];
    readonly blockedBy: { readonly slug: string }[];
  }[];
}
const next = `query ($context: RecommendationContext, $first: Int) {
  nextQuestions(context: $context, first: $first) {
    score node { slug } terms { kind weight value contribution paths { value reason hops { edge heading: direction reason node { id } } } }
    blockedBy { slug } policyVersion } }`;

describe("recommendations in the API", () => {
  let api: Api;
  const ask = async (context: object) => (await api.data<Next>(next, { context })).nextQuestions;
  const slugs = async (context: object) => (await ask(context)).map(({ node }) => node.slug);
  beforeAll(async () => {
    api = await anApi([
      aConcept({ slug: "recall" }),
      ...["start", "deeper", "back", "far"].map((slug) => aQuestion({ slug, title: slug })),
      ...aCriterion({ question: "start", slug: "states-recall" }),
      ...aCriterion({ question: "far", slug: "else" }),
      aLink("FOLLOWED_BY", "Question:start", "Question:deeper", { when: "ALWAYS" }, 0),
      aLink(
        "FOLLOWED_BY",
        "Question:start",
        "Question:back",
        { when: "MISSING", criteria: ["Criterion:start/states-recall"] },
        1,
      ),
      aLink("ABOUT", "Question:back", "Concept:recall", { emphasis: "ASSUMES" }),
      renaming("Question:far", "farther"),
    ]);
  });

  it("add up, and name criteria by their own slug or ID", async () => {
    const found = await ask({ after: "Question:start", missed: ["states-recall"] });
    expect(found.map(({ node }) => node.slug)).toEqual(["back", "deeper", "farther"]);
    for (const { score, terms } of found)
      expect(terms.reduce((sum, { weight, value }) => sum + Math.round(weight * value), 0)).toBe(score);
    expect(await slugs({ after: "Question:start", missed: ["Criterion:start/states-recall"] })).toEqual(
      found.map(({ node }) => node.slug),
    );
  });

  it("take earlier slugs, and pass over seen questions that do not exist", async () => {
    const seen = ["Question:far", "Question:never-was", "Question:deeper"];
    expect(await slugs({ after: "Question:start", seen })).toEqual(["back"]);
  });

  it("tell known: null from known: []", async () => {
    const blockedBy = async (known: readonly string[] | null) =>
      (await ask({ after: "Question:start", known })).find(({ node }) => node.slug === "back")?.blockedBy;
    expect(await blockedBy(null)).toEqual([]);
    expect(await blockedBy([])).toEqual([{ slug: "recall" }]);
    expect(await blockedBy(["Concept:recall"])).toEqual([]);
  });

  it("hang on a question as similar and recommended, and agree with nextQuestions", async () => {
    const { question } = await api.data<{ question: Record<"similar" | "recommended", { node: { slug: string } }[]> }>(
      `{ question(slug: "start") { similar(first: 1) { node { slug } } recommended(context: { missed: ["states-recall"] }) { node { slug } } } }`,
    );
    expect(question.similar).toEqual([{ node: { slug: "deeper" } }]);
    expect(question.recommended.map(({ node }) => node.slug)).toEqual(["back", "deeper", "farther"]);
  });

  it("give as few of the strongest terms and paths as are asked for", async () => {
    const few = `query ($first: Int) { nextQuestions(context: { after: "Question:start" }, first: 1) {
      terms(first: $first) { kind paths(first: 1) { hops { edge node { slug } } } } } }`;
    expect(await api.data(few, { first: 1 })).toEqual({
      nextQuestions: [
        { terms: [{ kind: "FOLLOW_UP", paths: [{ hops: [{ edge: "FOLLOWED_BY", node: { slug: "deeper" } }] }] }] },
      ],
    });
    expect(await api.code(few, { first: 0 })).toBe("BAD_USER_INPUT");
  });

  it("say why not", async () => {
    const { whyNot } = await api.data<{ whyNot: object }>(
      `{ whyNot(question: "Question:deeper", context: { after: "Question:start", seen: ["Question:deeper"] }) { rank reasons { code message } } }`,
    );
    expect(whyNot).toMatchObject({
      rank: null,
      reasons: [{ code: "SEEN", message: "The context says that it was seen." }],
    });
  });

  it.each<[string, object, string, RegExp]>([
    [
      "a question that does not exist",
      { after: "Question:strat" },
      "NOT_FOUND",
      /no Question "strat"\. Did you mean "start"\?/,
    ],
    ["another kind", { after: "Concept:recall" }, "BAD_USER_INPUT", /after takes the ID of a Question/],
    ["no ID", { seen: ["???"] }, "BAD_USER_INPUT", /must be a global ID or Kind:slug/],
    ["a concept as seen", { seen: ["Concept:recall"] }, "BAD_USER_INPUT", /seen takes the ID of a Question/],
    ["a goal of no use", { goal: "Criterion:start/states-recall" }, "BAD_USER_INPUT", /goal takes the ID of a Concept/],
    ["criteria without a question", { missed: ["states-recall"] }, "BAD_USER_INPUT", /after is needed/],
    [
      "criteria of another one",
      { after: "Question:start", met: ["Criterion:far/else"] },
      "NOT_FOUND",
      /has no criterion/,
    ],
    [
      "an unknown criterion",
      { after: "Question:start", met: ["state-recall"] },
      "NOT_FOUND",
      /has no criterion "state-recall"\. Did you mean "states-recall"\?/,
    ],
    [
      "a criterion both missed and met",
      { after: "Question:start", met: ["states-recall"], missed: ["states-recall"] },
      "BAD_USER_INPUT",
      /both missed and met/,
    ],
    ["no time at all", { minutes: 0 }, "BAD_USER_INPUT", /minutes must be at least 1/],
  ])("refuse %s", async (_name, context, code, message) => {
    const { errors } = await api.ask(next, { context });
    expect(errors?.[0]?.extensions?.["code"]).toBe(code);
    expect(errors?.[0]?.message).toMatch(message);
  });

  it("take 5,000 seen questions, and no more", async () => {
    const seen = Array.from({ length: 5_000 }, (_, index) => `Question:q-${index}`);
    expect(await slugs({ after: "Question:start", seen: [...seen.slice(1), "Question:deeper"] })).toEqual([
      "back",
      "farther",
    ]);
    expect(await api.code(next, { context: { seen: [...seen, "Question:start"] } })).toBe("BAD_USER_INPUT");
  });

  it("refuse page sizes out of range, and after where the question is given", async () => {
    expect(await api.code("{ nextQuestions(first: 101) { score } }")).toBe("BAD_USER_INPUT");
    expect(
      await api.code(`{ question(slug: "start") { recommended(context: { after: "Question:far" }) { score } } }`),
    ).toBe("BAD_USER_INPUT");
  });
});
