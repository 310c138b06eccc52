import fc from "fast-check";
import type { ScanItem } from "../../src/domain/graph/port";
import { edgeKindNames } from "../../src/domain/ontology/edge-kinds";
import { nodeKindNames } from "../../src/domain/ontology/node-kinds";
import { createMemoryStore } from "../../src/store/memory/memory-store";
import { secondsSince, tell } from "../long/figures";
import { faultsOf } from "./random/faults-of-bank";
import { type Outcome, playStory, scanned, stories } from "./random/same-answers";
import { runs } from "./random/run-length";
import { withSqliteStore } from "./with-store";

describe("random banks and commands", () => {
  it("get the same answers from SQLite as from memory", async () => {
    const started = performance.now();
    let commands = 0;
    await fc.assert(
      fc.asyncProperty(stories, async (story) => {
        commands += (await withSqliteStore((store) => playStory(story, store))).length;
      }),
      runs,
    );
    tell("Random stories", "SQLite", { stories: runs.numRuns, commands, seconds: secondsSince(started) });
  });
});

describe("a hundred random stories", () => {
  const outcomes: Outcome[] = [];
  const banks: ScanItem[][] = [];
  beforeAll(async () => {
    for (const story of fc.sample(stories, { numRuns: 100, seed: 1 })) {
      const store = createMemoryStore();
      outcomes.push(...(await playStory({ ...story, questions: [] }, store)));
      banks.push(await scanned(store));
    }
  });

  it("leave banks that are sound", () => {
    expect(banks.flatMap(faultsOf)).toEqual([]);
  });

  it("reach every kind of node, edge and fault", () => {
    const written = new Set(banks.flat().map((item) => ("node" in item ? item.node.kind : item.edge.edge)));
    expect([...nodeKindNames, ...edgeKindNames].filter((kind) => !written.has(kind))).toEqual([]);
    const found = outcomes.flatMap((outcome) =>
      "findings" in outcome ? outcome.findings.map(({ code }) => code) : [],
    );
    expect([...new Set(found)].sort()).toEqual([
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
  });

  it("are carried out more often than refused, and hold retries and reused keys", () => {
    const count = (is: (outcome: Outcome) => boolean) => outcomes.filter(is).length;
    expect(count((outcome) => "changes" in outcome && outcome.changes > 0)).toBeGreaterThan(outcomes.length / 2);
    expect(count((outcome) => "replayed" in outcome && outcome.replayed)).toBeGreaterThan(0);
    expect(count((outcome) => "refused" in outcome)).toBeGreaterThan(0);
  });
});
