import fc from "fast-check";
import { edgeKindNames } from "../../src/domain/ontology/edge-kinds";
import { nodeKindNames } from "../../src/domain/ontology/node-kinds";
import { createMemoryStore } from "../../src/store/memory/memory-store";
import { type Outcome, playStory, stories } from "./random/same-answers";
import { runs } from "./random/run-length";
import { withSqliteStore } from "./with-store";

describe("random banks and commands", () => {
  it("get the same answers from SQLite as from memory", async () => {
    await fc.assert(
      fc.asyncProperty(stories, async (story) => {
        await withSqliteStore((store) => playStory(story, store));
      }),
      runs,
    );
  }, 600_000);

  it("reach every kind of node, edge and finding, and are carried out more often than refused", async () => {
    const outcomes: Outcome[] = [];
    const written = new Set<string>();
    await fc.assert(
      fc.asyncProperty(stories, async (story) => {
        const store = createMemoryStore();
        outcomes.push(...(await playStory({ ...story, questions: [] }, store)));
        for await (const item of store.reader().scan()) written.add("node" in item ? item.node.kind : item.edge.edge);
      }),
      { numRuns: 100, seed: 1 },
    );
    expect([...nodeKindNames, ...edgeKindNames].filter((kind) => !written.has(kind))).toEqual([]);
    const found = new Set(
      outcomes.flatMap((outcome) => ("findings" in outcome ? outcome.findings.map(({ code }) => code) : [])),
    );
    expect([...found].sort()).toEqual([
      "CYCLE",
      "DUPLICATE",
      "INVALID_FIELD",
      "INVALID_REFERENCE",
      "INVALID_SLUG",
      "NODE_IN_USE",
      "REQUIRED_FIELD",
      "REQUIRED_LINK",
      "SLUG_TAKEN",
      "STALE_REVISION",
      "TARGET_NOT_FOUND",
      "TOO_MANY",
      "UNKNOWN_FIELD",
      "WRONG_ENDS",
    ]);
    expect(outcomes.filter((outcome) => "changes" in outcome && outcome.changes > 0).length).toBeGreaterThan(
      outcomes.length / 2,
    );
    expect(outcomes.filter((outcome) => "replayed" in outcome && outcome.replayed).length).toBeGreaterThan(0);
    expect(outcomes.filter((outcome) => "refused" in outcome).length).toBeGreaterThan(0);
  }, 60_000);
});
