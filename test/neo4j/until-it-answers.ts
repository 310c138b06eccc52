import { setTimeout as wait } from "node:timers/promises";
import neo4j from "neo4j-driver";

/** Where a Neo4j is; without a user for one that asks for none. */
export interface Neo4jAddress {
  readonly uri: string;
  readonly user?: string;
  readonly password?: string;
}

const patienceMilliseconds = 500_000;

/**
 * Ends when the server answers a query of the graph, for which it must have its planner at work as for any; a constant it
 * returns seconds earlier. Throws its last refusal after a minute and a half.
 */
export async function untilItAnswers(address: Neo4jAddress): Promise<void> {
  const deadline = performance.now() + patienceMilliseconds;
  for (;;) {
    try {
      await query(address, "MATCH (node) RETURN count(node) AS nodes");
      return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await wait(50);
    }
  }
}

/** The records of one statement, each as an object. */
export async function query(
  { uri, user, password }: Neo4jAddress,
  text: string,
  parameters: Record<string, unknown> = {},
): Promise<Record<string, unknown>[]> {
  const driver = neo4j.driver(uri, user === undefined ? undefined : neo4j.auth.basic(user, password ?? ""), {
    disableLosslessIntegers: true,
    connectionTimeout: 1_000,
    connectionAcquisitionTimeout: 2_000,
  });
  try {
    const session = driver.session();
    return (await session.run(text, parameters)).records.map((record) => record.toObject());
  } finally {
    await driver.close();
  }
}
