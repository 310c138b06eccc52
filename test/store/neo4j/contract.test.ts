import { runContract } from "../../contract/run-contract";
import { describeNeo4j } from "../../neo4j/neo4j-for-tests";

describeNeo4j("the Neo4j store", (neo4j) => runContract({ withStore: async (use) => use(await neo4j.emptyStore()), patience: 120_000 }));
