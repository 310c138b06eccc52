import { readConfig } from "../../src/config";
import { createLogger } from "../../src/serve";
import { prepareStore } from "../../src/serve";
import { openNeo4jStore } from "../../src/store/neo4j/neo4j-store";
import type { MavenServer } from "../neo4j/maven-server";
import { startMavenServer } from "../neo4j/maven-server";
import { describeOwnNeo4j } from "../neo4j/neo4j-for-tests";
import { outageTimeouts, patientTimeouts } from "../neo4j/timeouts";
import { post, type RunningApp, runApp } from "./running-app";

describeOwnNeo4j("while Neo4j is away", () => {
  let neo4j: MavenServer;
  let app: RunningApp;
  const stop = new AbortController();
  let prepared: Promise<void>;

  beforeAll(async () => {
    neo4j = await startMavenServer();
    const address = { uri: neo4j.uri, user: "", password: "" };
    const patient = openNeo4jStore({ ...address, timeouts: patientTimeouts });
    await patient.migrate();
    await patient.close();
    await neo4j.kill();
    const store = openNeo4jStore({ ...address, timeouts: outageTimeouts });
    const env = { FULCRUM_READ: "store", FULCRUM_SEED: "off", FULCRUM_LOG_LEVEL: "silent" };
    app = await runApp({ store, env, open: false });
    const config = readConfig(env);
    prepared = prepareStore(store, config, createLogger(config.logLevel), stop.signal, () => app.open(stop.signal));
  });
  afterAll(async () => {
    stop.abort();
    await prepared;
    await app.close();
    await neo4j.remove();
  });

  const status = async (path: string): Promise<number> => (await fetch(app.url + path)).status;
  /** The code of the refusal; undefined for an answer. */
  const query = async (): Promise<string | undefined> => {
    const body = (await (await post(app, { query: '{ question(slug: "none") { slug } }' })).json()) as {
      errors?: { extensions: { code: string } }[];
    };
    return body.errors?.[0]?.extensions.code;
  };

  /** Readiness and a query are refused, while the process says that it lives. */
  async function expectRefusals(): Promise<void> {
    const answers = await Promise.all([status("/readyz"), query(), status("/healthz")]);
    expect(answers).toEqual([503, "SERVICE_UNAVAILABLE", 200]);
  }

  /** Ends when a query is answered and readiness is back. */
  async function expectServedAgain(): Promise<void> {
    while (await query());
    while ((await status("/readyz")) !== 200);
    expect(await query()).toBeUndefined();
  }

  it("at the start, refuses until it comes", async () => {
    await expectRefusals();
    await neo4j.restart();
    await expectServedAgain();
  });

  it("after it crashed, refuses until it is back", async () => {
    await neo4j.kill();
    await expectRefusals();
    await expectRefusals();
    await neo4j.restart();
    await expectServedAgain();
  });

  it("while it accepts but does not answer, refuses until it does", async () => {
    process.kill(neo4j.pid, "SIGSTOP");
    try {
      await expectRefusals();
      await expectRefusals();
    } finally {
      process.kill(neo4j.pid, "SIGCONT");
    }
    await expectServedAgain();
  });
});
