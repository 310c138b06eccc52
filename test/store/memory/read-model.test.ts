import { planCommit } from "../../../src/domain/changes/plan-commit";
import { byId } from "../../../src/domain/graph/order";
import { type Head, emptyHead, nextHead } from "../../../src/store/memory/head";
import { viewAnswerBytes } from "../../../src/store/memory/read-model";
import { stateReader } from "../../../src/store/memory/memory-store";
import { aChangeSet, type Changes, id, patch, removal } from "../../builders/changes";
import { aLink, noLink } from "../../builders/links";
import { aConcept, aQuestion } from "../../builders/nodes";

const after = async (head: Head, changes: Changes): Promise<Head> =>
  nextHead(head, await planCommit(aChangeSet(changes), stateReader(head)));

const titles = ({ model }: Head) =>
  model
    .list({ kind: "Concept", first: 10, order: { by: "title", direction: "ASC" } })
    .nodes.map((node) => (node as { title?: string }).title);
const concepts = ({ model }: Head) =>
  model.page({ relation: "Question.concepts", first: 10 }, id("Question:q")).links.map((link) => link.node.id);

describe("the read model", () => {
  const bank: Changes = [
    aQuestion({ slug: "q" }),
    aConcept({ slug: "a", title: "B" }),
    aConcept({ slug: "b", title: "D" }),
    aLink("ABOUT", "Question:q", "Concept:a"),
    aLink("ABOUT", "Question:q", "Concept:b"),
  ];

  it("stays what it was when the next revision is made from it, twice and differently", async () => {
    const first = await after(emptyHead, bank);
    expect(titles(first)).toEqual(["B", "D"]);
    const left = await after(first, [patch("Concept:a", { title: "Z" }), aConcept({ slug: "c", title: "C" })]);
    const right = await after(first, [noLink("ABOUT", "Question:q", "Concept:a"), removal("Concept:a")]);
    expect([titles(first), titles(left), titles(right)]).toEqual([["B", "D"], ["C", "D", "Z"], ["D"]]);
    expect([concepts(first), concepts(left), concepts(right)]).toEqual([
      ["Concept:a", "Concept:b"],
      ["Concept:a", "Concept:b"],
      ["Concept:b"],
    ]);
    expect([first.model.revision, left.model.revision, right.model.revision]).toEqual([1, 2, 2]);
  });

  it("shares with the last revision what did not change", async () => {
    const first = await after(emptyHead, bank);
    const second = await after(first, [patch("Concept:a", { title: "Z" })]);
    expect(second.model.node(id("Concept:b"))).toBe(first.model.node(id("Concept:b")));
    expect(second.model.links(id("Question:q"), "Question.concepts")).toBe(
      first.model.links(id("Question:q"), "Question.concepts"),
    );
  });

  it("keeps answers to what is asked of one revision within their bytes, whatever is asked", async () => {
    const { model } = await after(emptyHead, bank);
    const [length, times] = [100_000, 120];
    for (let asked = 0; asked < times; asked++) {
      const value = `${asked}${"x".repeat(length)}`;
      model.list({ kind: "Question", first: 10, where: { and: [{ field: "format", in: [value] }] } });
      model.remember(
        value,
        () => asked,
        () => length,
      );
    }
    expect(2 * length * times).toBeGreaterThan(viewAnswerBytes);
    expect(model.answerUsage.bytes()).toBeGreaterThan(viewAnswerBytes / 2);
    expect(model.answerUsage.bytes()).toBeLessThanOrEqual(viewAnswerBytes);
  });

  it("refuses changes that were planned against another revision", async () => {
    const first = await after(emptyHead, bank);
    const plan = await planCommit(aChangeSet([noLink("ABOUT", "Question:q", "Concept:a")]), stateReader(first));
    expect(() => emptyHead.model.apply(plan)).toThrow("does not fit this revision");
    expect(() => first.model.apply(plan).apply(plan)).toThrow("does not fit this revision");
  });

  it("orders a kind that has no nodes yet", () => {
    expect(emptyHead.model.nodesInOrder("Tool", byId).length).toBe(0);
    expect(emptyHead.model.nodesInOrder("Tool", { by: "title", direction: "DESC" }).length).toBe(0);
  });
});
