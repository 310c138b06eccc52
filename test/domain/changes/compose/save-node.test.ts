import { saveNode } from "../../../../src/domain/changes/compose/save-node";
import { globalId } from "../../../../src/domain/ids";
import { type Changes, id, removal, renaming } from "../../../builders/changes";
import { aLink } from "../../../builders/links";
import { aConcept, aMetric, aQuality, aQuestion, aSource, aTopic, aTradeOff } from "../../../builders/nodes";
import {
  aBenchmark,
  aCriterion,
  aMeasurement,
  aModelAnswer,
  anAssessment,
  anOption,
} from "../../../builders/owned-nodes";
import { inputOf } from "../../../builders/node-input";
import { Authored } from "./composing";

const about = (node: string, rest: object = {}) => ({ node, reason: "It matters.", emphasis: "ASSUMES", ...rest });

const bank = (more: Changes = []) =>
  Authored.with([
    aQuestion({ slug: "q", hints: ["One."], estimatedMinutes: 20 }),
    ...["a", "b", "c"].map((slug) => aConcept({ slug })),
    ...["p", "r", "s"].map((slug) => aQuestion({ slug })),
    aTopic({ slug: "t" }),
    ...more,
  ]);

describe("saving a node", () => {
  it("creates it under a slug that no node has, with all that is written at it", async () => {
    const authored = await bank([
      aSource({ slug: "s" }),
      aMetric({ slug: "m" }),
      ...aBenchmark({ source: "s", slug: "b" }),
      ...aMeasurement({ benchmark: "b", metric: "m", slug: "hnsw" }),
    ]);
    const { changes, faults } = await authored.save(
      saveNode("Question", {
        slug: "new",
        title: "New",
        prompt: "Why?",
        format: "TECHNICAL",
        difficulty: "EASY",
        concepts: [about("a"), about("Concept:b", { emphasis: "TEACHES" }), about(globalId(id("Concept:c")))],
        criteria: [
          { slug: "first", statement: "States it.", weight: 2 },
          { slug: "second", statement: "Measures it.", weight: 3 },
        ],
        answers: [
          {
            slug: "concise",
            level: "CONCISE",
            summary: "Briefly.",
            body: "Measure.",
            meets: [{ node: "second", where: "Start" }, { node: "Criterion:new/first" }],
            evidence: [{ node: "b/hnsw", reason: "It shows.", supports: true }],
          },
        ],
        followUps: [{ node: "q", reason: "It goes on.", when: "MISSING", criteria: ["first"] }],
        related: [{ node: "p", reason: "Alike." }],
      }),
    );
    expect(faults).toEqual([]);
    expect(changes).toEqual([
      "+ Criterion:new/first",
      "+ Criterion:new/second",
      "+ ModelAnswer:new/concise",
      "+ Question:new",
      "+ ABOUT Question:new Concept:a",
      "+ ABOUT Question:new Concept:b",
      "+ ABOUT Question:new Concept:c",
      "+ JUDGED_BY Question:new Criterion:new/first",
      "+ JUDGED_BY Question:new Criterion:new/second",
      "+ ANSWERED_BY Question:new ModelAnswer:new/concise",
      "+ MEETS ModelAnswer:new/concise Criterion:new/first",
      "+ MEETS ModelAnswer:new/concise Criterion:new/second",
      "+ FOLLOWED_BY Question:new Question:q",
      "+ RELATED_TO Question:new Question:p",
      "+ EVIDENCED_BY ModelAnswer:new/concise Measurement:b/hnsw",
    ]);
    expect(inputOf(authored.view(), id("Question:new"))).toMatchObject({
      followUps: [{ node: "Question:q", criteria: ["Criterion:new/first"] }],
    });
  });

  it("leaves what is left out, clears what is null, and takes an empty list for none", async () => {
    const authored = await bank([aLink("ABOUT", "Question:q", "Concept:a")]);
    await authored.save(saveNode("Question", { slug: "q", title: "Other", estimatedMinutes: null, hints: [] }));
    const saved = inputOf(authored.view(), id("Question:q"));
    expect(saved).toMatchObject({ title: "Other", difficulty: "MEDIUM", concepts: [{ node: "Concept:a" }] });
    expect(saved).not.toHaveProperty("estimatedMinutes");
    expect(saved).not.toHaveProperty("hints");
  });

  it("takes a given list for the whole list", async () => {
    const authored = await bank([
      aLink("ABOUT", "Question:q", "Concept:a", { reason: "Kept." }),
      aLink("ABOUT", "Question:q", "Concept:b"),
    ]);
    const concepts = [about("c"), { node: "a", emphasis: "TEACHES" }];
    expect((await authored.save(saveNode("Question", { slug: "q", concepts }))).changes).toEqual([
      "~ ABOUT Question:q Concept:a",
      "- ABOUT Question:q Concept:b",
      "+ ABOUT Question:q Concept:c",
    ]);
    expect(inputOf(authored.view(), id("Question:q"))).toHaveProperty("concepts", [
      { node: "Concept:a", reason: "Kept.", emphasis: "TEACHES" },
      { node: "Concept:c", reason: "It matters.", emphasis: "ASSUMES" },
    ]);
    expect((await authored.save(saveNode("Question", { slug: "q", concepts: null }))).changes).toHaveLength(2);
  });

  it("puts an ordered list in the order given, and touches no position that fits", async () => {
    const authored = await bank([
      aLink("COVERS", "Topic:t", "Question:p", {}, 3),
      aLink("COVERS", "Topic:t", "Question:q", {}, 5),
    ]);
    const cover = (questions: string[]) => authored.save(saveNode("Topic", { slug: "t", questions }));
    expect((await cover(["p", "q", "r"])).changes).toEqual(["+ COVERS Topic:t Question:r"]);
    expect((await cover(["q", "r"])).changes).toEqual(["- COVERS Topic:t Question:p"]);
    await cover(["s", "r", "q"]);
    expect(inputOf(authored.view(), id("Topic:t"))).toHaveProperty("questions", [
      "Question:s",
      "Question:r",
      "Question:q",
    ]);
  });

  it("removes nested things that a given list does not hold, and keeps those that it names", async () => {
    const authored = await bank([
      ...aCriterion({ question: "q", slug: "x" }),
      ...aCriterion({ question: "q", slug: "y" }),
      ...aModelAnswer({ question: "q", slug: "full" }),
      aLink("MEETS", "ModelAnswer:q/full", "Criterion:q/x"),
    ]);
    const drop = { slug: "q", criteria: [{ slug: "y" }] };
    expect(await authored.save(saveNode("Question", drop))).toEqual({
      changes: [],
      faults: [["NODE_IN_USE", ["criteria"]]],
    });
    const both = { ...drop, answers: [{ slug: "full", meets: [{ node: "y" }] }] };
    expect((await authored.save(saveNode("Question", both))).changes).toEqual([
      "- Criterion:q/x",
      "- JUDGED_BY Question:q Criterion:q/x",
      "- MEETS ModelAnswer:q/full Criterion:q/x",
      "+ MEETS ModelAnswer:q/full Criterion:q/y",
    ]);
  });

  it("moves an assessment to the option that it is now written at, even when its old one goes", async () => {
    const authored = await bank([
      aTradeOff({ slug: "t" }),
      aQuality({ slug: "latency" }),
      ...["old", "new"].flatMap((slug) => anOption({ tradeOff: "t", slug })),
      ...anAssessment({ tradeOff: "t", option: "old", quality: "latency", slug: "fast" }),
    ]);
    const options = [{ slug: "new", assessments: [{ slug: "fast" }] }];
    expect((await authored.save(saveNode("TradeOff", { slug: "t", options }))).changes).toEqual([
      "- Option:t/old",
      "- OFFERS TradeOff:t Option:t/old",
      "+ ASSESSED_AS Option:t/new Assessment:t/fast",
      "- ASSESSED_AS Option:t/old Assessment:t/fast",
    ]);
  });

  it("finds a node by its id and its things by their own slugs after both were renamed", async () => {
    const authored = await bank([
      ...aCriterion({ question: "q", slug: "x" }),
      renaming("Question:q", "q2"),
      renaming("Criterion:q/x", "x2"),
    ]);
    for (const name of [{ slug: "q2" }, { id: "Question:q" }, { id: globalId(id("Question:q")) }]) {
      const criteria = [
        { slug: "x2", weight: 5 },
        { slug: "z", statement: "New.", weight: 1 },
      ];
      const { changes } = await authored.save(saveNode("Question", { ...name, criteria }));
      expect(changes.length === 0 || changes.includes("+ Criterion:q/z")).toBe(true);
    }
    expect([...authored.view().nodes.values()].map(({ slug }) => slug)).toEqual(
      expect.arrayContaining(["q2", "q2/x2", "q2/z"]),
    );
  });

  it("brings a removed node back as itself, under the slug it is given", async () => {
    const authored = await bank([aConcept({ slug: "old" }), renaming("Concept:old", "new"), removal("Concept:old")]);
    expect((await authored.save(saveNode("Concept", { slug: "a", title: "A" }))).faults).toEqual([]);
  });

  it.each<[string, object, [string, (string | number)[]][]]>([
    [
      "a target that is not there",
      { concepts: [about("a"), about("none")] },
      [["TARGET_NOT_FOUND", ["concepts", 1, "node"]]],
    ],
    [
      "what a link to nothing would carry",
      { concepts: [{ ...about("none"), reason: "", emphasis: "SHOUTS" }] },
      [
        ["TARGET_NOT_FOUND", ["concepts", 0, "node"]],
        ["INVALID_FIELD", ["concepts", 0, "reason"]],
        ["INVALID_FIELD", ["concepts", 0, "emphasis"]],
      ],
    ],
    ["a bare target that is not there", { roles: ["nobody"] }, [["TARGET_NOT_FOUND", ["roles", 0]]]],
    ["a target of another kind", { concepts: [about("Topic:t")] }, [["INVALID_REFERENCE", ["concepts", 0, "node"]]]],
    ["a target that no slug can be", { roles: ["Two Sum"] }, [["INVALID_REFERENCE", ["roles", 0]]]],
    ["a target named twice", { concepts: [about("a"), about("Concept:a")] }, [["DUPLICATE", ["concepts", 1]]]],
    [
      "a link without its reason",
      { concepts: [{ node: "a", emphasis: "TEACHES" }] },
      [["REQUIRED_FIELD", ["concepts", 0, "reason"]]],
    ],
    ["a value out of range", { estimatedMinutes: 500 }, [["INVALID_FIELD", ["estimatedMinutes"]]]],
    ["a bad entry of a list", { hints: ["Good.", " bad"] }, [["INVALID_FIELD", ["hints", 1]]]],
    ["a required field that is cleared", { title: null }, [["REQUIRED_FIELD", ["title"]]]],
    ["an own slug that cannot be", { criteria: [{ slug: "No Way" }] }, [["INVALID_SLUG", ["criteria", 0, "slug"]]]],
    [
      "a nested thing that lacks a field",
      { criteria: [{ slug: "x", weight: 1 }] },
      [["REQUIRED_FIELD", ["criteria", 0, "statement"]]],
    ],
    [
      "a question that follows itself",
      { followUps: [{ node: "q", reason: "So.", when: "ALWAYS" }] },
      [["WRONG_ENDS", ["followUps", 0]]],
    ],
    [
      "a follow-up's criterion of another question",
      { followUps: [{ node: "p", reason: "So.", when: "MET", criteria: ["p/x"] }] },
      [["TARGET_NOT_FOUND", ["followUps", 0, "criteria", 0]]],
    ],
    [
      "everything at once",
      { title: "", concepts: [about("none")], criteria: [{ slug: "x", weight: 9 }] },
      [
        ["TARGET_NOT_FOUND", ["concepts", 0, "node"]],
        ["INVALID_FIELD", ["title"]],
        ["INVALID_FIELD", ["criteria", 0, "weight"]],
      ],
    ],
  ])("tells where the fault is: %s", async (_, input, faults) => {
    const authored = await bank();
    expect(await authored.save(saveNode("Question", { slug: "q", ...input }))).toEqual({ changes: [], faults });
  });

  it("tells of a cycle and of a full list at the link that makes for it", async () => {
    const authored = await bank([
      aLink("PREREQUISITE_OF", "Concept:a", "Concept:b"),
      ...["t1", "t2", "t3", "t4", "t5", "t6"].flatMap((slug) => [
        aTopic({ slug }),
        aLink("COVERS", `Topic:${slug}`, "Question:q"),
      ]),
    ]);
    const prerequisites = [
      { node: "c", reason: "First." },
      { node: "b", reason: "First." },
    ];
    expect((await authored.save(saveNode("Concept", { slug: "a", prerequisites }))).faults).toEqual([
      ["CYCLE", ["prerequisites", 1]],
    ]);
    expect((await authored.save(saveNode("Topic", { slug: "t", questions: ["p", "q"] }))).faults).toEqual([
      ["TOO_MANY", ["questions", 1]],
    ]);
  });

  it("does not take a former slug for the name of a node, nor neither name nor both", async () => {
    const authored = await bank([renaming("Concept:a", "z")]);
    const faults = async (input: object) => (await authored.save(saveNode("Concept", { title: "A", ...input }))).faults;
    expect(await faults({ slug: "a" })).toEqual([["SLUG_TAKEN", ["slug"]]]);
    expect(await authored.messages(saveNode("Concept", { slug: "a" }))).toEqual([
      '"a" was the slug of what is now "z", and stays its own. Did you mean "z"?',
    ]);
    expect(await faults({})).toEqual([["REQUIRED_FIELD", []]]);
    expect(await faults({ slug: "z", id: "Concept:a" })).toEqual([["REQUIRED_FIELD", []]]);
    expect(await faults({ id: "Concept:none" })).toEqual([["TARGET_NOT_FOUND", ["id"]]]);
  });

  it("suggests near names", async () => {
    const authored = await bank([aConcept({ slug: "tail-latency" })]);
    expect(await authored.messages(saveNode("Question", { slug: "q", concepts: [about("tail-latencies")] }))).toEqual([
      'There is no Concept "tail-latencies". Did you mean "tail-latency"?',
    ]);
  });
});
