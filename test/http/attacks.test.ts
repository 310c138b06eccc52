import { attacks, Counts } from "../../bench/attacks/attacks";
import { commit } from "../builders/changes";
import { aTradeOff } from "../builders/nodes";
import { openSqliteStore } from "../../src/store/sqlite/sqlite-store";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { listedCodes } from "./hostile-requests";
import { type ServerProcess, startServer } from "./server-process";

/** What may come back to an attacker: no status of a fault, and no code that is not listed. */
const allowed: ReadonlySet<string> = new Set([
  ...["200", "302", "304", "400", "401", "403", "404", "405", "413", "415", "422", "429", "431", "503"],
  ...listedCodes.filter((code) => code !== "INTERNAL_SERVER_ERROR"),
  ...["socket opened", "socket 429", "socket 503", "socket closed 1006", "socket closed 4429", "connection ended"],
  ...["connection_ack", "next", "complete", "ping", "pong", "broken"],
]);

describe("an attack, a tenth of it", () => {
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
  }, 120_000);
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(attacks)(
    "of $name is met without a fault, and others are served",
    async (attack) => {
      const counts = new Counts();
      await attack.run({ port: Number(new URL(server.url).port), from: "127.0.0.2", seconds: 1, scale: 0.1 }, counts);
      // Half requests are ended only after some seconds, so of those nothing has come back.
      const came = counts.toJSON();
      expect(Object.keys(came).filter((name) => !allowed.has(name))).toEqual([]);
      expect(server.child.exitCode).toBeNull();
      expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
      expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
      expect(server.log.filter(({ msg }) => msg === "request failed" || msg === "socket failed")).toEqual([]);
    },
    120_000,
  );
});
