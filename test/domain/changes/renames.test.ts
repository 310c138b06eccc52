import { aConcept, aQuality, aQuestion, aTradeOff } from "../../builders/nodes";
import { aCriterion, anAssessment, anOption } from "../../builders/owned-nodes";
import { removal, renaming } from "../../builders/changes";
import { Bank } from "./planning";

const slugsAfter = async (bank: Bank, changes: Parameters<Bank["plan"]>[0]) =>
  Object.fromEntries(
    (await bank.plan(changes)).flatMap((change) =>
      "node" in change && change.after ? [[change.node, [change.after.slug, ...change.after.formerSlugs]]] : [],
    ),
  );

describe("a rename", () => {
  it("takes everything that the node owns along, at any depth, and nothing else", async () => {
    const bank = await Bank.with([
      aTradeOff({ slug: "t" }),
      aTradeOff({ slug: "tt" }),
      aQuality({ slug: "l" }),
      anOption({ tradeOff: "t", slug: "o" }),
      anOption({ tradeOff: "tt", slug: "o" }),
      anAssessment({ tradeOff: "t", option: "o", quality: "l", slug: "a" }),
    ]);
    expect(await slugsAfter(bank, [renaming("TradeOff:t", "u")])).toEqual({
      "TradeOff:t": ["u", "t"],
      "Option:t/o": ["u/o", "t/o"],
      "Assessment:t/a": ["u/a", "t/a"],
    });
  });

  it("of an owned node changes its own part alone, and leaves what is nested under it where it is", async () => {
    const bank = await Bank.with([
      aTradeOff({ slug: "t" }),
      aQuality({ slug: "l" }),
      anOption({ tradeOff: "t", slug: "o" }),
      anAssessment({ tradeOff: "t", option: "o", quality: "l", slug: "a" }),
    ]);
    expect(await slugsAfter(bank, [renaming("Option:t/o", "p")])).toEqual({ "Option:t/o": ["t/p", "t/o"] });
  });

  it("takes along what the same change set gave the node, before or after its link", async () => {
    const bank = await Bank.with([aQuestion({ slug: "q" })]);
    const [put, link] = aCriterion({ question: "q", slug: "c" }) as [never, never];
    for (const changes of [
      [put, link, renaming("Question:q", "p")],
      [put, renaming("Question:q", "p"), link],
    ]) {
      expect(await slugsAfter(bank, changes)).toEqual({ "Question:q": ["p", "q"], "Criterion:q/c": ["p/c", "q/c"] });
    }
    expect(await slugsAfter(bank, [renaming("Question:q", "p"), put, link])).toEqual({
      "Question:q": ["p", "q"],
      "Criterion:q/c": ["p/c"],
    });
  });

  it("of a node that does not exist is refused", async () => {
    expect(await new Bank().refusal([renaming("Concept:a", "b")])).toEqual(["TARGET_NOT_FOUND Concept:a"]);
  });
});

describe("a slug", () => {
  const bank = () => Bank.with([aConcept({ slug: "a" }), aConcept({ slug: "b" }), aConcept({ slug: "c" })]);

  it("goes to one of two nodes that want it in one change set", async () => {
    expect(await (await bank()).refusal([renaming("Concept:a", "x"), renaming("Concept:b", "x")])).toEqual([
      "SLUG_TAKEN Concept:b",
    ]);
  });

  it("is not freed by a rename or a removal in the same change set", async () => {
    expect(await (await bank()).refusal([renaming("Concept:a", "x"), renaming("Concept:b", "a")])).toEqual([
      "SLUG_TAKEN Concept:b",
    ]);
    expect(await (await bank()).refusal([removal("Concept:a"), renaming("Concept:b", "a")])).toEqual([
      "SLUG_TAKEN Concept:b",
    ]);
  });

  it("of another node is taken also on the way to another one", async () => {
    expect(await (await bank()).refusal([renaming("Concept:a", "b"), renaming("Concept:a", "x")])).toEqual([
      "SLUG_TAKEN Concept:a",
    ]);
    expect(
      await (
        await bank()
      ).refusal([renaming("Concept:a", "x"), renaming("Concept:a", "y"), renaming("Concept:b", "x")]),
    ).toEqual(["SLUG_TAKEN Concept:b"]);
  });

  it("of an owned node is taken within its owner only", async () => {
    const owners = await Bank.with([
      aQuestion({ slug: "p" }),
      aQuestion({ slug: "q" }),
      aCriterion({ question: "p", slug: "a" }),
      aCriterion({ question: "q", slug: "b" }),
      aCriterion({ question: "q", slug: "c" }),
    ]);
    expect(await owners.plan([renaming("Criterion:q/b", "a")])).toHaveLength(1);
    expect(await owners.refusal([renaming("Criterion:q/b", "c")])).toEqual(["SLUG_TAKEN Criterion:q/b"]);
  });
});
