import type { Change } from "../../../src/domain/changes/change-set";
import { checkForm } from "../../../src/domain/changes/check-change";
import type { Finding } from "../../../src/domain/errors";
import { aConcept, aMetric, aQuestion, aSource, aTopic, aTradeOff } from "../../builders/nodes";
import { aBenchmark, aMeasurement } from "../../builders/owned-nodes";
import { aLink } from "../../builders/links";
import { id, patch, renaming } from "../../builders/changes";
import { Bank } from "./planning";

/** The only finding that planning the change gives, on a bank with a question, a concept, a topic and a metric. */
async function onlyFinding(change: Change) {
  const bank = await Bank.with([aQuestion({ slug: "q" }), aConcept({ slug: "c" }), aTopic({ slug: "t" })]);
  const findings = await bank.findings([change]);
  expect(findings).toHaveLength(1);
  return findings[0];
}

describe("fields", () => {
  it.each<[string, Change, string]>([
    ["an empty title", patch("Question:q", { title: "" }), "Question:q: title must not be empty."],
    [
      "a title with blanks around it",
      patch("Question:q", { title: " x" }),
      "Question:q: title must be one line without spaces around it.",
    ],
    [
      "a title of two lines",
      patch("Question:q", { title: "a\nb" }),
      "Question:q: title must be one line without spaces around it.",
    ],
    [
      "a title of 201 characters",
      patch("Question:q", { title: "x".repeat(201) }),
      "Question:q: title must be at most 200 characters.",
    ],
    [
      "half a surrogate pair",
      patch("Question:q", { title: "\ud835" }),
      "Question:q: title must not hold control characters or broken surrogate pairs.",
    ],
    [
      "a control character",
      patch("Question:q", { prompt: "a\u0000b" }),
      "Question:q: prompt must not hold control characters or broken surrogate pairs.",
    ],
    [
      "a level 1 heading",
      patch("Question:q", { prompt: "# Top" }),
      "Question:q: prompt must not hold a level 1 heading; use ## or deeper.",
    ],
    [
      "a repeated list value",
      patch("Question:q", { hints: ["A.", "A."] }),
      "Question:q: hints must not repeat a value.",
    ],
    ["an empty list", patch("Question:q", { hints: [] }), "Question:q: hints must not be empty; leave it out instead."],
  ])("must not hold %s", async (_, change, message) => {
    expect(await onlyFinding(change)).toMatchObject({ code: "INVALID_FIELD", message, change: 0 });
  });

  it.each<[string, Change, string]>([
    ["a value that is none of an enum's", patch("Question:q", { difficulty: "TRIVIAL" }), "difficulty"],
    ["a number out of range", patch("Question:q", { estimatedMinutes: 241 }), "estimatedMinutes"],
    ["a fraction where a whole number belongs", patch("Question:q", { estimatedMinutes: 1.5 }), "estimatedMinutes"],
    ["a text where a number belongs", patch("Question:q", { practicedCount: "45" }), "practicedCount"],
    ["an invalid value deep in a list", patch("Question:q", { hints: ["Fine.", ""] }), "hints.1"],
  ])("must not hold %s", async (_, change, field) => {
    expect(await onlyFinding(change)).toMatchObject({ code: "INVALID_FIELD", subject: "Question:q", field });
  });

  it("of objects and maps are checked to the bottom", async () => {
    const bank = await Bank.with([
      aTradeOff({ slug: "t" }),
      aMetric({ slug: "m" }),
      aSource({ slug: "s" }),
      aBenchmark({ slug: "b", source: "s" }),
    ]);
    const regimes = [{ slug: "Not kebab", title: "A" }];
    expect(await bank.findings([patch("TradeOff:t", { regimes })])).toMatchObject([
      { code: "INVALID_FIELD", field: "regimes.0.slug" },
    ]);
    const measured = aMeasurement({ benchmark: "b", metric: "m", slug: "x", params: { a: { deep: 1 } } as never });
    expect(await bank.findings([measured])).toMatchObject([
      { field: "params.a", message: "Measurement:b/x: params.a must be a line of text, a number, true or false." },
    ]);
  });

  it("must not hold negative zero, which JSON cannot tell from zero", async () => {
    const bank = await Bank.with([
      aMetric({ slug: "m" }),
      aSource({ slug: "s" }),
      aBenchmark({ slug: "b", source: "s" }),
    ]);
    await bank.commit(aMeasurement({ benchmark: "b", metric: "m", slug: "x" }));
    expect(await bank.findings([patch("Measurement:b/x", { value: -0 })])).toMatchObject([
      { code: "INVALID_FIELD", field: "value" },
    ]);
    expect(await bank.findings([patch("Measurement:b/x", { params: { a: -0 } })])).toMatchObject([
      { code: "INVALID_FIELD", field: "params.a" },
    ]);
    expect(await bank.plan([patch("Measurement:b/x", { value: 0 })])).toHaveLength(1);
  });

  it("that there are not are named, with near names", async () => {
    expect(await onlyFinding(patch("Question:q", { dificulty: "EASY" }))).toMatchObject({
      code: "UNKNOWN_FIELD",
      field: "dificulty",
      message: 'Question:q has no field "dificulty". Did you mean "difficulty"?',
      didYouMean: ["difficulty"],
    });
    expect(await onlyFinding(patch("Question:q", { constructor: 1 }))).toMatchObject({ code: "UNKNOWN_FIELD" });
  });

  it("that are required cannot be cleared, nor left out of a new node", async () => {
    expect(await onlyFinding(patch("Question:q", { title: null }))).toMatchObject({
      code: "REQUIRED_FIELD",
      field: "title",
    });
    expect(await onlyFinding(aConcept({ slug: "new", title: undefined }))).toMatchObject({
      code: "REQUIRED_FIELD",
      field: "title",
      subject: "Concept:new",
    });
    expect(await onlyFinding(aLink("ABOUT", "Question:q", "Concept:c", { reason: undefined }))).toMatchObject({
      code: "REQUIRED_FIELD",
      field: "reason",
    });
  });
});

