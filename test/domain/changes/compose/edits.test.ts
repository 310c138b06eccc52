import { putLink, removeLink, reorderList } from "../../../../src/domain/changes/compose/edit-links";
import { removeNode, renameNode } from "../../../../src/domain/changes/compose/save-node";
import { globalId } from "../../../../src/domain/ids";
import { type EdgeRelation, relations } from "../../../../src/domain/ontology/relations";
import { id } from "../../../builders/changes";
import { inputOf } from "../../../builders/node-input";
import { aLink } from "../../../builders/links";
import { aConcept, aQuestion, aRole, aTopic } from "../../../builders/nodes";
import { aCriterion } from "../../../builders/owned-nodes";
import { Authored } from "./composing";

const followUps = relations["Question.followUps"] as EdgeRelation;
const subtopics = relations["Topic.subtopics"] as EdgeRelation;

const bank = () =>
  Authored.with([
    ...["q", "a", "b", "c"].map((slug) => aQuestion({ slug })),
    ...["a", "b", "c"].map((slug) => aLink("FOLLOWED_BY", "Question:q", `Question:${slug}`)),
    ...aCriterion({ question: "q", slug: "x" }),
    ...aCriterion({ question: "q", slug: "y" }),
    aConcept({ slug: "hnsw" }),
    aRole({ slug: "r" }),
    ...["t", "u", "v"].map((slug) => aTopic({ slug })),
    aLink("PART_OF", "Topic:u", "Topic:t"),
    aLink("PART_OF", "Topic:v", "Topic:t"),
  ]);

describe("single edits", () => {
  it("remove a node with what it owns, and say who needs one that cannot go", async () => {
    const authored = await bank();
    expect((await authored.save(removeNode("Question:a"))).faults).toEqual([["NODE_IN_USE", ["node"]]]);
    expect((await authored.save(removeNode("Criterion:q/y"))).changes).toEqual([
      "- Criterion:q/y",
      "- JUDGED_BY Question:q Criterion:q/y",
    ]);
    expect((await authored.save(removeNode(globalId(id("Question:q"))))).changes).toEqual([
      "- Criterion:q/x",
      "- Question:q",
      "- JUDGED_BY Question:q Criterion:q/x",
      "- FOLLOWED_BY Question:q Question:a",
      "- FOLLOWED_BY Question:q Question:b",
      "- FOLLOWED_BY Question:q Question:c",
    ]);
    expect((await authored.save(removeNode("Question:q"))).faults).toEqual([["TARGET_NOT_FOUND", ["node"]]]);
    expect((await authored.save(removeNode("q"))).faults).toEqual([["INVALID_REFERENCE", ["node"]]]);
  });

  it("rename a node, or an owned one within its owner", async () => {
    const authored = await bank();
    expect((await authored.save(renameNode("Criterion:q/x", "z"))).changes).toEqual(["~ Criterion:q/x"]);
    expect((await authored.save(renameNode("Question:q", "a"))).faults).toEqual([["SLUG_TAKEN", ["slug"]]]);
    expect((await authored.save(renameNode("Question:q", "Two Sum"))).faults).toEqual([["INVALID_SLUG", ["slug"]]]);
    await authored.save(renameNode("Question:q", "z"));
    expect(authored.view().nodes.get(id("Criterion:q/x"))?.slug).toBe("z/z");
  });

  it("link and unlink, by slug where an end is of one kind", async () => {
    const authored = await bank();
    const link = { edge: "ABOUT", from: "q", to: "hnsw" } as const;
    const put = putLink(link, { reason: "It is used.", emphasis: "TEACHES" });
    expect((await authored.save(put)).changes).toEqual(["+ ABOUT Question:q Concept:hnsw"]);
    expect((await authored.save(put)).changes).toEqual([]);
    expect((await authored.save(putLink(link, { emphasis: "ASSUMES" }))).changes).toEqual([
      "~ ABOUT Question:q Concept:hnsw",
    ]);
    expect((await authored.save(removeLink(link))).changes).toEqual(["- ABOUT Question:q Concept:hnsw"]);
    expect((await authored.save(removeLink(link))).faults).toEqual([["TARGET_NOT_FOUND", []]]);
  });

  it.each<[string, Parameters<typeof putLink>, [string, (string | number)[]][]]>([
    [
      "ends the wrong way round",
      [{ edge: "ABOUT", from: "Concept:hnsw", to: "Question:q" }, { reason: "So." }],
      [
        ["INVALID_REFERENCE", ["from"]],
        ["INVALID_REFERENCE", ["to"]],
      ],
    ],
    [
      "a slug where the kind is open",
      [{ edge: "RELATED_TO", from: "q", to: "Question:a" }, { reason: "So." }],
      [["INVALID_REFERENCE", ["from"]]],
    ],
    [
      "kinds that do not go together",
      [{ edge: "RELATED_TO", from: "Question:q", to: "Concept:hnsw" }, { reason: "So." }],
      [["WRONG_ENDS", []]],
    ],
    ["an absent end", [{ edge: "ABOUT", from: "q", to: "hnws" }, { reason: "So." }], [["TARGET_NOT_FOUND", ["to"]]]],
    [
      "an absent end and a fault in what it carries",
      [{ edge: "ABOUT", from: "q", to: "hnws" }, { reason: "" }],
      [
        ["TARGET_NOT_FOUND", ["to"]],
        ["INVALID_FIELD", ["properties", "reason"]],
      ],
    ],
    [
      "a property of another edge kind",
      [{ edge: "ASKED_OF", from: "q", to: "r" }, { reason: "So." }],
      [["UNKNOWN_FIELD", ["properties", "reason"]]],
    ],
    [
      "what a criterion is not of",
      [
        { edge: "FOLLOWED_BY", from: "a", to: "b" },
        { reason: "So.", when: "MET", criteria: ["q/x"] },
      ],
      [["INVALID_REFERENCE", ["properties", "criteria"]]],
    ],
  ])("refuse a link with %s", async (_, [link, properties], faults) => {
    expect(await (await bank()).save(putLink(link, properties))).toEqual({ changes: [], faults });
  });

  it("put the named links first and leave the others behind them", async () => {
    const authored = await bank();
    await authored.save(reorderList(followUps, "q", ["c", "Question:b"]));
    const order = () =>
      (inputOf(authored.view(), id("Question:q"))["followUps"] as { node: string }[]).map(({ node }) => node);
    expect(order()).toEqual(["Question:c", "Question:b", "Question:a"]);
    expect((await authored.save(reorderList(followUps, "q", ["c"]))).changes).toEqual([]);
    expect((await authored.save(reorderList(followUps, "q", ["c", "q", "c"]))).faults).toEqual([
      ["TARGET_NOT_FOUND", ["nodes", 1]],
      ["DUPLICATE", ["nodes", 2]],
    ]);
    await authored.save(reorderList(subtopics, "t", ["v"]));
    expect(inputOf(authored.view(), id("Topic:t"))).toHaveProperty("subtopics", ["Topic:v", "Topic:u"]);
  });
});
