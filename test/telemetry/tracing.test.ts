import { newApiKey } from "../../src/domain/access/api-key";
import { createMemoryStore } from "../../src/store/memory/memory-store";
import { commit } from "../builders/changes";
import { aConcept } from "../builders/nodes";
import { post, type RunningApp, runApp } from "../http/running-app";
import { startServer } from "../http/server-process";
import { type ReceivedSpan, startTraceReceiver, type TraceReceiver } from "./trace-receiver";

const traceId = "0af7651916cd43dd8448eb211c80319c";
const spanId = "b7ad6b7169203331";
const isServer = ({ kind }: ReceivedSpan) => kind === "SPAN_KIND_SERVER";

describe("the traces", () => {
  let receiver: TraceReceiver;
  let app: RunningApp;
  const authorization = newApiKey({ name: "Ed", role: "EDITOR", expiresAt: null }, new Date());
  beforeEach(async () => {
    receiver = await startTraceReceiver();
    const store = createMemoryStore();
    await store.migrate();
    await store.keys.add(authorization.key);
    await commit(store, [aConcept({ slug: "a", explanation: "E." })]);
    app = await runApp({ store, env: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint, FULCRUM_READ: "store" } });
  });
  afterEach(async () => {
    await app.close();
    await receiver.close();
  });

  /** What came, once the app has drained and so sent what it had. */
  async function flushed(): Promise<readonly ReceivedSpan[]> {
    await app.close();
    return receiver.spans;
  }

  it("hold a span for the request, by the conventions, and below it one for each call of the store", async () => {
    const query = "query Walk($slug: String) { concept(slug: $slug) { slug questions { nodes { slug } } } }";
    await post(app, { query, variables: { slug: "a" } }, { "x-request-id": "r1" });

    const spans = await flushed();
    const [request, ...others] = spans.filter(isServer);
    expect(others).toEqual([]);
    expect(request).toMatchObject({
      name: "POST /graphql query",
      parentSpanId: "",
      isFailed: false,
      attributes: {
        "http.request.method": "POST",
        "http.route": "/graphql",
        "http.response.status_code": 200,
        "graphql.operation.type": "query",
        "graphql.operation.name": "Walk",
        "fulcrum.request_id": "r1",
        "fulcrum.cost.actual": 2,
      },
      resource: { "service.name": "fulcrum" },
    });
    const calls = spans.filter((span) => !isServer(span));
    expect(calls.map(({ name }) => name)).toEqual(["nodes", "neighbours"]);
    for (const call of calls)
      expect(call).toMatchObject({
        kind: "SPAN_KIND_CLIENT",
        traceId: request?.traceId,
        parentSpanId: request?.spanId,
        attributes: { "db.operation.name": call.name },
      });
  });

  it.each([
    ["goes on with a trace that it is part of", `00-${traceId}-${spanId}-01`, { traceId, parentSpanId: spanId }],
    ["begins its own where the parent is none", "00-nonsense-01", { parentSpanId: "" }],
    ["begins its own where the parent is all zeroes", `00-${"0".repeat(32)}-${spanId}-01`, { parentSpanId: "" }],
    [
      "takes the parts that it knows of a later version",
      `01-${traceId}-${spanId}-01-more`,
      { traceId, parentSpanId: spanId },
    ],
  ])("%s", async (_, traceparent, expected) => {
    await post(app, { query: "{ revision }" }, { traceparent });
    expect((await flushed()).filter(isServer)).toEqual([expect.objectContaining(expected)]);
  });

  it("leaves out a request whose caller does not trace it", async () => {
    await post(app, { query: "{ revision }" }, { traceparent: `00-${traceId}-${spanId}-00` });
    expect(await flushed()).toEqual([]);
  });

  it("leaves out probes", async () => {
    await fetch(`${app.url}/readyz`);
    expect(await flushed()).toEqual([]);
  });

  it("tells why a request was refused", async () => {
    await post(app, { query: "{ revision }" }, { authorization: "Bearer wrong" });
    await post(app, { query: "{ nothing }" });
    const refused = (await flushed()).filter(isServer);
    expect(refused.map(({ attributes }) => attributes["error.type"]).sort()).toEqual([
      "GRAPHQL_VALIDATION_FAILED",
      "UNAUTHENTICATED",
    ]);
    expect(refused.every(({ isFailed }) => !isFailed)).toBe(true);
  });

  it("holds no text of a query, no variables and no credential", async () => {
    const headers = { authorization: `Bearer ${authorization.text}` };
    await post(
      app,
      {
        query: 'query Secret($v: String) { concept(slug: $v) { slug } other: concept(slug: "literal") { slug } }',
        variables: { v: "variable" },
      },
      headers,
    );
    await fetch(`${app.url}/graphql?query=${encodeURIComponent('{ concept(slug: "literal") { slug } }')}`, {
      headers: { "apollo-require-preflight": "1", ...headers },
    });
    const spans = await flushed();
    expect(spans.filter(isServer)).toHaveLength(2);
    expect(spans.map(({ name }) => name)).toContain("keys.key");
    for (const secret of ["literal", "variable", "concept(", authorization.text, "Bearer"])
      expect(receiver.text).not.toContain(secret);
  });

  it("joins the commit of a mutation to its request", async () => {
    const query = 'mutation Add { saveConcept(input: { slug: "c", title: "C", summary: "S." }) { revision } }';
    await post(app, { query }, { authorization: `Bearer ${authorization.text}` });
    const spans = await flushed();
    const [request] = spans.filter(isServer);
    expect(request?.attributes).toMatchObject({ "graphql.operation.type": "mutation" });
    expect(spans.find(({ name }) => name === "commit")).toMatchObject({ parentSpanId: request?.spanId });
  });
});

it("serves and ends as ever where nobody takes the spans", async () => {
  const receiver = await startTraceReceiver();
  await receiver.close();
  const server = await startServer({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint });
  const ask = async () => (await post({ ...server, port: 0 } as never, { query: "{ revision }" })).status;
  expect(await Promise.all(Array.from({ length: 50 }, ask))).toEqual(Array(50).fill(200));
  expect(await server.stop()).toBe(0);
});

it("follows OpenTelemetry's own variables, and writes the trace into the log", async () => {
  const receiver = await startTraceReceiver();
  const server = await startServer({
    OTEL_EXPORTER_OTLP_ENDPOINT: `${receiver.endpoint}/`,
    OTEL_SERVICE_NAME: "questions",
    OTEL_RESOURCE_ATTRIBUTES: "deployment.environment.name=test",
    OTEL_TRACES_SAMPLER: "parentbased_always_off",
    OTEL_BSP_SCHEDULE_DELAY: "1",
  });
  try {
    const ask = (headers = {}) =>
      fetch(`${server.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify({ query: "query Named { revision }" }),
      });
    await ask();
    await ask({ traceparent: `00-${traceId}-${spanId}-01` });
    const spans = await receiver.received(1);
    expect(spans.filter(isServer)).toEqual([
      expect.objectContaining({
        traceId,
        resource: expect.objectContaining({
          "service.name": "questions",
          "deployment.environment.name": "test",
        }) as unknown,
      }),
    ]);
    await server.stop();
    const line = server.log.find((entry) => entry["traceId"] === traceId);
    expect(line).toMatchObject({ msg: "request", operation: "Named", type: "query", status: 200, cost: 1 });
    expect(JSON.stringify(server.log)).not.toContain("revision }");
  } finally {
    await server.stop();
    await receiver.close();
  }
});
