import { policyVersion, termKinds } from "../../../src/domain/recommendation/policy";
import type { Recommendation } from "../../../src/domain/recommendation/recommendation";
import type { Changes } from "../../builders/changes";
import { aLink } from "../../builders/links";
import { aConcept, aQuestion, aRole, aTopic, aTradeOff } from "../../builders/nodes";
import { aCriterion } from "../../builders/owned-nodes";
import { aBank, ids } from "./a-bank";

const slugs = (found: readonly Recommendation[]): string[] => found.map(({ node }) => node.slug);
const kinds = ({ terms }: Recommendation): string[] => terms.map(({ kind }) => kind);

/** "start" leads to four questions; two more are like it, and one has nothing to do with it. */
const bank: Changes = [
  aTopic({ slug: "search" }),
  aRole({ slug: "backend" }),
  aConcept({ slug: "recall", title: "Recall" }),
  aConcept({ slug: "graphs", title: "Graphs" }),
  aTradeOff({ slug: "exact" }),
  ...["start", "always", "missing", "met", "reverse", "related", "alike", "other"].map((slug) =>
    aQuestion({ slug, title: slug, format: slug === "other" ? "CODING" : "TECHNICAL", estimatedMinutes: 20 }),
  ),
  ...["states-recall", "names-costs"].map((slug) => aCriterion({ question: "start", slug })).flat(),
  aLink("FOLLOWED_BY", "Question:start", "Question:always", { when: "ALWAYS" }, 0),
  aLink(
    "FOLLOWED_BY",
    "Question:start",
    "Question:missing",
    { when: "MISSING", criteria: ["Criterion:start/states-recall"] },
    1,
  ),
  aLink("FOLLOWED_BY", "Question:start", "Question:met", { when: "MET", criteria: ["Criterion:start/names-costs"] }, 2),
  aLink("FOLLOWED_BY", "Question:reverse", "Question:start", { when: "ALWAYS" }, 0),
  aLink("RELATED_TO", "Question:related", "Question:start", { reason: "Both weigh recall." }),
  ...["start", "alike", "missing"].map((slug) =>
    aLink("ABOUT", `Question:${slug}`, "Concept:recall", { emphasis: "TEACHES", reason: `Why ${slug}.` }),
  ),
  aLink("ABOUT", "Question:missing", "Concept:graphs", { emphasis: "ASSUMES" }),
  aLink("WEIGHS", "Question:start", "TradeOff:exact"),
  aLink("WEIGHS", "Question:alike", "TradeOff:exact"),
  aLink("ASKED_OF", "Question:alike", "Role:backend"),
  aLink("COVERS", "Topic:search", "Question:alike", {}, 0),
];
const after = "Question:start" as never;

