import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { get } from "node:http";
import type { Database } from "../../src/domain/database";
import { createMemoryStore } from "../../src/store/memory/memory-store";
import { commit, patch } from "../builders/changes";
import { aConcept } from "../builders/nodes";
import { withSqliteStore } from "../contract/with-store";
import { openSqliteStore } from "../../src/store/sqlite/sqlite-store";
import { post, runApp, type RunningApp } from "./running-app";

const query = '{ concept(slug: "a") { title } }';
const preflight = { "apollo-require-preflight": "1" };
const read = (app: RunningApp, headers: Record<string, string> = {}, text = query) =>
  fetch(`${app.url}/graphql?query=${encodeURIComponent(text)}`, { headers: { ...preflight, ...headers } });
const titleOf = async (response: Response) =>
  ((await response.json()) as { data: { concept: { title: string } } }).data.concept.title;

describe("an answer to a GET", () => {
  let app: RunningApp;
  let store: Database;
  beforeEach(async () => {
    store = createMemoryStore();
    await commit(store, [aConcept({ slug: "a", title: "One" })]);
    app = await runApp({ store });
  });
  afterEach(() => app.close());

  it("need not be sent again until the graph has changed", async () => {
    const tag = (await read(app)).headers.get("etag") as string;
    const again = await read(app, { "if-none-match": `"other", ${tag}` });
    expect([again.status, await again.text(), again.headers.get("etag")]).toEqual([304, "", tag]);
    expect(again.headers.get("cache-control")).toBe("no-cache");
    expect(again.headers.get("vary")).toMatch(/authorization, fulcrum-view, fulcrum-throttle, accept/);

    await commit(store, [patch("Concept:a", { title: "Two" })]);
    const changed = await read(app, { "if-none-match": tag, "fulcrum-min-revision": "2" });
    expect([changed.status, await titleOf(changed)]).toEqual([200, "Two"]);
    expect(changed.headers.get("etag")).not.toBe(tag);
  });

  it("has another tag for another query or another media type", async () => {
    const tags = await Promise.all([
      read(app),
      read(app, {}, '{ concept(slug: "a") { slug } }'),
      read(app, { accept: "application/graphql-response+json" }),
    ]);
    expect(new Set(tags.map((response) => response.headers.get("etag"))).size).toBe(3);
  });

  it("has no tag when it failed, nor has the answer to a POST", async () => {
    for (const failed of [await read(app, {}, "{ nothing }"), await read(app, {}, '{ node(id: "x y") { id } }')])
      expect(failed.headers.get("etag")).toBeNull();
    expect((await post(app, { query })).headers.get("etag")).toBeNull();
  });

  it("refuses a least revision that is no number, and one that does not come", async () => {
    const codeOf = async (response: Response) =>
      ((await response.json()) as { errors: { extensions: { code: string } }[] }).errors[0]?.extensions.code;
    const [bad, late] = await Promise.all([
      read(app, { "fulcrum-min-revision": "-1" }),
      read(app, { "fulcrum-min-revision": "7" }),
    ]);
    expect([bad.status, await codeOf(bad)]).toEqual([400, "BAD_REQUEST"]);
    expect([late.status, await codeOf(late)]).toEqual([503, "SERVICE_UNAVAILABLE"]);
  });
});

describe("a commit by another process", () => {
  it("is seen by whoever asks for its revision, and soon by everyone", () =>
    withSqliteStore(async (store, path) => {
      await commit(store, [aConcept({ slug: "a", title: "One" })]);
      const app = await runApp({ store });
      const other = await openSqliteStore({ path });
      await commit(other, [patch("Concept:a", { title: "Two" })]);
      expect(await titleOf(await post(app, { query }, { "fulcrum-min-revision": "2" }))).toBe("Two");
      await commit(other, [patch("Concept:a", { title: "Three" })]);
      while ((await titleOf(await post(app, { query }))) !== "Three");
      const ready = (await (await fetch(`${app.url}/readyz`)).json()) as { lagMilliseconds: number };
      expect(ready).toEqual({
        status: "ready",
        revision: 3,
        lagMilliseconds: expect.any(Number) as number,
        texts: expect.stringMatching(/^(all|cached)$/) as string,
      });
      expect(ready.lagMilliseconds).toBeGreaterThanOrEqual(0);
      await other.close();
      await app.close();
    }));
});

describe("a long answer", () => {
  const raw = (app: RunningApp, acceptEncoding: string) =>
    new Promise<{ encoding: string | undefined; body: Buffer; length: string | undefined }>((resolve, reject) => {
      const path = `/graphql?query=${encodeURIComponent("{ __schema { types { name description } } }")}`;
      get(
        { port: app.port, host: "127.0.0.1", path, headers: { ...preflight, "accept-encoding": acceptEncoding } },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("end", () =>
            resolve({
              encoding: response.headers["content-encoding"],
              length: response.headers["content-length"],
              body: Buffer.concat(chunks),
            }),
          );
        },
      ).on("error", reject);
    });

  it("is compressed as the client accepts it, and a short one is not", async () => {
    const app = await runApp();
    const plain = await raw(app, "identity");
    expect(plain.encoding).toBeUndefined();
    for (const [accept, encoding, expand] of [
      ["gzip, deflate, br", "br", brotliDecompressSync],
      ["gzip", "gzip", gunzipSync],
      ["br;q=0, gzip", "gzip", gunzipSync],
    ] as const) {
      const answer = await raw(app, accept);
      expect([answer.encoding, Number(answer.length)]).toEqual([encoding, answer.body.length]);
      expect(answer.body.length).toBeLessThan(plain.body.length / 2);
      expect(expand(answer.body).equals(plain.body)).toBe(true);
    }
    expect((await raw(app, "deflate, *;q=0")).encoding).toBeUndefined();
    expect(
      (await post(app, { query: "{ __typename }" }, { "accept-encoding": "br" })).headers.get("content-encoding"),
    ).toBeNull();
    await app.close();
  });
});
