import type { Changes } from "../../builders/changes";
import { patch, removal } from "../../builders/changes";
import { aConcept, aMetric, aQuality, aQuestion, aRole, aSource, aTool, aTopic, aTradeOff } from "../../builders/nodes";
import {
  aBenchmark,
  aCriterion,
  aFlipCondition,
  aMeasurement,
  aModelAnswer,
  anAssessment,
  anOption,
} from "../../builders/owned-nodes";
import { aLink, noLink } from "../../builders/links";
import { Bank } from "./planning";

const numbered = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}${String(index).padStart(2, "0")}`);

describe("required links", () => {
  const bank = () =>
    Bank.with([
      aMetric({ slug: "m" }),
      aSource({ slug: "s" }),
      aSource({ slug: "s2" }),
      aBenchmark({ slug: "b", source: "s" }),
      aMeasurement({ benchmark: "b", metric: "m", slug: "x" }),
    ]);

  it("come with a new node", async () => {
    const [benchmark] = aBenchmark({ slug: "new", source: "s" }) as [never];
    expect(await (await bank()).findings([benchmark])).toMatchObject([
      {
        code: "REQUIRED_LINK",
        subject: "Benchmark:new",
        field: "source",
        message: "Benchmark:new must have its source.",
        change: 0,
      },
    ]);
    const [measurement] = aMeasurement({ benchmark: "b", metric: "m", slug: "y" }) as [never];
    expect((await (await bank()).findings([measurement])).map((finding) => finding.field).sort()).toEqual([
      "benchmark",
      "metric",
    ]);
  });

  it("are not taken away, unless another takes their place or the node goes too", async () => {
    const away = noLink("PUBLISHED_IN", "Benchmark:b", "Source:s");
    expect(await (await bank()).refusal([away])).toEqual(["REQUIRED_LINK Benchmark:b"]);
    expect(await (await bank()).plan([away, aLink("PUBLISHED_IN", "Benchmark:b", "Source:s2")])).toHaveLength(2);
    expect((await (await bank()).plan([away, removal("Benchmark:b")])).every(({ after }) => after === null)).toBe(true);
  });
});

describe("limits", () => {
  const linkedTo = (count: number): Changes => [
    aQuestion({ slug: "q" }),
    ...numbered("c", 14).map((slug) => aConcept({ slug })),
    ...numbered("c", count).map((slug) => aLink("ABOUT", "Question:q", `Concept:${slug}`)),
  ];

  it("hold over stored, new and removed links together", async () => {
    const bank = await Bank.with(linkedTo(12));
    const more = aLink("ABOUT", "Question:q", "Concept:c12");
    expect(await bank.findings([more])).toMatchObject([
      {
        code: "TOO_MANY",
        subject: "Question:q",
        field: "concepts",
        message: "Question:q may have at most 12 concepts, but would have 13.",
      },
    ]);
    expect(await bank.plan([more, noLink("ABOUT", "Question:q", "Concept:c03")])).toHaveLength(2);
    expect(await bank.plan([aLink("ABOUT", "Question:q", "Concept:c03", { emphasis: "TEACHES" })])).toHaveLength(1);
    expect(await new Bank().refusal(linkedTo(13))).toEqual(["TOO_MANY Question:q"]);
  });

  it("of undirected links count from both ends", async () => {
    const bank = await Bank.with([
      ...["a", "m", "z"].map((slug) => aConcept({ slug })),
      ...numbered("c", 12).map((slug) => aConcept({ slug })),
      ...numbered("c", 6).map((slug) => aLink("RELATED_TO", "Concept:m", `Concept:${slug}`)),
      ...numbered("c", 12)
        .slice(6)
        .map((slug) => aLink("RELATED_TO", `Concept:${slug}`, "Concept:m")),
    ]);
    expect(await bank.refusal([aLink("RELATED_TO", "Concept:m", "Concept:z")])).toEqual(["TOO_MANY Concept:m"]);
    expect(await bank.refusal([aLink("RELATED_TO", "Concept:a", "Concept:m")])).toEqual(["TOO_MANY Concept:m"]);
  });

  it("hold for each name of an edge kind apart", async () => {
    const bank = await Bank.with([
      aTradeOff({ slug: "t" }),
      anOption({ tradeOff: "t", slug: "o" }),
      ...numbered("c", 9).map((slug) => aConcept({ slug })),
      ...numbered("c", 9).map((slug) => aTool({ slug })),
      ...numbered("c", 8).flatMap((slug) => [
        aLink("REALIZED_BY", "Option:t/o", `Concept:${slug}`),
        aLink("REALIZED_BY", "Option:t/o", `Tool:${slug}`),
      ]),
    ]);
    expect(
      (await bank.findings([aLink("REALIZED_BY", "Option:t/o", "Tool:c08")])).map((finding) => finding.field),
    ).toEqual(["tools"]);
    expect(
      (await bank.findings([aLink("REALIZED_BY", "Option:t/o", "Concept:c08")])).map((finding) => finding.field),
    ).toEqual(["concepts"]);
  });

  it("are one where a relation leads to one", async () => {
    const bank = await Bank.with([
      ...["a", "b", "c"].map((slug) => aTopic({ slug })),
      aLink("PART_OF", "Topic:a", "Topic:b"),
    ]);
    expect(await bank.findings([aLink("PART_OF", "Topic:a", "Topic:c")])).toMatchObject([
      { code: "TOO_MANY", subject: "Topic:a", field: "parent" },
    ]);
    expect(
      await bank.plan([aLink("PART_OF", "Topic:a", "Topic:c"), noLink("PART_OF", "Topic:a", "Topic:b")]),
    ).toHaveLength(2);
  });

  it("do not hold for relations that grow with the bank", async () => {
    const bank = new Bank();
    const slugs = numbered("q", 60);
    const plan = await bank.plan([
      aRole({ slug: "r" }),
      ...slugs.map((slug) => aQuestion({ slug })),
      ...slugs.map((slug) => aLink("ASKED_OF", `Question:${slug}`, "Role:r")),
    ]);
    expect(plan).toHaveLength(121);
  });
});

describe("acyclic links", () => {
  const chain = (...slugs: string[]): Changes => [
    ...slugs.map((slug) => aConcept({ slug })),
    ...slugs.slice(1).map((slug, index) => aLink("PREREQUISITE_OF", `Concept:${slugs[index]}`, `Concept:${slug}`)),
  ];

  it("do not lead back through stored and new links; the whole way is told", async () => {
    const bank = await Bank.with(chain("a", "b", "c"));
    expect(await bank.findings([aLink("PREREQUISITE_OF", "Concept:c", "Concept:a")])).toMatchObject([
      {
        code: "CYCLE",
        message: expect.stringMatching(
          /^PREREQUISITE_OF must not lead back to its start, but does: (.+) → .+ → .+ → \1\.$/,
        ) as unknown,
      },
    ]);
    expect(
      await bank.refusal([
        aConcept({ slug: "d" }),
        aLink("PREREQUISITE_OF", "Concept:c", "Concept:d"),
        aLink("PREREQUISITE_OF", "Concept:d", "Concept:b"),
      ]),
    ).toEqual([expect.stringMatching(/^CYCLE Concept:/)]);
  });

  it("may close a way that the same change set opens elsewhere", async () => {
    const bank = await Bank.with(chain("a", "b", "c"));
    expect(
      await bank.plan([
        aLink("PREREQUISITE_OF", "Concept:c", "Concept:a"),
        noLink("PREREQUISITE_OF", "Concept:a", "Concept:b"),
      ]),
    ).toHaveLength(2);
  });

  it("are told of each group of nodes in a cycle once", async () => {
    const bank = await Bank.with([...chain("a", "b"), ...chain("x", "y")]);
    const found = await bank.refusal([
      aLink("PREREQUISITE_OF", "Concept:b", "Concept:a"),
      aLink("PREREQUISITE_OF", "Concept:y", "Concept:x"),
    ]);
    expect(found).toHaveLength(2);
  });

  it("may meet again without a cycle", async () => {
    const bank = await Bank.with(chain("a", "b", "d"));
    expect(
      await bank.plan([
        aConcept({ slug: "c" }),
        aLink("PREREQUISITE_OF", "Concept:a", "Concept:c"),
        aLink("PREREQUISITE_OF", "Concept:c", "Concept:d"),
      ]),
    ).toHaveLength(3);
  });

  it("are topics' places too, while follow-ups may lead back", async () => {
    const bank = await Bank.with([
      ...["a", "b"].map((slug) => aTopic({ slug })),
      ...["a", "b"].map((slug) => aQuestion({ slug })),
      aLink("PART_OF", "Topic:a", "Topic:b"),
      aLink("FOLLOWED_BY", "Question:a", "Question:b"),
    ]);
    expect(await bank.refusal([aLink("PART_OF", "Topic:b", "Topic:a")])).toEqual([
      expect.stringMatching(/^CYCLE Topic:/),
    ]);
    expect(await bank.plan([aLink("FOLLOWED_BY", "Question:b", "Question:a")])).toHaveLength(1);
  });

  it("are followed along a chain of 3,000 without running out of stack", async () => {
    const slugs = numbered("c", 3_000);
    const bank = await Bank.with(slugs.map((slug) => aConcept({ slug })));
    await bank.commit(
      slugs.slice(1).map((slug, index) => aLink("PREREQUISITE_OF", `Concept:${slugs[index]}`, `Concept:${slug}`)),
    );
    expect(await bank.refusal([aLink("PREREQUISITE_OF", `Concept:${slugs.at(-1)}`, "Concept:c00")])).toEqual([
      "CYCLE Concept:c00",
    ]);
  });
});

describe("owned things", () => {
  const bank = () =>
    Bank.with([
      aQuestion({ slug: "p" }),
      aQuestion({ slug: "q" }),
      aCriterion({ question: "p", slug: "c" }),
      aCriterion({ question: "q", slug: "c" }),
      aModelAnswer({ question: "q", slug: "full" }),
    ]);

  it("hang under their own owner and link within it", async () => {
    expect(await (await bank()).refusal([aLink("JUDGED_BY", "Question:p", "Criterion:q/c")])).toContain(
      "WRONG_ENDS JUDGED_BY Question:p Criterion:q/c",
    );
    expect(await (await bank()).refusal([aLink("MEETS", "ModelAnswer:q/full", "Criterion:p/c")])).toEqual([
      "WRONG_ENDS MEETS ModelAnswer:q/full Criterion:p/c",
    ]);
    expect(await (await bank()).plan([aLink("MEETS", "ModelAnswer:q/full", "Criterion:q/c")])).toHaveLength(1);
  });
});

describe("a follow-up's criteria", () => {
  const bank = () =>
    Bank.with([
      aQuestion({ slug: "p" }),
      aQuestion({ slug: "q" }),
      aCriterion({ question: "p", slug: "c" }),
      aCriterion({ question: "p", slug: "d" }),
      aCriterion({ question: "q", slug: "c" }),
      aLink("FOLLOWED_BY", "Question:p", "Question:q", { when: "MISSING", criteria: ["Criterion:p/c"] }),
    ]);

  it("are existing ones of the first question", async () => {
    const followed = (...criteria: string[]) =>
      aLink("FOLLOWED_BY", "Question:p", "Question:q", { when: "MET", criteria });
    expect(await (await bank()).plan([followed("Criterion:p/d")])).toHaveLength(1);
    expect(
      await (await bank()).findings([followed("Criterion:p/c", "Criterion:q/c", "Criterion:p/none")]),
    ).toMatchObject([
      {
        code: "INVALID_REFERENCE",
        field: "criteria",
        message: expect.stringContaining("but got: Criterion:q/c.") as unknown,
      },
      {
        code: "INVALID_REFERENCE",
        field: "criteria",
        message: expect.stringContaining("but got: Criterion:p/none.") as unknown,
      },
    ]);
  });

  it("cannot be removed from under it, but with it", async () => {
    const unjudged = (slug: string) => [
      noLink("JUDGED_BY", "Question:p", `Criterion:p/${slug}`),
      removal(`Criterion:p/${slug}`),
    ];
    expect(await (await bank()).refusal(unjudged("c"))).toEqual([
      "INVALID_REFERENCE FOLLOWED_BY Question:p Question:q",
    ]);
    expect(await (await bank()).plan(unjudged("d"))).toHaveLength(2);
    expect(
      await (await bank()).plan([...unjudged("c"), noLink("FOLLOWED_BY", "Question:p", "Question:q")]),
    ).toHaveLength(3);
    expect(await (await bank()).plan([removal("Question:p")])).toHaveLength(6);
  });
});

describe("assessments", () => {
  const regimes = [
    { slug: "small", title: "Small" },
    { slug: "large", title: "Large" },
  ];
  const bank = () =>
    Bank.with([
      aTradeOff({ slug: "t", regimes }),
      aQuality({ slug: "l" }),
      aQuality({ slug: "m" }),
      anOption({ tradeOff: "t", slug: "o" }),
      anAssessment({ tradeOff: "t", option: "o", quality: "l", slug: "a" }),
    ]);
  const another = (slug: string, rest: { quality?: string; regime?: string } = {}) =>
    anAssessment({ tradeOff: "t", option: "o", quality: "l", slug, ...rest });

  it("are one for an option, a quality and a regime", async () => {
    expect(await (await bank()).findings([another("b")])).toMatchObject([
      {
        code: "DUPLICATE",
        subject: "Assessment:t/b",
        message: "Option:t/o is assessed on Quality:l twice, by Assessment:t/a and Assessment:t/b.",
      },
    ]);
    expect(
      await (
        await bank()
      ).plan([another("b", { regime: "small" }), another("c", { regime: "large" }), another("d", { quality: "m" })]),
    ).toHaveLength(9);
    expect(
      await (await bank()).refusal([another("b", { regime: "small" }), another("c", { regime: "small" })]),
    ).toEqual(["DUPLICATE Assessment:t/c"]);
  });

  it("that repeat another are each told, in the order of their ids", async () => {
    const findings = await (await bank()).findings([another("d"), another("c"), another("b")]);
    expect(findings.map((finding) => finding.message)).toEqual(
      ["a and Assessment:t/b", "b and Assessment:t/c", "c and Assessment:t/d"].map(
        (pair) => `Option:t/o is assessed on Quality:l twice, by Assessment:t/${pair}.`,
      ),
    );
  });

  it("become one too many by a change of quality or regime", async () => {
    const two = await bank();
    await two.commit([another("b", { quality: "m" }), another("c", { regime: "small" })]);
    expect(
      await two.refusal([noLink("ON", "Assessment:t/b", "Quality:m"), aLink("ON", "Assessment:t/b", "Quality:l")]),
    ).toEqual(["DUPLICATE Assessment:t/b"]);
    expect(await two.refusal([patch("Assessment:t/c", { regime: null })])).toEqual(["DUPLICATE Assessment:t/c"]);
  });

  it("name regimes of their trade-off, also when the trade-off changes", async () => {
    expect(await (await bank()).findings([another("b", { regime: "huge" })])).toMatchObject([
      {
        code: "INVALID_REFERENCE",
        subject: "Assessment:t/b",
        field: "regime",
        message: 'Assessment:t/b: regime must be one of the trade-off\'s (small, large), but got: "huge".',
      },
    ]);
    const used = await bank();
    await used.commit([another("b", { regime: "small" })]);
    expect(await used.refusal([patch("TradeOff:t", { regimes: [regimes[1]] })])).toEqual([
      "INVALID_REFERENCE Assessment:t/b",
    ]);
    expect(await used.plan([patch("TradeOff:t", { regimes: [regimes[0]] })])).toHaveLength(1);
  });
});

describe("evidence", () => {
  const bank = () =>
    Bank.with([
      aTradeOff({ slug: "t" }),
      aQuality({ slug: "l" }),
      anOption({ tradeOff: "t", slug: "o" }),
      anAssessment({ tradeOff: "t", option: "o", quality: "l", slug: "a" }),
      aFlipCondition({ tradeOff: "t", quality: "l", slug: "f" }),
      aMetric({ slug: "m" }),
      aSource({ slug: "s" }),
      aBenchmark({ slug: "b", source: "s" }),
      aMeasurement({ benchmark: "b", metric: "m", slug: "x" }),
    ]);

  it("of a flip condition has a side, and other evidence has none", async () => {
    const figure = "Measurement:b/x";
    expect(await (await bank()).findings([aLink("EVIDENCED_BY", "FlipCondition:t/f", figure)])).toMatchObject([
      { code: "INVALID_FIELD", field: "side" },
    ]);
    expect(
      await (await bank()).findings([aLink("EVIDENCED_BY", "Assessment:t/a", figure, { side: "AFTER" })]),
    ).toMatchObject([{ code: "INVALID_FIELD", field: "side" }]);
    expect(
      await (
        await bank()
      ).plan([
        aLink("EVIDENCED_BY", "FlipCondition:t/f", figure, { side: "AFTER" }),
        aLink("EVIDENCED_BY", "Assessment:t/a", figure),
      ]),
    ).toHaveLength(2);
  });
});

describe("nodes in use", () => {
  it("are not removed while links from elsewhere lead to them; at most five of those are named", async () => {
    const slugs = numbered("q", 9);
    const bank = await Bank.with([
      aConcept({ slug: "c" }),
      ...slugs.map((slug) => aQuestion({ slug })),
      ...slugs.slice(0, 6).map((slug) => aLink("ABOUT", `Question:${slug}`, "Concept:c")),
      aTool({ slug: "t" }),
      aLink("IMPLEMENTS", "Tool:t", "Concept:c"),
    ]);
    expect((await bank.findings([removal("Concept:c")])).map((finding) => finding.message)).toEqual([
      "Concept:c cannot be removed while Question:q00, Question:q01, Question:q02, Question:q03, Question:q04 and others link to it.",
    ]);
    const unlinked = slugs.slice(0, 6).map((slug) => noLink("ABOUT", `Question:${slug}`, "Concept:c"));
    expect((await bank.findings([removal("Concept:c"), ...unlinked])).map((finding) => finding.message)).toEqual([
      "Concept:c cannot be removed while Tool:t links to it.",
    ]);
    expect(
      await bank.plan([...unlinked, noLink("IMPLEMENTS", "Tool:t", "Concept:c"), removal("Concept:c")]),
    ).toHaveLength(8);
  });

  it("take links that they hold themselves with them, and those of things that they own", async () => {
    const bank = await Bank.with([
      aQuestion({ slug: "q", prompt: "[c](concept:c)" }),
      aConcept({ slug: "c" }),
      aConcept({ slug: "d" }),
      aRole({ slug: "r" }),
      aLink("ASKED_OF", "Question:q", "Role:r"),
      aLink("RELATED_TO", "Concept:d", "Concept:c"),
      aLink("PREREQUISITE_OF", "Concept:d", "Concept:c"),
    ]);
    expect(await bank.plan([removal("Question:q")])).toHaveLength(3);
    await bank.commit([removal("Question:q")]);
    expect(await bank.plan([removal("Concept:c")])).toHaveLength(3);
    expect(await bank.refusal([removal("Concept:d")])).toEqual(["NODE_IN_USE Concept:d"]);
  });

  it("are those of the same change set, too: what it makes and removes again cannot be linked", async () => {
    const bank = await Bank.with([aQuestion({ slug: "q" })]);
    const passing = [aConcept({ slug: "c" }), aLink("ABOUT", "Question:q", "Concept:c"), removal("Concept:c")];
    expect(await bank.refusal(passing)).toEqual(["NODE_IN_USE Concept:c"]);
    expect(await bank.plan([...passing, noLink("ABOUT", "Question:q", "Concept:c")])).toEqual([]);
  });
});
