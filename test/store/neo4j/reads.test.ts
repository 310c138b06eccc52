import { setTimeout as wait } from "node:timers/promises";
import { CommitWindow } from "../../../src/store/neo4j/driver/commit-window";
import { Connections } from "../../../src/store/neo4j/driver/connections";
import { Reads } from "../../../src/store/neo4j/driver/reads";
import { describeNeo4j } from "../../neo4j/neo4j-for-tests";
import { patientTimeouts } from "../../neo4j/timeouts";

const countless = "UNWIND range(1, 100000000000) AS n WITH n WHERE n % 7 = 8 RETURN count(n) AS key, 0 AS value";
const huge =
  "UNWIND range(1, 1000000) AS n WITH collect(toString(n) + $filler) AS texts RETURN size(texts) AS key, 0 AS value";

describeNeo4j("a read", (neo4j) => {
  let connections: Connections;
  let reads: Reads;
  const opened: Connections[] = [];
  const readsOf = (read: number): Reads => {
    const { uri, user = "", password = "" } = neo4j.address;
    connections = new Connections({ uri, user, password, timeouts: { ...patientTimeouts, read } }, 5);
    opened.push(connections);
    return new Reads(connections, new CommitWindow());
  };
  beforeAll(() => {
    reads = readsOf(patientTimeouts.read);
  });
  afterAll(() => Promise.all(opened.map((each) => each.close())));

  const running = (text: string) =>
    neo4j.query("SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery STARTS WITH $start RETURN currentQuery", {
      start: text.slice(0, 40),
    });

  it("that takes too long is ended, with DEADLINE_EXCEEDED", async () => {
    const answer = readsOf(500).rows({ text: countless, parameters: {} });
    await expect(answer).rejects.toMatchObject({ code: "DEADLINE_EXCEEDED" });
    while ((await running(countless)).length > 0) await wait(5);
  });

  it("that is called off is ended on the server too", async () => {
    const controller = new AbortController();
    const answer = reads.rows({ text: countless, parameters: {} }, controller.signal);
    while ((await running(countless)).length === 0) await wait(5);
    controller.abort();
    await expect(answer).rejects.toMatchObject({ code: "ABORTED" });
    while ((await running(countless)).length > 0) await wait(5);
  });

  it("that needs too much memory is not tried again", async () => {
    const some = readsOf(patientTimeouts.read);
    const session = jest.spyOn(connections, "session");
    const refusal: unknown = await some
      .rows({ text: huge, parameters: { filler: "x".repeat(100_000) } })
      .catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: "DEADLINE_EXCEEDED" });
    expect((refusal as Error).cause).toMatchObject({ code: "Neo.TransientError.General.MemoryPoolOutOfMemoryError" });
    expect(session).toHaveBeenCalledTimes(1);
    session.mockRestore();
  });

  it("leaves the connection fit for the next one, whatever was refused before", async () => {
    await expect(reads.rows({ text: "RETURN $f", parameters: { f: () => 1 } })).rejects.toThrow("f is function");
    await expect(reads.rows({ text: "RETURN 1 +", parameters: {} })).rejects.toThrow();
    expect(await reads.rows({ text: "RETURN 1 AS key, 2 AS value", parameters: {} })).toEqual([[1, 2]]);
  });
});
