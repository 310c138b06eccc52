import type { AppliedChange } from "../../../src/domain/changes/change-set";
import { stateOfView } from "../../../src/domain/changes/view-state";
import { lintDifference, type LintedGraph } from "../../../src/domain/drafts/lint-difference";
import { id } from "../../builders/changes";
import { aView, type GivenEdge } from "../../builders/a-view";

const questionsOfHub = 3_000;
const reason = "The answer turns on how much of the tail the hub explains.";
const titles = {
  "Concept:hub": { title: "Hub" },
  "Question:asked": { title: "Asked", format: "TECHNICAL", difficulty: "EASY" },
};
/** The last in the order of ids. */
const lastOfHub = 999;
const links = (others: readonly GivenEdge[]) =>
  aView(
    [
      ...Array.from({ length: questionsOfHub }, (_, i): GivenEdge => [
        "ABOUT",
        `Question:q-${i}`,
        "Concept:hub",
        { reason: `${reason} It is the case of number ${i}.`, emphasis: i === lastOfHub ? "TEACHES" : "ASSUMES" },
      ]),
      ...others,
    ],
    titles,
  );
const between = (text: string): GivenEdge => [
  "ABOUT",
  "Question:asked",
  "Concept:hub",
  { reason: text, emphasis: "TEACHES" },
];

/** The graph, and a count of the nodes that were read of it in full. */
function counted(edges: readonly GivenEdge[]): LintedGraph & { readonly read: () => number } {
  const view = links(edges);
  const state = stateOfView(view, async () => new Map());
  let read = 0;
  const nodes: typeof state.nodes = (ids) => {
    read += ids.length;
    return state.nodes(ids);
  };
  return { view, state: { ...state, nodes }, read: () => read };
}

const change = (before: string | null, after: string | null): AppliedChange => {
  const stateFor = (text: string | null) =>
    text === null
      ? null
      : {
          edge: "ABOUT" as const,
          from: id("Question:asked"),
          to: id("Concept:hub"),
          properties: { reason: text, emphasis: "TEACHES" },
        };
  return {
    edge: "ABOUT",
    from: id("Question:asked"),
    to: id("Concept:hub"),
    before: stateFor(before),
    after: stateFor(after),
  };
};

describe("the lint of a draft", () => {
  it("tells what a link breaks and mends, and reads a hub's neighbourhood no further than rules need", async () => {
    const [before, after] = [counted([between("The hub.")]), counted([between(reason)])];
    const found = await lintDifference([change("The hub.", reason)], before, after, { today: "2026-01-01" });
    expect(found.cured.map(({ rule, node }) => [rule, node])).toContainEqual(["empty-reason", "Question:asked"]);
    expect(found.added.filter(({ node }) => node === "Question:asked")).toEqual([]);
    for (const { read } of [before, after]) expect(read()).toBeLessThan(150);

    const back = await lintDifference([change(reason, "The hub.")], after, before, { today: "2026-01-01" });
    expect(back.added).toEqual(found.cured);
  });

  it("counts all links of a hub, however far down the one that matters", async () => {
    const taught = { rule: "concept-teaching", node: "Concept:hub" };
    const [one, two] = [counted([]), counted([between(reason)])];
    // One of 3,000 questions teaches it, and then two: both are usual.
    const { added, cured } = await lintDifference([change(null, reason)], one, two, { today: "2026-01-01" });
    for (const findings of [added, cured]) expect(findings).not.toContainEqual(expect.objectContaining(taught));
    expect(two.read()).toBeLessThan(150);
  });
});
