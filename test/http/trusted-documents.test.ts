import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { documentIdOf } from "../../src/http/trusted-documents";
import { createMemoryStore } from "../../src/store/memory/memory-store";
import { commit } from "../builders/changes";
import { aConcept } from "../builders/nodes";
import { post, runApp, type RunningApp } from "./running-app";
import { listen, socketClient } from "./socket-client";

const text = "query Type($yes: Boolean!) { __typename @include(if: $yes) }";
const id = documentIdOf(text);
const variables = { yes: true };

function manifest(content: unknown = { [id]: text }): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "fulcrum-documents-")), "documents.json");
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

interface Outcome {
  readonly status: number;
  readonly data?: unknown;
  readonly code?: string | undefined;
  readonly message?: string | undefined;
}
async function outcome(response: Response): Promise<Outcome> {
  const { data, errors } = (await response.json()) as {
    data?: unknown;
    errors?: { message: string; extensions: { code: string } }[];
  };
  return { status: response.status, data, code: errors?.[0]?.extensions.code, message: errors?.[0]?.message };
}
const served = { status: 200, data: { __typename: "Query" } };
const notFound = { status: 404, code: "NOT_FOUND", message: "PersistedQueryNotFound" };

describe("a document that was made known", () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await runApp({ env: { FULCRUM_DOCUMENTS: manifest() } });
  });
  afterAll(() => app.close());
  const ask = async (body: unknown) => outcome(await post(app, body));
  const persistedQuery = { version: 1, sha256Hash: id.slice("sha256:".length) };

  it("is served by its id, in a POST and in a GET", async () => {
    expect(await ask({ documentId: id, variables })).toEqual(served);
    const search = new URLSearchParams({ documentId: id, variables: JSON.stringify(variables) });
    const headers = { "apollo-require-preflight": "1" };
    expect(await outcome(await fetch(`${app.url}/graphql?${search.toString()}`, { headers }))).toEqual(served);
  });

  it("is served by the hash that Apollo's clients send", async () => {
    expect(await ask({ extensions: { persistedQuery }, variables })).toEqual(served);
    const search = new URLSearchParams({
      extensions: JSON.stringify({ persistedQuery }),
      variables: JSON.stringify(variables),
    });
    const headers = { "apollo-require-preflight": "1" };
    expect(await outcome(await fetch(`${app.url}/graphql?${search.toString()}`, { headers }))).toEqual(served);
  });

  it("is the only kind that has a name: nothing is remembered while the server runs", async () => {
    const other = "{ __typename }";
    const hash = documentIdOf(other).slice("sha256:".length);
    const extensions = { persistedQuery: { version: 1, sha256Hash: hash } };
    expect(await ask({ extensions })).toMatchObject(notFound);
    expect(await ask({ query: other, extensions })).toEqual(served);
    expect(await ask({ extensions })).toMatchObject(notFound);
    expect(await ask({ documentId: `sha256:${hash}` })).toMatchObject(notFound);
  });

  it.each([
    ["another document's hash", { query: "{ a: __typename }", documentId: id }],
    ["a number for an id", { documentId: 7 }],
    ["extensions that are no object", { query: text, extensions: 7 }],
  ])("is refused with %s", async (_, body) => {
    const { status, code } = await ask(body);
    expect([400, 404]).toContain(status);
    expect(["BAD_REQUEST", "NOT_FOUND"]).toContain(code);
  });
});

describe("a server of trusted documents alone", () => {
  it("refuses every other document", async () => {
    const app = await runApp({ env: { FULCRUM_DOCUMENTS: manifest(), FULCRUM_DOCUMENTS_ONLY: "on" } });
    const ask = async (body: unknown) => outcome(await post(app, body));
    expect(await ask({ documentId: id, variables })).toEqual(served);
    expect(await ask({ query: text, variables })).toEqual(served);
    expect(await ask({ query: "{ __typename }" })).toMatchObject({ status: 403, code: "FORBIDDEN" });
    expect(await ask({ query: "{ __schema { types { name } } }" })).toMatchObject({ status: 403 });
    const search = new URLSearchParams({ query: "{ __typename }" });
    const headers = { "apollo-require-preflight": "1" };
    expect(await outcome(await fetch(`${app.url}/graphql?${search.toString()}`, { headers }))).toMatchObject({
      status: 403,
    });
    await app.close();
  });

  it("refuses other subscriptions, too", async () => {
    const known = "subscription { bankChanged(after: 0) { revision } }";
    const store = createMemoryStore();
    await commit(store, [aConcept({ slug: "a" })]);
    const env = { FULCRUM_DOCUMENTS: manifest({ [documentIdOf(known)]: known }), FULCRUM_DOCUMENTS_ONLY: "on" };
    const app = await runApp({ store, env });
    const client = socketClient(app);
    const events = listen(client, known);
    expect(await events.next()).toEqual({ bankChanged: { revision: 1 } });
    await events.stop();
    const refused = listen(client, "subscription { bankChanged(after: 0) { title } }").next();
    await expect(refused).rejects.toThrow('"code":"FORBIDDEN"');
    await client.dispose();
    await app.close();
  });

  it.each([
    ["no JSON", "{", "is no manifest of documents"],
    ["a list", [], "it must be an object"],
    ["a wrong hash", { "sha256:0": text }, "is not the SHA-256 of its text"],
  ])("does not start with %s for a manifest", async (_, content, message) => {
    await expect(runApp({ env: { FULCRUM_DOCUMENTS: manifest(content) } })).rejects.toThrow(message);
  });

  it("does not start without a manifest", async () => {
    await expect(runApp({ env: { FULCRUM_DOCUMENTS_ONLY: "on" } })).rejects.toThrow("FULCRUM_DOCUMENTS_ONLY needs");
  });
});
