import fc from "fast-check";
import { secondsSince, tell } from "../long/figures";
import { describeNeo4j } from "../neo4j/neo4j-for-tests";
import { neo4jRuns } from "./random/run-length";
import { playStory, stories } from "./random/same-answers";

describeNeo4j("random banks and commands", (neo4j) => {
  it("get the same answers from Neo4j as from memory", async () => {
    const started = performance.now();
    let commands = 0;
    await fc.assert(
      fc.asyncProperty(stories, async (story) => {
        commands += (await playStory(story, await neo4j.emptyStore())).length;
      }),
      neo4jRuns,
    );
    tell("Random stories", "Neo4j", { stories: neo4jRuns.numRuns, commands, seconds: secondsSince(started) });
  });
});
