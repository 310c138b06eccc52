import { ChangeSetError } from "../../../src/domain/errors";
import { aConcept, aQuestion, aTool, aTopic } from "../../builders/nodes";
import { aCriterion } from "../../builders/owned-nodes";
import { aLink, noLink } from "../../builders/links";
import { patch, removal, renaming } from "../../builders/changes";
import { Bank, outline } from "./planning";

describe("a plan", () => {
  it("names nodes by id, then edges by kind, from, to, whatever the order of the changes", async () => {
    const bank = new Bank();
    const plan = await bank.plan([
      aTool({ slug: "b" }),
      aConcept({ slug: "z" }),
      aConcept({ slug: "a" }),
      aLink("IMPLEMENTS", "Tool:b", "Concept:z"),
      aQuestion({ slug: "q" }),
      aLink("ABOUT", "Question:q", "Concept:z"),
      aLink("ABOUT", "Question:q", "Concept:a"),
    ]);
    expect(outline(plan)).toEqual([
      "+ Concept:a",
      "+ Concept:z",
      "+ Question:q",
      "+ Tool:b",
      "+ ABOUT Question:q Concept:a",
      "+ ABOUT Question:q Concept:z",
      "+ IMPLEMENTS Tool:b Concept:z",
    ]);
  });

  it("holds each item once, as it was and as it will be", async () => {
    const bank = await Bank.with([aConcept({ slug: "a", title: "One", aliases: ["Uno"] })]);
    const plan = await bank.plan([
      patch("Concept:a", { title: "Two" }),
      patch("Concept:a", { title: "Three", aliases: null }),
      renaming("Concept:a", "b"),
    ]);
    const state = { id: "Concept:a", kind: "Concept", slug: "a", formerSlugs: [], texts: {} };
    const summary = "The slowest few requests.";
    expect(plan).toEqual([
      {
        node: "Concept:a",
        before: { ...state, fields: { title: "One", aliases: ["Uno"], summary } },
        after: { ...state, slug: "b", formerSlugs: ["a"], fields: { title: "Three", summary } },
      },
    ]);
  });

  it("leaves out what comes to nothing", async () => {
    const bank = await Bank.with([
      aQuestion({ slug: "q" }),
      aConcept({ slug: "a" }),
      aLink("ABOUT", "Question:q", "Concept:a"),
    ]);
    expect(
      await bank.plan([
        patch("Concept:a", { title: "Tail latency", aliases: null }),
        aLink("ABOUT", "Question:q", "Concept:a"),
        aConcept({ slug: "b" }),
        removal("Concept:b"),
        renaming("Question:q", "q"),
        noLink("ABOUT", "Question:q", "Concept:a"),
        aLink("ABOUT", "Question:q", "Concept:a"),
      ]),
    ).toEqual([]);
  });

  it("splits fields into light ones and long texts", async () => {
    const [change] = await new Bank().plan([aQuestion({ slug: "q", prompt: "Why?" })]);
    expect(change?.after).toMatchObject({ texts: { prompt: "Why?" } });
    expect(change?.after).not.toHaveProperty("fields.prompt");
  });

  it("puts new links of an ordered kind last, among those of their own end", async () => {
    const bank = await Bank.with([
      aTopic({ slug: "t" }),
      aTopic({ slug: "u" }),
      ...["a", "b", "c"].map((slug) => aQuestion({ slug })),
      aLink("COVERS", "Topic:t", "Question:a", {}, 5),
    ]);
    const plan = await bank.plan([
      aLink("COVERS", "Topic:t", "Question:b"),
      aLink("COVERS", "Topic:u", "Question:b"),
      aLink("COVERS", "Topic:t", "Question:c"),
    ]);
    expect(plan.map(({ after }) => after && "order" in after && after.order)).toEqual([6, 7, 0]);
  });

  it("orders by the end that the edge kind names: subtopics by their parent", async () => {
    const plan = await new Bank().plan([
      ...["root", "x", "y"].map((slug) => aTopic({ slug })),
      aLink("PART_OF", "Topic:y", "Topic:root"),
      aLink("PART_OF", "Topic:x", "Topic:root"),
    ]);
    expect(plan.slice(3).map(({ after }) => after && "order" in after && [after.from, after.order])).toEqual([
      ["Topic:x", 1],
      ["Topic:y", 0],
    ]);
  });

  it("stores an undirected edge from the smaller id, whichever way it is given", async () => {
    const bank = await Bank.with([aConcept({ slug: "a" }), aConcept({ slug: "b" })]);
    expect(outline(await bank.plan([aLink("RELATED_TO", "Concept:b", "Concept:a")]))).toEqual([
      "+ RELATED_TO Concept:a Concept:b",
    ]);
    await bank.commit([aLink("RELATED_TO", "Concept:b", "Concept:a")]);
    expect(outline(await bank.plan([noLink("RELATED_TO", "Concept:b", "Concept:a")]))).toEqual([
      "- RELATED_TO Concept:a Concept:b",
    ]);
  });

  it("takes a change set apart from its author's objects only in reading: it does not change them", async () => {
    const changes = [aQuestion({ slug: "q", hints: ["One."] }), ...aCriterion({ question: "q", slug: "c" })];
    const copy = structuredClone(changes);
    await new Bank().plan(changes);
    expect(changes).toEqual(copy);
  });
});