describe("recommendations", () => {
  let over: Awaited<ReturnType<typeof aBank>>;
  beforeAll(async () => {
    over = await aBank(bank);
  });

  it("put an author's follow-up first, then what is linked, then what is alike", () => {
    expect(slugs(over.recommend({ after }))).toEqual([
      "always",
      "missing",
      "met",
      "related",
      "reverse",
      "alike",
      "other",
    ]);
  });

  it.each([
    [{ missed: ids("Criterion:start/states-recall") }, "missing"],
    [{ met: ids("Criterion:start/names-costs") }, "met"],
  ])("put the follow-up first whose condition the last answer meets (%#)", (answer, expected) => {
    const [best] = over.recommend({ after, ...answer });
    expect(best?.node.slug).toBe(expected);
    expect(best?.terms[0]).toMatchObject({ kind: "FOLLOW_UP_FITS", weight: 30_000 });
    expect(best?.terms[0]?.paths[0]?.hops).toMatchObject([
      { edge: "FOLLOWED_BY", heading: "OUT", node: { slug: expected } },
    ]);
  });

  it("have scores that are the sums of their terms, and an order that follows from the scores", () => {
    for (const found of [
      over.recommend({ after }),
      over.similar(after),
      over.recommend({}),
      over.recommend({ after }, 2),
    ]) {
      for (const { score, terms, policyVersion: version } of found) {
        expect(terms.map(({ weight, value }) => Math.round(weight * value))).toEqual(
          terms.map(({ contribution }) => contribution),
        );
        expect(terms.reduce((sum, { contribution }) => sum + contribution, 0)).toBe(score);
        expect(version).toBe(policyVersion);
      }
      const again = [...found].sort((a, b) => b.score - a.score || (a.node.id < b.node.id ? -1 : 1));
      expect(slugs(again)).toEqual(slugs(found));
    }
  });

  it("say by which links two questions hang together, with the reason of each", () => {
    const alike = over.recommend({ after }).find(({ node }) => node.slug === "alike");
    expect(alike?.terms.find(({ kind }) => kind === "SHARED_CONCEPT")?.paths).toEqual([
      {
        value: expect.any(Number) as number,
        hops: [
          {
            edge: "ABOUT",
            heading: "OUT",
            reason: "Why start.",
            node: expect.objectContaining({ slug: "recall" }) as object,
          },
          {
            edge: "ABOUT",
            heading: "IN",
            reason: "Why alike.",
            node: expect.objectContaining({ slug: "alike" }) as object,
          },
        ],
      },
    ]);
  });

  it("leave out what was seen and what they go on from", () => {
    const found = over.recommend({ after, seen: ids("Question:always", "Question:alike", "Question:gone") });
    expect(slugs(found)).toEqual(["missing", "met", "related", "reverse", "other"]);
  });

  it("block nothing while nothing is known about what is known, and say what is missing when it is", () => {
    const blockedBy = (context: object) =>
      over.recommend({ after, ...context }).find(({ node }) => node.slug === "missing");
    expect(blockedBy({})?.blockedBy).toEqual([]);
    expect(blockedBy({ known: ids("Concept:graphs") })?.blockedBy).toEqual([]);
    const blocked = blockedBy({ known: ids() });
    expect(blocked?.blockedBy.map(({ slug }) => slug)).toEqual(["graphs"]);
    expect(blocked?.terms.find(({ kind }) => kind === "BLOCKED")).toMatchObject({ value: 1, contribution: -300 });
  });

  it("keep to a role, a topic, formats, a difficulty and the minutes there are", () => {
    const left = (context: object) => slugs(over.recommend({ after, ...context }));
    expect(left({ role: "Role:backend" })).toEqual(["alike"]);
    expect(left({ topic: "Topic:search" })).toEqual(["alike"]);
    expect(left({ formats: ["CODING"] })).toEqual(["other"]);
    expect(left({ difficulty: ["HARD"] })).toEqual([]);
    expect(left({ minutes: 10 })).toEqual([]);
    expect(left({ minutes: 20 })).toHaveLength(7);
  });

  it("lead towards a goal: what treats it, and what teaches that it needs", () => {
    const towards = over.recommend({ goal: "Concept:recall" as never });
    expect(slugs(towards).slice(0, 3).sort()).toEqual(["alike", "missing", "start"]);
    expect(towards.slice(0, 3).every((each) => kinds(each).includes("GOAL"))).toBe(true);
    const [itself] = over.recommend({ goal: "Question:other" as never });
    expect(itself?.node.slug).toBe("other");
  });

  it("begin with the questions that most others are linked with where nothing is known", () => {
    const found = over.recommend({}, 3);
    expect(found[0]?.node.slug).toBe("start");
    expect(kinds(found[0]!)).toEqual(["POPULARITY"]);
  });

  it("let no sum of other terms outweigh a follow-up that fits", () => {
    const { FOLLOW_UP_FITS, ...others } = termKinds;
    const max = Object.values(others).reduce((sum, { weight, cap }) => sum + Math.abs(weight) * cap, 0);
    expect(FOLLOW_UP_FITS.weight * (1 - 12 * 0.02)).toBeGreaterThan(max);
  });
});

