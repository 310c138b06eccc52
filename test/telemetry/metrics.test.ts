import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { newApiKey } from "../../src/domain/access/api-key";
import type { Database } from "../../src/domain/database";
import { DomainError } from "../../src/domain/errors";
import { documentIdOf } from "../../src/http/trusted-documents";
import { createMemoryStore } from "../../src/store/memory/memory-store";
import { commit } from "../builders/changes";
import { aConcept } from "../builders/nodes";
import { post, type RunningApp, runApp } from "../http/running-app";
import { bareSocket, closeCode, listen, socketClient } from "../http/socket-client";
import { metricsUrl, requestCount, scrape, scrapeUntil, withMetrics } from "./scrape";

const concepts = "query Concepts { concepts { nodes { slug } } }";

async function aStore(): Promise<Database> {
  const store = createMemoryStore();
  await store.migrate();
  await commit(store, [aConcept({ slug: "a" }), aConcept({ slug: "b" })]);
  return store;
}

async function anEditorOf(store: Database): Promise<Record<string, string>> {
  const { key, text } = newApiKey({ name: "Ed", role: "EDITOR", expiresAt: null }, new Date());
  await store.keys.add(key);
  return { authorization: `Bearer ${text}` };
}

describe("the metrics", () => {
  let store: Database;
  let app: RunningApp;
  let url: string;
  beforeEach(async () => {
    store = await aStore();
    app = await runApp({ store, env: withMetrics });
    url = await metricsUrl(app);
  });
  afterEach(() => app.close());

  const done = (requests: number) => scrapeUntil(url, (scraped) => requestCount(scraped) === requests);

  it("count requests by what they were for, status and outcome, errors by code, and operations by name", async () => {
    const asked = [
      await post(app, { query: concepts }),
      await post(app, { query: concepts }),
      await post(app, { query: "{ revision }" }),
      await post(app, { query: "{" }),
      await post(app, {
        query: "query Wide { concepts(first: 100) { nodes { questions(first: 100) { nodes { slug } } } } }",
      }),
      await post(app, { query: "{ revision }" }, { authorization: "Bearer wrong" }),
      await fetch(`${app.url}/graphql?query={revision}`),
      await fetch(`${app.url}/nothing`),
      await fetch(`${app.url}/healthz`),
    ];
    expect(asked.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 401, 400, 404, 200]);

    const scraped = await done(9);
    const requests = (route: string, status: string, outcome: string) =>
      scraped.value("fulcrum_http_requests_total", { route, status, outcome });
    expect(requests("graphql", "200", "ok")).toBe(3);
    expect(requests("graphql", "200", "refused")).toBe(2);
    expect(requests("graphql", "401", "refused")).toBe(1);
    expect(requests("graphql", "400", "refused")).toBe(1);
    expect(requests("other", "404", "refused")).toBe(1);
    expect(requests("probe", "200", "ok")).toBe(1);
    expect(scraped.by("fulcrum_errors_total", "code")).toEqual({
      GRAPHQL_PARSE_FAILED: 1,
      OPERATION_TOO_COMPLEX: 1,
      UNAUTHENTICATED: 1,
      BAD_REQUEST: 1,
      NOT_FOUND: 1,
    });
    expect(scraped.counts("fulcrum_graphql_request_duration_seconds", "operation")).toEqual({
      Concepts: 2,
      anonymous: 1,
      other: 1,
      none: 3,
    });
  });

  it("add up what operations asked for and what they came to", async () => {
    const cost = async () => {
      const { extensions } = (await (await post(app, { query: concepts })).json()) as {
        extensions: { cost: { requested: number; actual: number } };
      };
      return extensions.cost;
    };
    const costs = [await cost(), await cost()];
    const scraped = await done(2);
    const sum = (which: "requested" | "actual") => costs.reduce((total, each) => total + each[which], 0);
    expect(sum("requested")).toBeGreaterThan(sum("actual"));
    expect(scraped.value("fulcrum_cost_requested_total")).toBe(sum("requested"));
    expect(scraped.value("fulcrum_cost_actual_total")).toBe(sum("actual"));
  });

  it("tell revision, lag, readiness, commits and the calls of the store", async () => {
    const editor = await anEditorOf(store);
    const query = 'mutation Add { saveConcept(input: { slug: "c", title: "C", summary: "S." }) { revision } }';
    expect(await (await post(app, { query }, editor)).json()).toMatchObject({ data: { saveConcept: { revision: 2 } } });

    const scraped = await done(1);
    expect(scraped.value("fulcrum_revision")).toBe(2);
    expect(scraped.value("fulcrum_ready")).toBe(1);
    expect(scraped.value("fulcrum_copy_lag_seconds")).toBeGreaterThanOrEqual(0);
    const calls = scraped.counts("fulcrum_store_call_duration_seconds", "call");
    expect(calls).toMatchObject({ commit: 1, "keys.key": 1 });
    expect(calls["parts"]).toBeGreaterThan(0);
    expect(scraped.counts("fulcrum_store_call_duration_seconds", "outcome")["failed"]).toBeUndefined();
    expect(scraped.value("fulcrum_store_calls_in_flight", { call: "commit" })).toBe(0);
  });

  it("count sockets and subscriptions while they are open, and what is refused of them", async () => {
    const client = socketClient(app);
    const subscription = listen(client, "subscription { bankChanged { revision } }");
    const event = subscription.next();
    const open = await scrapeUntil(url, (scraped) => scraped.value("fulcrum_subscriptions") === 1);
    expect(open.value("fulcrum_sockets")).toBe(1);

    await expect(listen(client, "subscription { nothing }").next()).rejects.toThrow("GRAPHQL_VALIDATION_FAILED");
    await expect(bareSocket(app, { origin: "https://elsewhere.example" })).rejects.toThrow("403");
    await commit(store, [aConcept({ slug: "c" })]);
    await event;
    await subscription.stop();
    await client.dispose();

    const closed = await scrapeUntil(url, (scraped) => scraped.value("fulcrum_sockets") === 0);
    expect(closed.value("fulcrum_subscriptions")).toBe(0);
    expect(closed.by("fulcrum_errors_total", "code")).toEqual({ GRAPHQL_VALIDATION_FAILED: 1, FORBIDDEN: 1 });
  });

  it("count sockets that are closed or do not start because their client asks too much", async () => {
    const env = { ...withMetrics, FULCRUM_RATE_LIMIT: "1" };
    const limited = await runApp({ store, env, timeouts: { socketInit: 600_000 } });
    const limitedUrl = await metricsUrl(limited);
    const socket = await bareSocket(limited);
    const closed = closeCode(socket);
    for (let i = 0; i < 2_100; i++) socket.send('{"type":"ping"}');
    expect(await closed).toBe(4429);
    expect((await scrape(limitedUrl)).by("fulcrum_errors_total", "code")).toEqual({ RATE_LIMITED: 1 });
    await expect(bareSocket(limited)).rejects.toThrow("429");
    expect((await scrape(limitedUrl)).by("fulcrum_errors_total", "code")).toEqual({ RATE_LIMITED: 2 });
    await limited.close();
  });

  it("tell of the process: CPU, memory, the event loop, garbage collection and what was built", async () => {
    const scraped = await scrapeUntil(url, (each) => (each.counts("nodejs_eventloop_delay_seconds", "")[""] ?? 0) > 0);
    for (const name of [
      "process_cpu_seconds_total",
      "process_resident_memory_bytes",
      "process_start_time_seconds",
      "nodejs_heap_size_used_bytes",
      "nodejs_heap_size_limit_bytes",
      "nodejs_external_memory_bytes",
      "nodejs_eventloop_active_seconds_total",
    ])
      expect([name, scraped.value(name)]).toEqual([name, expect.any(Number)]);
    expect(Object.keys(scraped.counts("nodejs_gc_duration_seconds", "kind"))).toEqual(
      expect.arrayContaining(["minor", "major", "incremental"]),
    );
    expect(scraped.by("fulcrum_build_info", "node")).toEqual({ [process.versions.node]: 1 });
  });

  it("are at no other path, and not on the API's port", async () => {
    expect((await fetch(url.replace("/metrics", "/"))).status).toBe(404);
    expect((await fetch(url, { method: "POST" })).status).toBe(404);
    expect((await fetch(`${app.url}/metrics`)).status).toBe(404);
  });
});

