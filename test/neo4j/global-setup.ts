import { LeaseOffice } from "./lease-office";
import { findRoad } from "./road";

/** Jest's, once before all tests: finds out how to come by a Neo4j; test files start it when they ask for it. */
export default async function globalSetup(): Promise<void> {
  const road = await findRoad();
  if (road.by === "none") {
    const message = `The Neo4j tests are not run: ${road.because}. That the Neo4j store keeps the port's promises stays unproven.`;
    if (process.env.FULCRUM_TEST_NEO4J === "required") throw new Error(message);
    console.warn(message);
    process.env.FULCRUM_TEST_NEO4J_ABSENT = road.because;
    return;
  }
  const office = await LeaseOffice.open(road);
  officeOfRun.current = office;
  process.env.FULCRUM_TEST_NEO4J_OFFICE = String(office.port);
  process.env.FULCRUM_TEST_NEO4J_ROAD = road.by;
}

/** Jest runs set-up and tear-down in one process, but as two module registries. */
export const officeOfRun = ((globalThis as Record<string, unknown>).fulcrumNeo4jOffice ??= {}) as {
  current?: LeaseOffice;
};
