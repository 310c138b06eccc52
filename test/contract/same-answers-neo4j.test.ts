import fc from "fast-check";
import { describeNeo4j } from "../neo4j/neo4j-for-tests";
import { playStory, stories } from "./random/same-answers";
import { neo4jSeconds, runsInTime } from "./random/run-length";

describeNeo4j("random banks and commands", (neo4j) => {
  it(
    "get the same answers from Neo4j as from memory, 300 commands or more",
    async () => {
      const end = performance.now() + neo4jSeconds * 1_000;
      let commands = 0;
      await fc.assert(
        fc.asyncProperty(stories, async (story) => {
          // No more are begun, nor made smaller: fast-check's own limit would leave a story running behind the test.
          if (performance.now() > end && commands >= 300) return;
          commands += (await playStory(story, await neo4j.emptyStore())).length;
        }),
        runsInTime,
      );
      expect(commands).toBeGreaterThanOrEqual(300);
    },
    (neo4jSeconds + 420) * 1_000,
  );
});
