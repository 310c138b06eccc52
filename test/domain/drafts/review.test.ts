import type { AppliedChange } from "../../../src/domain/changes/change-set";
import { becomeUnreachable, broughtAlong, danglingIn } from "../../../src/domain/drafts/review";
import type { Finding, FindingCode } from "../../../src/domain/errors";
import type { NodeId } from "../../../src/domain/ids";
import { aView, type GivenEdge } from "../../builders/a-view";
import { patch } from "../../builders/changes";
import { aLink, noLink } from "../../builders/links";
import { aConcept, aQuestion } from "../../builders/nodes";
import { Bank } from "../changes/planning";

describe("what a change set brings along", () => {
  const published = [aQuestion({ slug: "q" }), aConcept({ slug: "old" }), aLink("ABOUT", "Question:q", "Concept:old")];

  it("are the new nodes that its links lead to, by id and each once", async () => {
    const bank = await Bank.with(published);
    const changes = await bank.plan([
      aQuestion({ slug: "p" }),
      aConcept({ slug: "b" }),
      aConcept({ slug: "a" }),
      aConcept({ slug: "alone" }),
      ...["p", "q"].flatMap((slug) => ["b", "a"].map((to) => aLink("ABOUT", `Question:${slug}`, `Concept:${to}`))),
      aLink("ABOUT", "Question:p", "Concept:old"),
    ]);
    expect(broughtAlong([...changes].reverse())).toEqual(["Concept:a", "Concept:b"]);
  });

  it("are not nodes that were there, nor those that links no longer lead to", async () => {
    const bank = await Bank.with(published);
    const changed = await bank.plan([
      patch("Concept:old", { title: "New" }),
      aLink("ABOUT", "Question:q", "Concept:old", { reason: "Otherwise." }),
    ]);
    expect(broughtAlong(changed)).toEqual([]);
    const unlinked = await bank.plan([noLink("ABOUT", "Question:q", "Concept:old")]);
    const created: AppliedChange[] = (await bank.plan([aConcept({ slug: "new" })])).concat(
      unlinked.map((change) => ({ ...change, to: "Concept:new" as NodeId })),
    );
    expect(broughtAlong(created)).toEqual([]);
  });
});

describe("what would be left without its other end", () => {
  it("is told by findings of links, references and requirements, and by no other", () => {
    const codes: readonly FindingCode[] = [
      "TARGET_NOT_FOUND",
      "CYCLE",
      "NODE_IN_USE",
      "REQUIRED_FIELD",
      "REQUIRED_LINK",
      "INVALID_REFERENCE",
      "SLUG_TAKEN",
    ];
    const findings = codes.map((code): Finding => ({ code, subject: "Concept:a", message: "So." }));
    expect(danglingIn(findings).map(({ code }) => code)).toEqual([
      "TARGET_NOT_FOUND",
      "NODE_IN_USE",
      "REQUIRED_LINK",
      "INVALID_REFERENCE",
    ]);
  });
});

describe("a question that cannot be reached any more", () => {
  const covers = (slug: string): GivenEdge => ["COVERS", "Topic:t", `Question:${slug}`];
  const followUp = (from: string, to: string): GivenEdge => ["FOLLOWED_BY", `Question:${from}`, `Question:${to}`];
  const related = (one: string, other: string): GivenEdge => ["RELATED_TO", `Question:${one}`, `Question:${other}`];
  const nodes = (...slugs: string[]) => Object.fromEntries(slugs.map((slug) => [`Question:${slug}`, {}]));
  const cutOff = (before: readonly GivenEdge[], after: readonly GivenEdge[], known = nodes("a", "b", "c", "d")) =>
    becomeUnreachable(aView(before, known), aView(after, known));

  it("is one that neither a topic covers nor a question leads to that can be reached, however far", () => {
    const chain = [covers("a"), followUp("a", "b"), related("b", "c"), followUp("c", "d")];
    expect(cutOff(chain, chain)).toEqual([]);
    expect(cutOff(chain, chain.slice(1))).toEqual(["a", "b", "c", "d"].map((slug) => `Question:${slug}`));
    expect(cutOff(chain, [covers("a"), related("b", "c"), followUp("c", "d")])).toEqual([
      "Question:b",
      "Question:c",
      "Question:d",
    ]);
    expect(cutOff(chain, [covers("a"), followUp("a", "b"), followUp("c", "d")])).toEqual(["Question:c", "Question:d"]);
    expect(cutOff(chain, [covers("d"), ...chain.slice(0, 3)])).toEqual([]);
  });

  it("is not reached by a follow-up that leads away from it, but by what is related either way", () => {
    const before = [covers("a"), covers("b")];
    expect(cutOff(before, [covers("a"), followUp("b", "a")])).toEqual(["Question:b"]);
    expect(cutOff(before, [covers("b"), related("a", "b")])).toEqual([]);
  });

  it("is none that could not be reached before, unless it is new, nor one that is removed", () => {
    expect(cutOff([covers("a")], [covers("a")])).toEqual([]);
    const [before, after] = [aView([covers("a"), covers("b")]), aView([covers("a")], nodes("a", "new"))];
    expect(becomeUnreachable(before, after)).toEqual(["Question:new"]);
  });
});
