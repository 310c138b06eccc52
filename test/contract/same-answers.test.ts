import fc from "fast-check";
import { createMemoryStore } from "../../src/store/memory/memory-store";
import { playStory, stories } from "./random/same-answers";

it("a random story", async () => {
  let n = 0,
    ok = 0,
    changed = 0,
    replayed = 0;
  const codes: Record<string, number> = {};
  await fc.assert(
    fc.asyncProperty(stories, async (story) => {
      for (const outcome of await playStory(story, createMemoryStore())) {
        n++;
        if ("findings" in outcome) for (const f of outcome.findings) codes[f.code] = (codes[f.code] ?? 0) + 1;
        else if ("refused" in outcome) codes[outcome.refused] = (codes[outcome.refused] ?? 0) + 1;
        else {
          ok++;
          if (outcome.changes) changed++;
          if (outcome.replayed) replayed++;
        }
      }
    }),
    { numRuns: 100, seed: 1 },
  );
  console.log({ n, ok, changed, replayed, codes });
}, 100_000);