describe("why not", () => {
  let over: Awaited<ReturnType<typeof aBank>>;
  beforeAll(async () => {
    over = await aBank(bank);
  });
  const codes = (question: string, context: object, first?: number) =>
    over.whyNot(question, { after, ...context }, first).reasons.map(({ code }) => code);

  it("names each reason why a question is left out", () => {
    expect(codes("Question:alike", { seen: ids("Question:alike"), formats: ["CODING"], minutes: 5 })).toEqual([
      "SEEN",
      "OTHER_FORMAT",
      "TOO_LONG",
    ]);
    expect(codes("Question:start", {})).toContain("JUST_ANSWERED");
    expect(codes("Question:other", { role: "Role:backend", topic: "Topic:search", difficulty: ["HARD"] })).toEqual([
      "OTHER_DIFFICULTY",
      "OTHER_ROLE",
      "OTHER_TOPIC",
    ]);
  });

  it("compares with the last of the list, term by term", () => {
    const { rank, reasons, recommendation, compared } = over.whyNot("Question:other", { after }, 2);
    expect(rank).toBeNull();
    expect(compared?.node.slug).toBe("missing");
    expect(recommendation.score).toBeLessThan(compared?.score as number);
    expect(reasons).toEqual([
      {
        code: "OUTRANKED",
        message: expect.stringMatching(/^-?\d+ points against \d+ of "missing": FOLLOW_UP 0/) as string,
      },
    ]);
  });

  it("tells the place of what is in the list, and what stands above it", () => {
    const first = over.whyNot("Question:always", { after });
    expect([first.rank, first.compared, first.reasons]).toEqual([1, null, []]);
    const blocked = over.whyNot("Question:missing", { after, known: ids() });
    expect(blocked.rank).toBeGreaterThan(1);
    expect(blocked.reasons.map(({ code }) => code)).toEqual(["BLOCKED", "OUTRANKED"]);
  });
});

describe("variety", () => {
  it("takes from what repeats a trade-off or a format, and says so", async () => {
    const over = await aBank([
      aTradeOff({ slug: "same" }),
      ...["a", "b", "c"].map((slug) => aQuestion({ slug, title: slug })),
      aQuestion({ slug: "d", title: "d", format: "CODING" }),
      ...["a", "b"].map((slug) => aLink("WEIGHS", `Question:${slug}`, "TradeOff:same")),
    ]);
    const found = over.recommend({});
    expect(slugs(found)).toEqual(["a", "d", "c", "b"]);
    expect(found.map(({ score }) => score)).toEqual([0, 0, -15, -120]);
    expect(found[3]?.terms.map(({ kind, paths }) => [kind, paths[0]?.reason])).toEqual([
      ["REPEATED_TRADE_OFF", "1 further up weighs the same trade-off."],
      ["REPEATED_FORMAT", "2 further up are TECHNICAL as well."],
    ]);
  });
});

describe("a cold bank", () => {
  it("recommends by titles, topics and a few links alone", async () => {
    const over = await aBank([
      aTopic({ slug: "arrays" }),
      aTopic({ slug: "graphs" }),
      ...["two-sum", "three-sum", "islands", "rotate"].map((slug) =>
        aQuestion({ slug, title: slug.replace("-", " ") }),
      ),
      ...["two-sum", "rotate", "three-sum"].map((slug, place) =>
        aLink("COVERS", "Topic:arrays", `Question:${slug}`, {}, place),
      ),
      aLink("COVERS", "Topic:graphs", "Question:islands", {}, 0),
      aLink("RELATED_TO", "Question:rotate", "Question:three-sum", { reason: "Similar." }),
    ]);
    const found = over.similar("Question:two-sum");
    expect(slugs(found)).toEqual(["rotate", "three-sum", "islands"]);
    expect(kinds(found[1]!)).toEqual(expect.arrayContaining(["SHARED_TOPIC", "TOPIC_ORDER", "SHARED_WORDS"]));
  });

  it("gives an empty list where there is nothing", async () => {
    const over = await aBank([aQuestion({ slug: "only" })]);
    expect(over.recommend({ after: "Question:only" as never })).toEqual([]);
    expect(over.whyNot("Question:only", { after: "Question:only" as never }).reasons).toMatchObject([
      { code: "JUST_ANSWERED" },
    ]);
  });
});
