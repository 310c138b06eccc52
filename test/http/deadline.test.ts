import { EventEmitter } from "node:events";
import { get, type ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { newApiKey } from "../../src/domain/access/api-key";
import type { Database } from "../../src/domain/database";
import type { GraphReader } from "../../src/domain/graph/port";
import { type Deadline, withinDeadline } from "../../src/http/view-header";
import { createMemoryStore } from "../../src/store/memory/memory-store";
import { post, runApp } from "./running-app";

/** A store that never answers; `end` says what its pending reads do when their signal fires. */
function stalledStore(end: "rejects" | "never ends") {
  const store = createMemoryStore();
  const reasons: unknown[] = [];
  const stalled: Database = Object.assign(Object.create(store) as Database, {
    keys: { ...store.keys, key: () => new Promise<never>(() => undefined) },
    reader: ({ signal }: { signal: AbortSignal }) => {
      const pending = () =>
        new Promise((_, reject) => {
          signal.addEventListener("abort", () => {
            reasons.push(signal.reason);
            if (end === "rejects") reject(signal.reason as Error);
          });
        });
      return new Proxy({} as GraphReader, { get: () => pending });
    },
  });
  return { stalled, reasons };
}

const query = { query: "{ questions { totalCount } }" };
type Answer = { readonly errors: readonly { readonly extensions: { readonly code: string } }[] };

describe("a store that does not answer", () => {
  it.each(["rejects", "never ends"] as const)(
    "costs a request its deadline and no more, when a read %s at its signal",
    async (end) => {
      const { stalled, reasons } = stalledStore(end);
      const app = await runApp({ store: stalled, env: { FULCRUM_READ: "store" } });
      const started = performance.now();
      const response = await post(app, query);
      const { errors } = (await response.json()) as Answer;
      expect(errors.map((error) => error.extensions.code)).toEqual(["DEADLINE_EXCEEDED"]);
      expect(performance.now() - started).toBeGreaterThan(4_900);
      expect(reasons).toEqual([expect.objectContaining({ code: "DEADLINE_EXCEEDED" })]);
      await app.close();
    },
  );

  it("costs a request with a key no more than that, too", async () => {
    const { stalled } = stalledStore("never ends");
    const app = await runApp({ store: stalled, env: { FULCRUM_READ: "store" } });
    const { text } = newApiKey({ name: "Ada", role: "AUTHOR", expiresAt: null }, new Date());
    const response = await post(app, query, { authorization: `Bearer ${text}` });
    const { errors } = (await response.json()) as Answer;
    expect([response.status, errors[0]?.extensions.code]).toEqual([504, "DEADLINE_EXCEEDED"]);
    await app.close();
  });

  it("has longer when it is to publish a change set", async () => {
    const store = createMemoryStore();
    const { key, text } = newApiKey({ name: "Edith", role: "EDITOR", expiresAt: null }, new Date());
    await store.keys.add(key);
    // It says that there is no such change set, but only after what other requests have to wait.
    const draft = () => wait(5_500).then(() => null);
    const app = await runApp({ store: { ...store, drafts: { ...store.drafts, draft } } });
    const codeOf = async (mutation: string) => {
      const response = await post(
        app,
        { query: `mutation { ${mutation}(changeSet: "none") { revision } }` },
        {
          authorization: `Bearer ${text}`,
        },
      );
      return ((await response.json()) as Answer).errors[0]?.extensions.code;
    };
    const codes = await Promise.all(["publishChangeSet", "submitChangeSet"].map(codeOf));
    expect(codes).toEqual(["NOT_FOUND", "DEADLINE_EXCEEDED"]);
    await app.close();
  });

  it("is no longer asked once the client has gone", async () => {
    const { stalled, reasons } = stalledStore("rejects");
    const app = await runApp({ store: stalled, env: { FULCRUM_READ: "store" } });
    const path = `/graphql?query=${encodeURIComponent(query.query)}`;
    const request = get({ port: app.port, host: "127.0.0.1", path, headers: { "apollo-require-preflight": "1" } });
    request.on("error", () => undefined);
    await new Promise((resolve) => request.once("socket", (socket) => socket.once("connect", resolve)));
    setTimeout(() => request.destroy(), 100);
    for (const end = performance.now() + 10_000; reasons.length === 0 && performance.now() < end;)
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect(reasons).toEqual([expect.objectContaining({ code: "ABORTED" })]);
    await app.close();
  });
});

describe("work within a deadline", () => {
  beforeEach(() => void jest.useFakeTimers({ doNotFake: ["setImmediate", "nextTick", "queueMicrotask"] }));
  afterEach(() => void jest.useRealTimers());
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const aResponse = () => new EventEmitter() as ServerResponse;

  it.each([
    ["done", () => Promise.resolve("done")],
    ["failed", () => Promise.reject(new Error("failed"))],
  ])("leaves no timer and no listener when it has %s", async (outcome, work) => {
    const response = aResponse();
    const worked: Promise<string> = withinDeadline<string>(response, work);
    expect(await worked.catch((error: Error) => error.message)).toBe(outcome);
    await turn();
    expect([jest.getTimerCount(), response.listenerCount("close")]).toEqual([0, 0]);
  });

  it("has what it is allowed from its start, not from when it is allowed", async () => {
    const outcomes: string[] = [];
    let deadline: Deadline | undefined;
    const work = (given: Deadline) => {
      deadline = given;
      return new Promise<never>(() => undefined);
    };
    withinDeadline(aResponse(), work).catch(({ code }: { code: string }) => outcomes.push(code));
    jest.advanceTimersByTime(3_000);
    deadline?.allow(8_000);
    jest.advanceTimersByTime(4_999);
    await turn();
    expect(outcomes).toEqual([]);
    jest.advanceTimersByTime(1);
    await turn();
    expect(outcomes).toEqual(["DEADLINE_EXCEEDED"]);
  });
});
