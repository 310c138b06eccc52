import { connect, type Socket } from "node:net";
import { createInterface } from "node:readline";
import type { Database } from "../../src/domain/database";
import type { GraphStore } from "../../src/domain/graph/port";
import { openNeo4jStore } from "../../src/store/neo4j/neo4j-store";
import { wipe } from "./test-mark";
import { patientTimeouts } from "./timeouts";
import { type Neo4jAddress, query } from "./until-it-answers";

/** The Neo4j of the test run, lent to the tests of one file. */
export interface Neo4jForTests {
  readonly address: Neo4jAddress;
  /** A migrated store on a wiped database. Stores are closed when the file's tests are done. */
  emptyStore(): Promise<Database>;
  /** Another store on the database as it is, not migrated. Unless told otherwise, it waits long for its answers. */
  openStore(options?: Partial<Parameters<typeof openNeo4jStore>[0]>): Database;
  query(text: string, parameters?: Record<string, unknown>): Promise<Record<string, unknown>[]>;
}

const waitForLeaseMilliseconds = 600_000;

/** `describe` for tests that need a Neo4j; where none can be had they are skipped, with the reason in the name. */
export function describeNeo4j(name: string, tests: (neo4j: Neo4jForTests) => void): void {
  const { FULCRUM_TEST_NEO4J_OFFICE: office, FULCRUM_TEST_NEO4J_ABSENT: absent } = process.env;
  if (absent) return describe.skip(`${name} (no Neo4j: ${absent})`, () => tests(undefined as never));
  if (!office) throw new Error("Jest must be run with test/neo4j/global-setup.ts as its globalSetup.");
  describe(name, () => {
    let lease: Lease;
    const stores: GraphStore[] = [];
    const openStore: Neo4jForTests["openStore"] = (options) => {
      const { uri, user = "", password = "" } = lease.address;
      const store = openNeo4jStore({ uri, user, password, timeouts: patientTimeouts, ...options });
      stores.push(store);
      return store;
    };
    beforeAll(async () => {
      lease = await takeLease(Number(office));
    }, waitForLeaseMilliseconds);
    afterAll(async () => {
      await Promise.all(stores.map((store) => store.close()));
      lease.release();
    });
    tests({
      get address() {
        return lease.address;
      },
      async emptyStore() {
        await Promise.all(stores.splice(0).map((store) => store.close()));
        await wipe(lease.address);
        const store = openStore();
        await store.migrate();
        return store;
      },
      openStore,
      query: (text, parameters) => query(lease.address, text, parameters),
    });
  });
}

/** `describe` for tests that kill the server they work on, which then is one of their own, from Maven. */
export function describeOwnNeo4j(name: string, tests: () => void): void {
  const { FULCRUM_TEST_NEO4J_ROAD: road, FULCRUM_TEST_NEO4J_ABSENT: absent } = process.env;
  if (road === "maven") return describe(name, tests);
  describe.skip(`${name} (no Neo4j of their own: ${absent ?? `that of the test run comes by ${road}`})`, tests);
}

interface Lease {
  readonly address: Neo4jAddress;
  release(): void;
}

async function takeLease(port: number): Promise<Lease> {
  const socket: Socket = connect(port, "127.0.0.1");
  const line = await new Promise<string>((resolve, reject) => {
    socket.once("error", reject);
    socket.once("close", () => reject(new Error("The test run's Neo4j is gone.")));
    createInterface(socket).once("line", resolve);
  });
  const { address, refusal } = JSON.parse(line) as { address: Neo4jAddress; refusal?: string };
  if (refusal) throw new Error(refusal);
  return { address, release: () => void socket.destroy() };
}
