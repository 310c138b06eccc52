import { describeNeo4j } from "../neo4j/neo4j-for-tests";
import { isLong, share } from "../long/scale";
import { testHostileTexts } from "./suite";

// Neo4j plans each filter anew: a short run looks at a few of them. Reads from memory are the same as over SQLite.
const shares = {
  texts: share(1_000, 4),
  memoryPlaces: isLong ? 1 : 6,
  storeTexts: share(1_000, 5),
  filters: isLong ? 1 : 40,
};

describeNeo4j("hostile texts over Neo4j", (neo4j) =>
  testHostileTexts("Neo4j", async (use) => use(await neo4j.emptyStore()), shares),
);
