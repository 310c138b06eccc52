import { newApiKey } from "../../src/domain/access/api-key";
import { createMemoryStore } from "../../src/store/memory/memory-store";
import { commit } from "../builders/changes";
import { aConcept } from "../builders/nodes";
import { post, runApp, type RunningApp } from "./running-app";

interface Answer {
  readonly data: Readonly<Record<string, { readonly revision?: number; readonly changeSet?: unknown } | null>> | null;
  readonly errors?: readonly { readonly path?: readonly string[]; readonly extensions: { readonly code: string } }[];
  readonly extensions?: { readonly revision: number };
}

describe.each(["memory", "store"])("mutations, with reads from %s", (readFrom) => {
  const store = createMemoryStore();
  let app: RunningApp;
  let authorization: string;
  beforeAll(async () => {
    await commit(store, [aConcept({ slug: "a" })]);
    const { key, text } = newApiKey({ name: "Edith", role: "EDITOR", expiresAt: null }, new Date());
    await store.keys.add(key);
    authorization = `Bearer ${text}`;
    app = await runApp({ store, env: { FULCRUM_READ: readFrom } });
  });
  afterAll(() => app.close());
  const ask = async (query: string): Promise<Answer> =>
    (await (await post(app, { query }, { authorization })).json()) as Answer;

  it("of one request keep their results when another of them fails", async () => {
    const { data, errors } = await ask(`mutation {
      a: openChangeSet(title: "X") { changeSet { title } }
      b: discardChangeSet(changeSet: "nope") { changeSet { title } }
      c: openChangeSet(title: "Y") { changeSet { title } }
    }`);
    expect(data).toEqual({ a: { changeSet: { title: "X" } }, b: null, c: { changeSet: { title: "Y" } } });
    expect(errors).toMatchObject([{ path: ["b"], extensions: { code: "NOT_FOUND" } }]);
  });

  it("tell the revision that they have made, the last one's of several", async () => {
    const save = (slug: string) =>
      `saveConcept(input: { slug: "${slug}", title: "${slug}", summary: "What it is." }) { revision userErrors { message } }`;
    const first = await ask(`mutation { it: ${save(`one-${readFrom}`)} }`);
    expect(first.data?.["it"]).toEqual({ revision: await store.reader().revision(), userErrors: [] });
    expect(first.extensions?.revision).toBe(first.data?.["it"]?.revision);
    const both = await ask(`mutation { x: ${save(`two-${readFrom}`)} y: ${save(`three-${readFrom}`)} }`);
    expect(both.extensions?.revision).toBe(both.data?.["y"]?.revision);
    expect(both.data?.["y"]?.revision).toBe((both.data?.["x"]?.revision ?? 0) + 1);
  });
});

describe("a refusal", () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await runApp();
  });
  afterAll(() => app.close());

  const nasty = '\u0001é"\\'.repeat(3_000);
  it.each<[string, unknown, string]>([
    [
      "four variables of a wrong type",
      { query: "query ($w: [ID!]!) { nodes(ids: $w) { id } }", variables: { w: [null, null, null, null] } },
      "BAD_USER_INPUT",
    ],
    [
      "two hundred of them",
      {
        query: "query ($w: [ID!]!) { nodes(ids: $w) { id } }",
        variables: { w: Array.from({ length: 200 }, () => ({})) },
      },
      "BAD_USER_INPUT",
    ],
    [
      "a long text for a number",
      { query: "query ($n: Int) { questions(first: $n) { totalCount } }", variables: { n: nasty } },
      "BAD_USER_INPUT",
    ],
    [
      "objects with unknown keys",
      {
        query: "query ($w: QuestionWhere) { questions(where: $w) { totalCount } }",
        variables: { w: Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`${"k".repeat(40)}${i}`, i])) },
      },
      "BAD_USER_INPUT",
    ],
    [
      "a long literal for a number",
      { query: `{ questions(first: "${"a".repeat(14_000)}") { totalCount } }` },
      "GRAPHQL_VALIDATION_FAILED",
    ],
    [
      "many unknown fields",
      { query: `{ ${Array.from({ length: 10 }, (_, i) => `${"f".repeat(900)}${i}`).join(" ")} }` },
      "GRAPHQL_VALIDATION_FAILED",
    ],
    [
      "many fields that do not fit together",
      { query: `{ ${"x: questions { a: totalCount } ".repeat(9)} x: questions(first: 2) { a: nodes { id } } }` },
      "GRAPHQL_VALIDATION_FAILED",
    ],
    [
      "an argument that a variable makes null",
      { query: 'query ($s: String! = "a") { question(slug: $s) { id } }', variables: { s: null } },
      "BAD_USER_INPUT",
    ],
    [
      "characters that take many bytes",
      { query: `{ question(slug: ${"日".repeat(4_000)}) { id } }` },
      "GRAPHQL_PARSE_FAILED",
    ],
  ])("of %s is the client's mistake, in less than 8 kB", async (_, body, code) => {
    const response = await post(app, body);
    const text = await response.text();
    const { errors } = JSON.parse(text) as { errors: { extensions: { code: string } }[] };
    expect([...new Set(errors.map(({ extensions }) => extensions.code))]).toEqual([code]);
    expect(Buffer.byteLength(text)).toBeLessThan(8_000);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  });
});
