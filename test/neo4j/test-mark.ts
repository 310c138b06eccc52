import { type Neo4jAddress, query } from "./until-it-answers";

/** Marks an empty database as one that tests may wipe. Throws for one that holds anything else. */
export async function claimForTests(address: Neo4jAddress): Promise<void> {
  const [found] = await query(address, "RETURN EXISTS { MATCH (:_Test) } AS marked, EXISTS { MATCH (n) } AS filled");
  if (found?.filled && !found.marked) {
    throw new Error(
      `${address.uri} holds data that is not from tests; tests wipe their database, so give them an empty one.`,
    );
  }
  await query(address, "MERGE (:_Test)");
}

/** Removes all but the mark, in pieces that fit a transaction's memory. Constraints and indexes stay. */
export async function wipe(address: Neo4jAddress): Promise<void> {
  await query(address, "MATCH (n) WHERE NOT n:_Test CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 1000 ROWS");
}
