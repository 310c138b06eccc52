import { attacks, type Outcomes } from "../../bench/attacks/attacks";
import { commit } from "../builders/changes";
import { aTradeOff } from "../builders/nodes";
import { openSqliteStore } from "../../src/store/sqlite/sqlite-store";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type ServerProcess, startServer } from "./server-process";

/** What must not come back to an attacker: the server's own faults. That it is asked for too much is none. */
const isFault = (outcome: string): boolean =>
  outcome.includes("INTERNAL_SERVER_ERROR") || (/\b5\d\d\b/.test(outcome) && !outcome.includes("503"));

describe("a tenth of the attack", () => {
  let server: ServerProcess;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "fulcrum-"));
    const file = path.join(folder, "attacked.db");
    const store = await openSqliteStore({ path: file });
    await store.migrate();
    await commit(store, [aTradeOff({ slug: "exact-vs-approximate-search" })]);
    await store.close();
    server = await startServer({
      FULCRUM_STORE: `sqlite:${file}`,
      FULCRUM_RATE_LIMIT: "100000",
      FULCRUM_MAX_DELAY_MS: "10",
      FULCRUM_LOG_LEVEL: "info",
    });
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(attacks)("$name is met without a fault, and others are served", async ({ run }) => {
    const outcomes: Outcomes = {};
    await run(Number(new URL(server.url).port), "127.0.0.2", AbortSignal.timeout(1_500), outcomes);
    expect(Object.keys(outcomes)).not.toEqual([]);
    expect(Object.keys(outcomes).filter(isFault)).toEqual([]);
    expect(server.child.exitCode).toBeNull();
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    expect(server.log.filter(({ msg }) => msg === "request failed" || msg === "socket failed")).toEqual([]);
  });
});
