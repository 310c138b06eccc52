import { describeNeo4j } from "../neo4j/neo4j-for-tests";
import { runContract } from "./run-contract";

describeNeo4j("the Neo4j store", (neo4j) => runContract({ withStore: async (use) => use(await neo4j.emptyStore()) }));
