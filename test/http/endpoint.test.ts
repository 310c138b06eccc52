import { post, runApp, type RunningApp } from "./running-app";

const operation = { query: "{ __typename }" };
type Answer = {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
};
const codeOf = async (response: Response) => ((await response.json()) as Answer).errors?.[0]?.extensions.code;

describe("the endpoint", () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await runApp({ env: { FULCRUM_CORS_ORIGINS: "https://a.example" } });
  });
  afterAll(() => app.close());

  it("answers a POST", async () => {
    const response = await post(app, operation);
    expect([response.status, await response.json()]).toMatchObject([200, { data: { __typename: "Query" } }]);
  });

  it("answers a GET that cannot come from a form", async () => {
    const response = await fetch(`${app.url}/graphql?query={__typename}`, {
      headers: { "apollo-require-preflight": "1" },
    });
    expect([response.status, await response.json()]).toMatchObject([200, { data: { __typename: "Query" } }]);
  });

  it("refuses a GET that a page of another site could send", async () => {
    const response = await fetch(`${app.url}/graphql?query={__typename}`);
    expect([response.status, await codeOf(response)]).toEqual([400, "BAD_REQUEST"]);
  });

  it.each([
    ["a body that is no JSON", "{", {}, 400, "BAD_REQUEST"],
    [
      "a body that is not UTF-8",
      Buffer.from(`{"query":"{ __typename }","more":"\xff"}`, "latin1"),
      {},
      400,
      "BAD_REQUEST",
    ],
    ["another content type", "query", { "content-type": "text/plain" }, 415, "BAD_REQUEST"],
    ["another charset", "{}", { "content-type": "application/json; charset=latin1" }, 415, "BAD_REQUEST"],
    ["a compressed body", "{}", { "content-encoding": "gzip" }, 415, "BAD_REQUEST"],
    [
      "a body over 64 KiB",
      JSON.stringify({ query: `{ __typename }${" ".repeat(70_000)}` }),
      {},
      413,
      "PAYLOAD_TOO_LARGE",
    ],
    ["a batch", [operation], {}, 400, "BAD_REQUEST"],
    ["no query", {}, {}, 400, "BAD_REQUEST"],
    ["a syntax error", { query: "{" }, {}, 200, "GRAPHQL_PARSE_FAILED"],
    ["an unknown field", { query: "{ nothing }" }, {}, 200, "GRAPHQL_VALIDATION_FAILED"],
    [
      "an unknown operation",
      { query: "query A { __typename }", operationName: "B" },
      {},
      400,
      "OPERATION_RESOLUTION_FAILURE",
    ],
    [
      "a variable of the wrong type",
      { query: "query ($n: Int) { questions(first: $n) { totalCount } }", variables: { n: "x" } },
      {},
      200,
      "BAD_USER_INPUT",
    ],
  ])("refuses %s", async (_, body, headers, status, code) => {
    const response =
      body instanceof Buffer
        ? await fetch(`${app.url}/graphql`, { method: "POST", headers: { "content-type": "application/json" }, body })
        : await post(app, body, headers);
    expect(response.headers.get("content-type")).toMatch(/^application\/(json|graphql-response\+json)/);
    expect([response.status, await codeOf(response)]).toEqual([status, code]);
  });

  it("refuses a body over 64 KiB that comes in chunks and does not tell its length", async () => {
    const half = new TextEncoder().encode(" ".repeat(40_000));
    const body = new ReadableStream({
      start: (stream) => {
        stream.enqueue(half);
        stream.enqueue(half);
        stream.close();
      },
    });
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${app.url}/graphql`, { method: "POST", headers, body, duplex: "half" });
    expect([response.status, await codeOf(response)]).toEqual([413, "PAYLOAD_TOO_LARGE"]);
  });

  it("gives a failed document 400 where the client tells GraphQL's answers from a proxy's", async () => {
    const response = await post(app, { query: "{" }, { accept: "application/graphql-response+json" });
    expect([response.status, await codeOf(response)]).toEqual([400, "GRAPHQL_PARSE_FAILED"]);
  });

  it("refuses other methods and names those that it takes", async () => {
    const response = await fetch(`${app.url}/graphql`, { method: "DELETE" });
    expect([response.status, response.headers.get("allow"), await codeOf(response)]).toEqual([
      405,
      "GET, POST",
      "BAD_REQUEST",
    ]);
  });

  it("has nothing elsewhere", async () => {
    const response = await fetch(`${app.url}/graphql/v2`);
    expect([response.status, await codeOf(response)]).toEqual([404, "NOT_FOUND"]);
  });

  it("is where the root leads to, for now", async () => {
    const response = await fetch(`${app.url}/`, { redirect: "manual" });
    expect([response.status, response.headers.get("location")]).toEqual([302, "/graphql"]);
  });

  it("forbids browsers to guess what an answer is, whatever the answer", async () => {
    const answers = await Promise.all([
      post(app, operation),
      post(app, "{"),
      fetch(`${app.url}/healthz`),
      fetch(`${app.url}/nothing`),
    ]);
    expect(answers.map(({ headers }) => headers.get("x-content-type-options"))).toEqual(Array(4).fill("nosniff"));
  });

  it("gives back a harmless request id and replaces any other", async () => {
    const kept = await post(app, operation, { "x-request-id": "abc-1.2" });
    expect(kept.headers.get("x-request-id")).toBe("abc-1.2");
    for (const other of ["a b{", "a".repeat(101)]) {
      const replaced = await post(app, operation, { "x-request-id": other });
      expect(replaced.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it("lets configured origins in and no others", async () => {
    const preflight = (origin: string) =>
      fetch(`${app.url}/graphql`, { method: "OPTIONS", headers: { origin, "access-control-request-method": "POST" } });
    const allowed = await preflight("https://a.example");
    expect([allowed.status, allowed.headers.get("access-control-allow-origin")]).toEqual([204, "https://a.example"]);
    expect(allowed.headers.get("access-control-allow-headers")?.split(", ")).toEqual(
      expect.arrayContaining(["authorization", "content-type", "fulcrum-view"]),
    );
    expect(allowed.headers.get("access-control-allow-methods")).toBe("GET, POST");
    const other = await preflight("https://b.example");
    expect(other.headers.get("access-control-allow-origin")).toBeNull();
    const answered = await post(app, operation, { origin: "https://a.example" });
    expect(answered.headers.get("access-control-allow-origin")).toBe("https://a.example");
    expect(answered.headers.get("access-control-expose-headers")?.split(", ")).toEqual(
      expect.arrayContaining(["x-request-id", "etag", "ratelimit", "retry-after"]),
    );
  });

  it("answers headers that are too large in the shape of other errors", async () => {
    const response = await fetch(`${app.url}/healthz`, { headers: { "x-large": "a".repeat(20_000) } });
    expect([response.status, await codeOf(response)]).toEqual([431, "PAYLOAD_TOO_LARGE"]);
  });
});

describe("before the store is prepared", () => {
  it("health answers, readiness and queries are refused", async () => {
    const app = await runApp({ open: false });
    const status = async (path: string) => (await fetch(app.url + path)).status;
    expect([await status("/healthz"), await status("/readyz")]).toEqual([200, 503]);
    const refused = await post(app, operation);
    expect([refused.status, await codeOf(refused)]).toEqual([503, "SERVICE_UNAVAILABLE"]);
    await app.open();
    expect([await status("/readyz"), (await post(app, operation)).status]).toEqual([200, 200]);
    await app.close();
  });
});
