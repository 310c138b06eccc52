import { describeNeo4j } from "../neo4j/neo4j-for-tests";
import { isLong } from "./share";
import { testHostileTexts } from "./suite";

// Neo4j plans each filter anew: a short run looks at a few of them.
const shares = isLong ? { texts: 1_000, storeTexts: 1_000, filters: 1 } : { texts: 10, storeTexts: 10, filters: 40 };

describeNeo4j("hostile texts over Neo4j", (neo4j) =>
  testHostileTexts(async (use) => use(await neo4j.emptyStore()), shares),
);