describe("ids and slugs", () => {
  it.each([
    "question",
    "Nothing:a",
    "Question:",
    "Question:Not-Kebab",
    "Question:a/b",
    "Criterion:a",
    "",
    `Question:${"x".repeat(101)}`,
  ])("%j is not the id of a node", async (text) => {
    expect(await onlyFinding(patch(text, { title: "A" }))).toMatchObject({ code: "INVALID_SLUG", subject: text });
  });

  it.each(["Not kebab", "", "a/b", "a--b", "-a", "x".repeat(101)])("%j is not a slug", async (slug) => {
    expect(await onlyFinding(renaming("Question:q", slug))).toMatchObject({
      code: "INVALID_SLUG",
      subject: "Question:q",
    });
  });
});

describe("links", () => {
  it.each<[string, Change]>([
    ["of a kind that there is not", { ...aLink("ABOUT", "Question:q", "Concept:c"), edge: "ABUOT" } as never],
    ["between kinds that the edge kind does not link", aLink("ABOUT", "Concept:c", "Question:q")],
    ["between two kinds of an undirected edge", aLink("RELATED_TO", "Question:q", "Concept:c")],
    ["from a node to itself", aLink("RELATED_TO", "Concept:c", "Concept:c")],
    ["that are computed from texts", aLink("MENTIONS", "Question:q", "Concept:c")],
    ["between what are no ids", aLink("ABOUT", "q", "c")],
  ])("%s are refused", async (_, change) => {
    expect(await onlyFinding(change)).toMatchObject({ code: "WRONG_ENDS", change: 0 });
  });

  it("of a misspelt kind are told the kind that may have been meant", async () => {
    const change = { ...aLink("ABOUT", "Question:q", "Concept:c"), edge: "ABUOT" } as never;
    expect(await onlyFinding(change)).toMatchObject({ didYouMean: expect.arrayContaining(["ABOUT"]) as unknown });
  });

  it("have properties that are checked as fields are", async () => {
    expect(await onlyFinding(aLink("ABOUT", "Question:q", "Concept:c", { emphasis: "SHOUTS" }))).toMatchObject({
      code: "INVALID_FIELD",
      field: "emphasis",
    });
    expect(await onlyFinding(aLink("ABOUT", "Question:q", "Concept:c", { order: 1 }))).toMatchObject({
      code: "UNKNOWN_FIELD",
      field: "order",
    });
  });

  it.each([-1, 0.5, Number.NaN, 2 ** 53])("cannot have the order %d", async (order) => {
    expect(await onlyFinding(aLink("COVERS", "Topic:t", "Question:q", {}, order))).toMatchObject({
      code: "INVALID_FIELD",
      field: "order",
    });
  });

  it("of an unordered kind cannot have an order", async () => {
    expect(await onlyFinding(aLink("ABOUT", "Question:q", "Concept:c", {}, 0))).toMatchObject({
      code: "INVALID_FIELD",
      field: "order",
    });
  });

  it("to a node that does not exist name it, with near names", async () => {
    expect(await onlyFinding(aLink("ABOUT", "Question:q", "Concept:cc"))).toMatchObject({
      code: "TARGET_NOT_FOUND",
      message: 'Concept:cc does not exist. Did you mean "c"?',
      didYouMean: ["c"],
    });
  });

  it("with two ends that do not exist name both", async () => {
    const findings = await new Bank().findings([aLink("ABOUT", "Question:x", "Concept:y")]);
    expect(findings.map((finding) => finding.message)).toEqual([
      "Question:x does not exist.",
      "Concept:y does not exist.",
    ]);
  });

  it("that are not there cannot be removed", async () => {
    const change = { op: "removeEdge", edge: "ABOUT", from: id("Question:q"), to: id("Concept:c") } as const;
    expect(await onlyFinding(change)).toMatchObject({
      code: "TARGET_NOT_FOUND",
      subject: "ABOUT Question:q Concept:c",
    });
  });
});

describe("a change set", () => {
  it("can be checked before it is planned, which takes out what is at fault and brings links into stored order", () => {
    const findings: Finding[] = [];
    const sound = aLink("RELATED_TO", "Concept:a", "Concept:b", { reason: "They share a cost." });
    const turned = { ...sound, from: id("Concept:b"), to: id("Concept:a") };
    const changes = [patch("Question:q", { title: "" }), turned, aLink("ABOUT", "q", "c")];
    expect(checkForm({ title: "Some", changes }, findings)).toEqual({
      title: "Some",
      changes: [sound],
      isChecked: true,
    });
    expect(findings.map(({ code, change }) => [code, change])).toEqual([
      ["INVALID_FIELD", 0],
      ["WRONG_ENDS", 2],
    ]);
  });
});
