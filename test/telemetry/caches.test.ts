import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { cacheBudgets, type CacheName, cacheSizes } from "../../src/cache-budgets";
import { newApiKey } from "../../src/domain/access/api-key";
import type { Database } from "../../src/domain/database";
import { commit, patch } from "../builders/changes";
import { aLink } from "../builders/links";
import { aConcept, aQuestion } from "../builders/nodes";
import { post, type RunningApp, runApp } from "../http/running-app";
import { listen, socketClient } from "../http/socket-client";
import { withStore } from "../store/sqlite/store-file";
import { metricsUrl, scrape, withMetrics } from "./scrape";

const names = Object.keys(cacheBudgets) as readonly CacheName[];

/** Asks what has each cache keep something, as far as reads from memory or from the store use it. */
async function use(app: RunningApp, store: Database): Promise<void> {
  const { key, text } = newApiKey({ name: "Ed", role: "EDITOR", expiresAt: null }, new Date());
  await store.keys.add(key);
  // A use that is written later would be a commit of another connection, with which what is kept of SQLite goes.
  await store.keys.used(key.id, new Date().toISOString());
  const ask = async (query: string, headers: Record<string, string> = {}) => {
    const answer = (await (await post(app, { query }, headers)).json()) as { errors?: unknown };
    expect(answer.errors).toBeUndefined();
  };
  const asEditor = { authorization: `Bearer ${text}` };
  for (let time = 0; time < 3; time++) await ask('{ question(slug: "q") { prompt } }');
  await ask('{ search(text: "why", where: { title: ["Q"] }) { totalCount } }');
  await ask('{ path(from: "Question:q", to: "Concept:c") { complete } }');
  await ask("{ questions { totalCount } }", { ...asEditor, "fulcrum-view": "revision=1" });
  const input = '{ id: "Question:q", prompt: "What of [it](concept:c)?" }';
  await ask(`mutation { saveQuestion(input: ${input}, dryRun: true) { userErrors { code } } }`, asEditor);
  const client = socketClient(app);
  const following = listen(client, 'subscription { bankChanged(after: 0, ids: ["Question:q"]) { revision } }');
  await following.next();
  await following.stop();
  await client.dispose();
  await ask('{ questions(where: { title: ["Q"] }) { totalCount nodes { slug concepts { node { slug } } } } }');
}

async function aBank(store: Database): Promise<void> {
  await commit(store, [
    aQuestion({ slug: "q", title: "Q", prompt: "Why?" }),
    aConcept({ slug: "c" }),
    aLink("ABOUT", "Question:q", "Concept:c"),
  ]);
  await commit(store, [patch("Question:q", { prompt: "Why not?" })]);
}

describe("the metrics of caches", () => {
  it("are of every cache that has a budget, of no other one, and live", async () => {
    await withStore(async (store) => {
      await aBank(store);
      const filled = new Set<string>();
      for (const read of ["memory", "store"]) {
        const app = await runApp({ store, env: { ...withMetrics, FULCRUM_READ: read, FULCRUM_RATE_LIMIT: "100000" } });
        try {
          const url = await metricsUrl(app);
          await use(app, store);
          const scraped = await scrape(url);
          expect(scraped.by("fulcrum_cache_max_bytes", "cache")).toEqual(cacheSizes);
          const bytes = scraped.by("fulcrum_cache_bytes", "cache");
          const entries = scraped.by("fulcrum_cache_entries", "cache");
          expect([Object.keys(bytes).sort(), Object.keys(entries).sort()]).toEqual([
            [...names].sort(),
            [...names].sort(),
          ]);
          for (const name of names) if (bytes[name]! > 0 && entries[name]! > 0) filled.add(name);
        } finally {
          await app.close();
        }
      }
      expect(names.filter((name) => !filled.has(name))).toEqual([]);
    });
  });
});

/** Classes for caches, and tables that a module begins empty and fills as it goes. */
const caching =
  /new (?:ByteCache|GenerationCache|LRUCache)\b|^(?:const|let) \w+(?:: [^=]+)? = new (?:Weak)?(?:Map|Set)\b[^(]*\(\)/m;

/** What bounds those of a file: a row of the table of caches, the ontology, or that an entry goes with its key. */
const bounds: Readonly<Record<string, CacheName | "ontology" | "keys">> = {
  "access/authenticator.ts": "apiKeys",
  "domain/changes/invariants/link-limits.ts": "ontology",
  "domain/changes/mentions.ts": "ontology",
  "domain/graph/paths/numbered.ts": "pathNumbers",
  "domain/markdown.ts": "markdownLinks",
  "domain/ontology/relations.ts": "ontology",
  "domain/quantities.ts": "ontology",
  "graphql/arguments/link-arguments.ts": "ontology",
  "graphql/arguments/where-argument.ts": "ontology",
  "graphql/document-cache.ts": "documents",
  "graphql/inputs/node-inputs.ts": "ontology",
  "graphql/limits/introspection-cost.ts": "keys",
  "graphql/query-caches.ts": "compiledDocuments",
  "graphql/response-cache.ts": "answers",
  "graphql/text-cache.ts": "texts",
  "graphql/types/change-set-type.ts": "keys",
  "graphql/types/connection-types.ts": "ontology",
  "graphql/types/enum-types.ts": "ontology",
  "graphql/types/field-types.ts": "ontology",
  "graphql/types/link-shapes.ts": "ontology",
  "graphql/types/link-types.ts": "ontology",
  "http/limits/buckets.ts": "clients",
  "http/limits/client-allowance.ts": "keys",
  "http/limits/credential-gate.ts": "clients",
  "store/memory/past-views.ts": "pastViews",
  "store/memory/read-model.ts": "viewAnswers",
  "store/neo4j/order-keys.ts": "ontology",
  "store/sqlite/field-value.ts": "ontology",
  "store/sqlite/snapshot.ts": "sqliteNodes",
  "store/sqlite/sql.ts": "keys",
};

it("is bounded, whatever the source keeps beyond a request", () => {
  const folder = path.resolve(__dirname, "..", "..", "src");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const found = files.filter((file) => caching.test(readFileSync(path.join(folder, file), "utf8")));
  expect(found.sort()).toEqual(Object.keys(bounds).sort());
});