it("has a bounded number of series however operations are named, and keeps those of trusted documents", async () => {
  const trusted = "query Trusted { __typename }";
  const file = path.join(mkdtempSync(path.join(tmpdir(), "fulcrum-documents-")), "documents.json");
  writeFileSync(file, JSON.stringify({ [documentIdOf(trusted)]: trusted }));
  const app = await runApp({ store: await aStore(), env: { ...withMetrics, FULCRUM_DOCUMENTS: file } });
  try {
    const url = await metricsUrl(app);
    for (let i = 0; i < 1_000; i += 50)
      await Promise.all(
        Array.from({ length: 50 }, (_, j) => post(app, { query: `query Name${i + j} { __typename }` })),
      );
    await post(app, { query: `query ${"Long".repeat(50)} { __typename }` });
    await post(app, { documentId: documentIdOf(trusted) });
    const scraped = await scrapeUntil(url, (each) => requestCount(each) === 1_002);
    const counts = scraped.counts("fulcrum_graphql_request_duration_seconds", "operation");
    expect(Object.keys(counts)).toHaveLength(101);
    expect(counts["Trusted"]).toBe(1);
    expect(counts["other"]).toBe(1_002 - 100);
  } finally {
    await app.close();
  }
});

it("counts calls of the store that fail, and says that the server is not ready", async () => {
  const store = await aStore();
  let isAway = false;
  const away = new Proxy(store, {
    get: (target, name) =>
      name === "ping"
        ? async () => {
            if (isAway) throw new DomainError("STORE_UNAVAILABLE", "It is away.");
          }
        : (Reflect.get(target, name) as unknown),
  });
  const app = await runApp({ store: away, env: { ...withMetrics, FULCRUM_READY_STRICT: "on" } });
  try {
    const url = await metricsUrl(app);
    expect((await scrape(url)).value("fulcrum_ready")).toBe(1);
    isAway = true;
    expect((await scrape(url)).value("fulcrum_ready")).toBe(0);
    const failed = (await scrape(url)).counts("fulcrum_store_call_duration_seconds", "outcome")["failed"];
    expect(failed).toBeGreaterThan(0);
  } finally {
    await app.close();
  }
});

it("keeps no metrics unless a port is set", async () => {
  const app = await runApp();
  expect(app.metricsServer).toBeNull();
  await app.close();
});
