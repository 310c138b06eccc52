import { secondsSince, tell } from "../long/figures";
import { isLong } from "../long/scale";
import { describeNeo4j } from "../neo4j/neo4j-for-tests";
import { inFull } from "./contract-case";
import { runContract } from "./run-contract";

// Neo4j plans each order anew, and takes 10 s to load a full hub. `npm run test:long -- contract/neo4j` tries all.
const sample = isLong ? inFull : { hubLinks: 1_000, bothDirections: false };

describeNeo4j("the Neo4j store", (neo4j) => {
  const started = performance.now();
  runContract({ withStore: async (use) => use(await neo4j.emptyStore()), sample });
  afterAll(() =>
    tell("Contract on Neo4j", "Neo4j", { "links of a hub": sample.hubLinks, seconds: secondsSince(started) }),
  );
});
