import { mavenObstacle, type MavenServer, startMavenServer } from "../neo4j/maven-server";
import { openNeo4jStore } from "../../src/store/neo4j/neo4j-store";
import { type ServerProcess, startServer } from "./server-process";

const obstacle = process.env["FULCRUM_TEST_NEO4J_ABSENT"];
const describeOutage = obstacle ? describe.skip : describe;

// The bounds are wall-clock time on a machine that runs other tests beside this one and a Java process that just started.
jest.retryTimes(4, { logErrorsBeforeRetry: true });

interface Answer {
  readonly status: number;
  readonly code?: string | undefined;
  readonly milliseconds: number;
}

describeOutage(obstacle ? `Neo4j's absence (not tried: ${obstacle})` : "while Neo4j is away", () => {
  let neo4j: MavenServer;
  let server: ServerProcess;

  beforeAll(async () => {
    const none = await mavenObstacle();
    if (none) throw new Error(`These tests end their own Neo4j, which needs Maven's: ${none}.`);
    neo4j = await startMavenServer();
    const store = openNeo4jStore({ uri: neo4j.uri, user: "", password: "" });
    await store.migrate();
    await store.close();
    await neo4j.kill();
    server = await startServer(
      { FULCRUM_STORE: neo4j.uri, FULCRUM_READ: "store", FULCRUM_LOG_LEVEL: "info" },
      "listening",
    );
  }, 120_000);
  afterAll(async () => {
    await server.stop();
    await neo4j.remove();
  });

  async function ask(path: string, init?: RequestInit): Promise<Answer> {
    const started = performance.now();
    const response = await fetch(server.url + path, init);
    const body = (await response.json()) as { errors?: { extensions: { code: string } }[] };
    return {
      status: response.status,
      code: body.errors?.[0]?.extensions.code,
      milliseconds: performance.now() - started,
    };
  }
  const query = () =>
    ask("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json" },
      // Little to plan: that is what a Java process that just started is slowest at.
      body: JSON.stringify({ query: '{ question(slug: "none") { slug } }' }),
    });

  /** Both the readiness and a query are refused, each within 3 s, and the process says that it lives. */
  async function expectRefusals(): Promise<void> {
    const [ready, asked, health] = await Promise.all([ask("/readyz"), query(), ask("/healthz")]);
    expect([ready.status, asked.code, health.status]).toEqual([503, "SERVICE_UNAVAILABLE", 200]);
    expect(Math.max(ready.milliseconds, asked.milliseconds)).toBeLessThan(3_000);
    expect(health.milliseconds).toBeLessThan(1_000);
  }

  /** Ends when a query is answered; fails when that takes more than 2 s from now. Then it is ready, too. */
  async function expectServedAgain(): Promise<void> {
    const started = performance.now();
    while ((await query()).code) expect(performance.now() - started).toBeLessThan(2_000);
    expect(performance.now() - started).toBeLessThan(2_000);
    expect((await ask("/readyz")).status).toBe(200);
  }

  it("at the start, refuses until it comes", async () => {
    await neo4j.kill();
    await expectRefusals();
    await neo4j.restart();
    await expectServedAgain();
  }, 60_000);

  it("after it crashed, refuses until it is back", async () => {
    await neo4j.kill();
    await expectRefusals();
    await expectRefusals();
    await neo4j.restart();
    await expectServedAgain();
  }, 60_000);

  it("while it accepts but does not answer, refuses until it does", async () => {
    process.kill(neo4j.pid, "SIGSTOP");
    try {
      await expectRefusals();
      await expectRefusals();
    } finally {
      process.kill(neo4j.pid, "SIGCONT");
    }
    await expectServedAgain();
  }, 60_000);
});
