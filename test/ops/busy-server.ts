import { newApiKey } from "../../src/domain/access/api-key";
import type { Database } from "../../src/domain/database";
import { DomainError } from "../../src/domain/errors";
import { createMemoryStore } from "../../src/store/memory/memory-store";
import { commit } from "../builders/changes";
import { aConcept } from "../builders/nodes";
import { post, type RunningApp, runApp } from "../http/running-app";
import { listen, socketClient } from "../http/socket-client";
import { metricsUrl, type Scrape, scrapeUntil, withMetrics } from "../telemetry/scrape";

/** A store whose log answers, waits until it is let go, or fails. */
function moodyStore(store: Database) {
  let mood: "answers" | "waits" | "fails" = "answers";
  let letGo = (): void => undefined;
  let waiting = Promise.resolve();
  const log: Database["log"] = async (query) => {
    if (mood === "waits") await waiting;
    if (mood === "fails") throw new DomainError("STORE_UNAVAILABLE", "It is away.");
    return store.log(query);
  };
  return {
    store: new Proxy(store, { get: (target, name) => (name === "log" ? log : (Reflect.get(target, name) as unknown)) }),
    wait: () => {
      waiting = new Promise((resolve) => (letGo = resolve));
      mood = "waits";
    },
    fail: () => {
      mood = "fails";
      letGo();
    },
  };
}

/** How many requests are worked on at once before one is turned away. */
const maxInFlight = 100;
const head = "query Head { commits(last: 1) { nodes { revision } } }";

/** The metrics of a server that was brought to do all that is counted: to serve, commit, refuse, turn away and fail. */
export async function metricsOfBusyServer(): Promise<Scrape> {
  const inner = createMemoryStore();
  await inner.migrate();
  const editor = newApiKey({ name: "Ed", role: "EDITOR", expiresAt: null }, new Date());
  await inner.keys.add(editor.key);
  await commit(inner, [aConcept({ slug: "a" })]);
  const moody = moodyStore(inner);
  const app: RunningApp = await runApp({
    store: moody.store,
    env: { ...withMetrics, FULCRUM_MAX_DELAY_MS: "10000", FULCRUM_RATE_LIMIT: "1" },
  });
  try {
    const url = await metricsUrl(app);
    const authorization = `Bearer ${editor.text}`;
    await fetch(`${app.url}/readyz`);
    await post(app, { query: "query Concepts { concepts { nodes { slug } } }" });
    const query = 'mutation Add { saveConcept(input: { slug: "c", title: "C", summary: "S." }) { revision } }';
    await post(app, { query }, { authorization });
    const client = socketClient(app);
    const subscription = listen(client, "subscription { bankChanged { revision } }");
    const event = subscription.next().catch(() => undefined);
    await scrapeUntil(url, (scraped) => scraped.value("fulcrum_subscriptions") === 1);

    moody.wait();
    const asked = Array.from({ length: maxInFlight + 1 }, () => post(app, { query: head }, { authorization }));
    await Promise.race(asked);
    moody.fail();
    await Promise.all(asked);
    while ((await post(app, { query: "{ revision }" }, { authorization: "Bearer wrong" })).status !== 429);
    await client.dispose();
    await event;
    return await scrapeUntil(
      url,
      (scraped) =>
        (scraped.by("fulcrum_http_requests_total", "outcome")["failed"] ?? 0) >= maxInFlight &&
        (scraped.by("fulcrum_errors_total", "code")["RATE_LIMITED"] ?? 0) > 0,
    );
  } finally {
    await app.close();
  }
}
