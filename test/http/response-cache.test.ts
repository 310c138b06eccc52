import { get } from "node:http";
import { brotliDecompressSync } from "node:zlib";
import type { Database } from "../../src/domain/database";
import { createMemoryStore } from "../../src/store/memory/memory-store";
import { commit, patch } from "../builders/changes";
import { aConcept } from "../builders/nodes";
import { post, runApp, type RunningApp } from "./running-app";

const byKind = "query ($first: Int) { concepts(first: $first) { nodes { title summary } } }";

describe("an answer that was given before", () => {
  let app: RunningApp;
  let store: Database;
  beforeEach(async () => {
    store = createMemoryStore();
    await commit(
      store,
      ["a", "b", "c"].map((slug) => aConcept({ slug, title: `One ${slug}`, summary: slug.repeat(700) })),
    );
    app = await runApp({ store, env: { FULCRUM_ANSWERS_MB: "1" } });
  });
  afterEach(() => app.close());

  const ask = async (variables: unknown, headers: Record<string, string> = {}) =>
    (await post(app, { query: byKind, variables }, headers)).text();
  /** Often enough that it is kept. */
  const askOften = async (variables: unknown) => {
    const answers = [];
    for (let time = 0; time < 5; time++) answers.push(await ask(variables));
    expect(new Set(answers).size).toBe(1);
    return answers[0] as string;
  };

  it("is given until a commit, which the next one sees", async () => {
    expect(await askOften({ first: 1 })).toContain("One a");
    await commit(store, [patch("Concept:a", { title: "Two" })]);
    const later = await ask({ first: 1 }, { "fulcrum-min-revision": "2" });
    expect(later).toContain('"title":"Two"');
    expect(later).toContain('"revision":2');
    expect(await askOften({ first: 1 })).toBe(later);
  });

  it("is that of the same variables", async () => {
    const answers = [];
    for (const variables of [{ first: 1 }, { first: 2 }, {}, { first: null }]) answers.push(await askOften(variables));
    expect(answers.map((answer) => answer.split("One").length - 1)).toEqual([1, 2, 3, 3]);
    // JSON.parse makes Infinity of it, which JSON.stringify writes as null.
    const infinite = await post(app, `{"query": ${JSON.stringify(byKind)}, "variables": {"first": 1e999}}`);
    expect(await infinite.text()).toContain("BAD_USER_INPUT");
  });

  it("is checked as each request is", async () => {
    await askOften({ first: 1 });
    expect(await ask({ first: 1 }, { "fulcrum-view": "revision=1" })).toContain("UNAUTHENTICATED");
    expect(await ask({ first: 1 }, { authorization: "Bearer nothing" })).toContain("UNAUTHENTICATED");
    expect(await ask({ first: 1 }, { "fulcrum-min-revision": "9" })).toContain("SERVICE_UNAVAILABLE");
  });

  it("is compressed as each client asks", async () => {
    const plain = await askOften({ first: 3 });
    for (let time = 0; time < 3; time++) {
      const { encoding, body } = await raw(app, "br");
      expect([encoding, brotliDecompressSync(body).toString()]).toEqual(["br", plain]);
      const other = await raw(app, "identity");
      expect([other.encoding, other.body.toString()]).toEqual([undefined, plain]);
    }
  });
});

/** What goes over the wire for the three concepts. */
const raw = (app: RunningApp, encoding: string) =>
  new Promise<{ readonly encoding: string | undefined; readonly body: Buffer }>((resolve, reject) => {
    const search = new URLSearchParams({ query: byKind, variables: '{"first":3}' }).toString();
    const headers = { "accept-encoding": encoding, "apollo-require-preflight": "1" };
    get(`${app.url}/graphql?${search}`, { headers }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () => resolve({ encoding: response.headers["content-encoding"], body: Buffer.concat(parts) }));
    }).on("error", reject);
  });
