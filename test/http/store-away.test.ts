import { cacheBudgets } from "../../src/cache-budgets";
import { newApiKey } from "../../src/domain/access/api-key";
import type { Database } from "../../src/domain/database";
import { DomainError } from "../../src/domain/errors";
import { createMemoryStore } from "../../src/store/memory/memory-store";
import { commit } from "../builders/changes";
import { aConcept } from "../builders/nodes";
import { metricsUrl, scrapeUntil, withMetrics } from "../telemetry/scrape";
import { post, type RunningApp, runApp } from "./running-app";

/** A store that can be made to fail pings and to leave every other call without an answer for as long as it is away. */
function leaving(store: Database) {
  let isAway = false;
  const silent = <T extends object>(target: T, own: Partial<T> = {}): T =>
    new Proxy(target, {
      get: (_, name) => {
        if (name in own) return own[name as keyof T];
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== "function") return member;
        return (...given: unknown[]): unknown =>
          isAway ? new Promise(() => undefined) : Reflect.apply(member, target, given);
      },
    });
  return {
    store: silent(store, {
      ping: async () => {
        if (isAway) throw new DomainError("STORE_UNAVAILABLE", "It is away.");
      },
      reader: (options) => silent(store.reader(options)),
      drafts: silent(store.drafts),
      keys: silent(store.keys),
    }),
    leave: () => (isAway = true),
    comeBack: () => (isAway = false),
  };
}

const save = (slug: string) => ({
  query: `mutation { saveConcept(input: { slug: "${slug}", title: "T", summary: "S." }) { revision } }`,
});

describe("while the store is known to be away", () => {
  let app: RunningApp;
  let source: ReturnType<typeof leaving>;
  const editor = newApiKey({ name: "Ed", role: "EDITOR", expiresAt: null }, new Date());
  const authorization = { authorization: `Bearer ${editor.text}` };
  // One text more than the cache holds.
  const long = "x".repeat(20_000);
  const count = Math.ceil(cacheBudgets.texts.maxBytes / long.length) + 1;
  const slugs = Array.from({ length: count }, (_, at) => `concept-${10_000 + at}`);

  beforeEach(async () => {
    const inner = createMemoryStore();
    await inner.keys.add(editor.key);
    await commit(
      inner,
      slugs.map((slug) => aConcept({ slug, title: slug, explanation: long })),
    );
    source = leaving(inner);
    app = await runApp({ store: source.store, env: { ...withMetrics, FULCRUM_ANSWERS_MB: "0" } });
  }, 60_000);
  afterEach(async () => {
    source.comeBack();
    await app.close();
  });

  const readiness = async () => (await (await fetch(`${app.url}/readyz`)).json()) as Record<string, unknown>;
  async function untilKnown(): Promise<void> {
    while ((await readiness())["writes"] === undefined);
  }

  it("refuses writes at once with 503, whoever the key is of, and takes them again when it is back", async () => {
    expect((await post(app, save("before"), authorization)).status).toBe(200);
    source.leave();
    await untilKnown();
    const unknown = newApiKey({ name: "Mo", role: "EDITOR", expiresAt: null }, new Date()).text;
    for (const headers of [authorization, { authorization: `Bearer ${unknown}` }]) {
      const refused = await post(app, save("during"), headers);
      expect([refused.status, Number(refused.headers.get("retry-after"))]).toEqual([503, 2]);
      expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: "SERVICE_UNAVAILABLE" } }] });
    }
    const away = await scrapeUntil(
      await metricsUrl(app),
      (scraped) => (scraped.value("fulcrum_store_away_seconds") ?? 0) >= 1,
    );
    expect(away.value("fulcrum_ready")).toBe(1);

    source.comeBack();
    while ((await post(app, save("after"), authorization)).status === 503);
    expect((await readiness())["writes"]).toBeUndefined();
  }, 60_000);

  it("leaves a text that is not in memory null, and answers everything else", async () => {
    source.leave();
    await untilKnown();
    const asked = await Promise.all(
      slugs.map(async (slug) => {
        const answer = await post(app, { query: `{ concept(slug: "${slug}") { title explanation } revision }` });
        return (await answer.json()) as {
          data: { concept: { title: string; explanation: string | null }; revision: number };
          errors?: readonly { path: readonly string[]; extensions: { code: string } }[];
        };
      }),
    );
    expect(asked.map(({ data }) => [data.concept.title, data.revision])).toEqual(slugs.map((slug) => [slug, 1]));
    const missing = asked.filter(({ data }) => data.concept.explanation === null);
    expect(missing.length).toBeGreaterThan(0);
    expect(missing.length).toBeLessThan(asked.length);
    for (const { errors } of missing)
      expect(errors).toEqual([
        expect.objectContaining({
          path: ["concept", "explanation"],
          extensions: { code: "SERVICE_UNAVAILABLE" },
        }),
      ]);
  }, 60_000);
});