describe("a refusal", () => {
  it("tells every fault of form, of single changes and of the whole at once, each with its change", async () => {
    const bank = await Bank.with([
      aQuestion({ slug: "q" }),
      aConcept({ slug: "a" }),
      ...["b", "x", "y"].map((slug) => aConcept({ slug })),
      aLink("PREREQUISITE_OF", "Concept:x", "Concept:y"),
    ]);
    const findings = await bank.findings([
      patch("Concept:a", { title: "", colour: "red" }),
      patch("Question:q", { difficulty: "TRIVIAL", title: null }),
      renaming("Concept:b", "Not kebab"),
      aLink("ABOUT", "Concept:a", "Question:q"),
      aLink("ABOUT", "Question:q", "Concept:none"),
      removal("Tool:none"),
      aLink("PREREQUISITE_OF", "Concept:y", "Concept:x"),
      { ...patch("Concept:b", { title: "Mine" }), expectedRevision: 0 },
      ...aCriterion({ question: "none", slug: "c" }),
    ]);
    expect(findings.map(({ code, subject, field, change }) => [code, subject, field, change])).toEqual([
      ["INVALID_FIELD", "Concept:a", "title", 0],
      ["UNKNOWN_FIELD", "Concept:a", "colour", 0],
      ["INVALID_FIELD", "Question:q", "difficulty", 1],
      ["REQUIRED_FIELD", "Question:q", "title", 1],
      ["INVALID_SLUG", "Concept:b", undefined, 2],
      ["WRONG_ENDS", "ABOUT Concept:a Question:q", undefined, 3],
      ["TARGET_NOT_FOUND", "ABOUT Question:q Concept:none", undefined, 4],
      ["TARGET_NOT_FOUND", "Tool:none", undefined, 5],
      ["STALE_REVISION", "Concept:b", undefined, 7],
      ["TARGET_NOT_FOUND", "Criterion:none/c", undefined, 8],
      ["TARGET_NOT_FOUND", "JUDGED_BY Question:none Criterion:none/c", undefined, 9],
      ["CYCLE", "Concept:x", undefined, undefined],
    ]);
  });

  it("is an error whose message holds those of all findings", async () => {
    const plan = new Bank().plan([removal("Tool:a"), removal("Tool:b")]);
    await expect(plan).rejects.toThrow(ChangeSetError);
    await expect(plan).rejects.toMatchObject({
      code: "INVALID_CHANGE_SET",
      message: "Tool:a does not exist, so it cannot be removed.\nTool:b does not exist, so it cannot be removed.",
    });
  });

  it("tells one fault once, though several rules come upon it", async () => {
    expect(await new Bank().refusal(aCriterion({ question: "none", slug: "c" }))).toEqual([
      "TARGET_NOT_FOUND Criterion:none/c",
      "TARGET_NOT_FOUND JUDGED_BY Question:none Criterion:none/c",
    ]);
  });

  it("does not blame links for leading to a node of the same change set that is at fault itself", async () => {
    const bank = await Bank.with([aQuestion({ slug: "q" })]);
    expect(
      await bank.refusal([
        aConcept({ slug: "new", title: "" }),
        aLink("ABOUT", "Question:q", "Concept:new"),
        patch("Question:q", { prompt: "Why [new](concept:new)?" }),
        aQuestion({ slug: "p", title: "" }),
        ...aCriterion({ question: "p", slug: "c" }),
      ]),
    ).toEqual(["INVALID_FIELD Concept:new", "INVALID_FIELD Question:p"]);
  });
});
