import { previewOf } from "../../../src/domain/drafts/conflicts";
import { stateReader } from "../../../src/store/memory/memory-store";
import { emptyHead, nextHead } from "../../../src/store/memory/head";
import { type Changes, patch, removal } from "../../builders/changes";
import { aLink, noLink } from "../../builders/links";
import { aConcept, aQuestion, aSource } from "../../builders/nodes";
import { aBenchmark } from "../../builders/owned-nodes";
import { outline } from "../changes/planning";

async function preview(published: Changes, changes: Changes) {
  const plan = await previewOf({ title: "Bank", changes: published.flat() }, stateReader(emptyHead));
  expect(plan.findings).toEqual([]);
  const { changes: applied, findings } = await previewOf(
    { title: "Draft", changes: changes.flat() },
    stateReader(nextHead(emptyHead, plan.changes)),
  );
  return { outline: outline(applied), findings: findings.map(({ code, subject }) => `${code} ${subject}`) };
}

describe("a preview", () => {
  it("is the plan, where there is no fault", async () => {
    expect(await preview([aConcept({ slug: "a" })], [patch("Concept:a", { title: "Another" })])).toEqual({
      outline: ["~ Concept:a"],
      findings: [],
    });
  });

  it("shows a cycle as it is, with the finding", async () => {
    const published = [
      aConcept({ slug: "a" }),
      aConcept({ slug: "b" }),
      aLink("PREREQUISITE_OF", "Concept:a", "Concept:b"),
    ];
    expect(await preview(published, [aLink("PREREQUISITE_OF", "Concept:b", "Concept:a")])).toEqual({
      outline: ["+ PREREQUISITE_OF Concept:b Concept:a"],
      findings: ["CYCLE Concept:a"],
    });
  });

  it("leaves no link to a node that is removed though others need it", async () => {
    const published = [aQuestion({ slug: "q" }), aConcept({ slug: "a" }), aLink("ABOUT", "Question:q", "Concept:a")];
    expect(await preview(published, [removal("Concept:a")])).toEqual({
      outline: ["- Concept:a", "- ABOUT Question:q Concept:a"],
      findings: ["NODE_IN_USE Concept:a"],
    });
  });

  it("leaves out a new node that lacks what is required, and links to it", async () => {
    const published = [aQuestion({ slug: "q" }), aSource({ slug: "s" })];
    const changes = [
      patch("Concept:new", { title: "New" }),
      aLink("ABOUT", "Question:q", "Concept:new"),
      ...aBenchmark({ source: "s", slug: "b" }),
      noLink("PUBLISHED_IN", "Benchmark:b", "Source:s"),
    ];
    expect(await preview(published, changes)).toEqual({
      outline: [],
      findings: ["REQUIRED_FIELD Concept:new", "REQUIRED_LINK Benchmark:b"],
    });
  });
});
