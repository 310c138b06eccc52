import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { newApiKey } from "../../src/domain/access/api-key";
import { DomainError } from "../../src/domain/errors";
import { createMemoryStore } from "../../src/store/memory/memory-store";
import { commit } from "../builders/changes";
import { aConcept } from "../builders/nodes";
import { post, runApp, type RunningApp } from "../http/running-app";
import { metricsUrl, withMetrics } from "../telemetry/scrape";
import { constant, firing, hasPromtool, type Series, seriesOf } from "./promtool";

const rules = path.resolve(__dirname, "../../ops/prometheus/alerts.yml");
const alerts = (parse(readFileSync(rules, "utf8")) as { groups: { rules: { alert: string }[] }[] }).groups.flatMap(
  (group) => group.rules.map(({ alert }) => alert),
);

interface Bench {
  readonly app: RunningApp;
  /** The metrics now. */
  read(): Promise<string>;
  /** What the store does from now on, in place of what it is asked for; null: what it is asked for. */
  instead(work: ((method: string) => Promise<void>) | null): void;
  /** Asks so often at once, by an editor. */
  ask(count: number, query: string): Promise<Response[]>;
}

const away = () => Promise.reject(new DomainError("STORE_UNAVAILABLE", "It is away."));
const log = "{ commits(last: 1) { nodes { revision } } }";
const save = (n: number) =>
  `mutation { saveConcept(input: { slug: "s${n}", title: "S", summary: "S." }) { revision } }`;
const up = (instance: string, value: number) => constant(`up{job="fulcrum",instance="${instance}"}`, value);

/** What Prometheus reads of a server, before and after something was done to it. */
async function scraped(
  cause: (bench: Bench) => Promise<void>,
  { env = {}, open = true, commits = 1, instance = "a" } = {},
): Promise<Series[]> {
  const store = createMemoryStore();
  await store.migrate();
  const editor = newApiKey({ name: "Ed", role: "EDITOR", expiresAt: null }, new Date());
  await store.keys.add(editor.key);
  for (let n = 0; n < commits; n++) await commit(store, [aConcept({ slug: `c${n}` })]);
  let instead: ((method: string) => Promise<void>) | null = null;
  const moody = new Proxy(store, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function" || !["log", "ping", "commit"].includes(name as string)) return member;
      return async (...given: unknown[]): Promise<unknown> => {
        await instead?.(name as string);
        return Reflect.apply(member, target, given);
      };
    },
  });
  const app = await runApp({ store: moody, open, env: { ...withMetrics, ...env } });
  try {
    const url = await metricsUrl(app);
    const read = async () => (await fetch(url)).text();
    const before = await read();
    let after = before;
    await cause({
      app,
      read,
      instead: (work) => (instead = work),
      ask: (count, query) =>
        Promise.all(
          Array.from({ length: count }, () => post(app, { query }, { authorization: `Bearer ${editor.text}` })),
        ),
    });
    after = await read();
    return [...seriesOf(instance, before, after), up(instance, 1)];
  } finally {
    instead = null;
    await app.close();
  }
}

const sleepsFor = (milliseconds: number) => () => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** By alert, what Prometheus reads of servers in that trouble. */
const causes: Readonly<Record<string, () => Promise<readonly Series[]>>> = {
  FulcrumDown: async () => [
    up(
      "a",
      await fetch("http://127.0.0.1:1/metrics").then(
        () => 1,
        () => 0,
      ),
    ),
  ],
  FulcrumGone: () => Promise.resolve([]),
  FulcrumNotReady: () => scraped(() => Promise.resolve(), { open: false }),
  FulcrumStoreAway: () =>
    scraped(async ({ read, instead }) => {
      instead(away);
      while (/^fulcrum_store_away_seconds 0$/m.test(await read()));
    }),
  FulcrumStoreFailing: () =>
    scraped(async ({ ask, instead }) => {
      instead(away);
      await ask(20, log);
    }),
  FulcrumRevisionsDiffer: async () => [
    ...(await scraped(() => Promise.resolve())),
    ...(await scraped(() => Promise.resolve(), { instance: "b", commits: 2 })),
  ],
  FulcrumFailing: () =>
    scraped(async ({ ask, instead }) => {
      instead(away);
      await ask(20, log);
    }),
  FulcrumSlow: () =>
    scraped(async ({ ask, instead }) => {
      instead(sleepsFor(1_100));
      await ask(20, log);
    }),
  FulcrumOverloaded: () =>
    scraped(
      async ({ ask, instead }) => {
        let letGo = (): void => undefined;
        const waiting = new Promise<void>((resolve) => (letGo = resolve));
        instead(() => waiting);
        let turnedAway = 0;
        const asked = Array.from({ length: 120 }, async () => {
          const [answer] = await ask(1, log);
          turnedAway += Number(answer!.status === 503);
        });
        // The others wait for the store, so that those who are answered first are those who are turned away.
        while (turnedAway < 20) await new Promise((resolve) => setTimeout(resolve, 10));
        letGo();
        await Promise.all(asked);
      },
      { env: { FULCRUM_MAX_DELAY_MS: "10000" } },
    ),
  FulcrumLoopBlocked: () =>
    scraped(async () => {
      for (let block = 0; block < 5; block++) {
        const until = performance.now() + 300;
        while (performance.now() < until);
        await new Promise((resolve) => setImmediate(resolve));
      }
    }),
  FulcrumClientsLimited: () =>
    scraped(
      async ({ app }) => {
        for (let refused = 0; refused < 100;)
          refused += Number((await post(app, { query: log }, { authorization: "Bearer wrong" })).status === 429);
      },
      { env: { FULCRUM_RATE_LIMIT: "1" } },
    ),
  FulcrumWrongCredentials: () =>
    scraped(async ({ app }) => {
      for (let n = 0; n < 100; n++) await post(app, { query: log }, { authorization: "Bearer wrong" });
    }),
};

/** What cannot be caused within moments, or without harm to whoever runs the tests. */
const notCaused: Readonly<Record<string, string>> = {
  FulcrumCopyBehind: "the store has to hang for more than ten seconds",
  FulcrumWritesWaiting: "commits of one process wait in the store, which has to be slow for a minute",
  FulcrumSigningKeysStale: "the keys have to be away for more than two minutes",
  FulcrumHeapNearLimit: "a process has to be near its end",
  FulcrumRestarting: "a process has to be started four times, seconds apart",
};

(hasPromtool ? describe : describe.skip)(`alerts by promtool${hasPromtool ? "" : " (none is here)"}`, () => {
  it("each is caused, or it is said why not", () => {
    expect([...Object.keys(causes), ...Object.keys(notCaused)].sort()).toEqual([...alerts].sort());
  });

  it.each(Object.entries(causes))("%s fires", async (alert, cause) => {
    expect(firing(rules, await cause(), alert, 1)).toBe("");
  });

  it("none fires for a server that is well", async () => {
    const well = await scraped(async ({ app, ask }) => {
      await ask(20, log);
      await ask(1, save(1));
      await post(app, { query: "{ concepts { nodes { title } } }" });
    });
    expect(firing(rules, well, null, 0)).toBe("");
  });
});
