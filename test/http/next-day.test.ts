import { createMemoryStore } from "../../src/store/memory/memory-store";
import { commit } from "../builders/changes";
import { richBank } from "../contract/rich-bank";
import { post, type RunningApp, runApp } from "./running-app";

const query = '{ compareOptions(tradeOff: "TradeOff:t0") { on } }';
/** The clock's date alone is set; timers go on. */
const setDate = (now: string) =>
  jest.useFakeTimers({
    now: new Date(now),
    doNotFake: [
      "hrtime",
      "nextTick",
      "performance",
      "queueMicrotask",
      "setImmediate",
      "clearImmediate",
      "setInterval",
      "clearInterval",
      "setTimeout",
      "clearTimeout",
    ],
  });

describe("an answer that depends on the day", () => {
  let app: RunningApp;
  beforeEach(async () => {
    setDate("2026-03-01T23:59:59.900Z");
    const store = createMemoryStore();
    await commit(store, richBank);
    app = await runApp({ store, env: { FULCRUM_ANSWERS_MB: "1" } });
  });
  afterEach(async () => {
    jest.useRealTimers();
    await app.close();
  });

  const day = async () =>
    ((await (await post(app, { query })).json()) as { data: { compareOptions: { on: string } } }).data.compareOptions
      .on;

  it("is not kept beyond it", async () => {
    for (let time = 0; time < 5; time++) expect(await day()).toBe("2026-03-01");
    setDate("2026-03-02T00:00:00.000Z");
    expect(await day()).toBe("2026-03-02");
  });

  it("is another one for whoever has that of the day before", async () => {
    const ask = (tag?: string) =>
      fetch(`${app.url}/graphql?query=${encodeURIComponent(query)}`, {
        headers: { "apollo-require-preflight": "1", ...(tag && { "if-none-match": tag }) },
      });
    const tag = (await ask()).headers.get("etag") as string;
    expect((await ask(tag)).status).toBe(304);
    setDate("2026-03-02T00:00:00.000Z");
    const later = await ask(tag);
    expect([later.status, await later.json()]).toMatchObject([200, { data: { compareOptions: { on: "2026-03-02" } } }]);
  });
});
