import { once } from "node:events";
import { Agent, createServer, get, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { drainServer } from "../../src/http/drain";
import { runApp, type RunningApp } from "./running-app";

/** Status and `connection` header of a health check over a kept-alive socket. */
function probe(app: RunningApp, agent: Agent, path = "/healthz"): Promise<{ status: number; connection: string }> {
  return new Promise((resolve, reject) => {
    get({ agent, port: app.port, host: "127.0.0.1", path }, (response) => {
      response.resume();
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, connection: response.headers.connection ?? "" }),
      );
    }).on("error", reject);
  });
}

describe("draining", () => {
  it("refuses readiness, goes on serving, and loses no request of clients that keep their connections", async () => {
    const app = await runApp({ env: { FULCRUM_DRAIN_MS: "300" } });
    const agent = new Agent({ keepAlive: true, maxSockets: 8 });
    const outcomes: string[] = [];
    const client = async () => {
      for (let connection = ""; connection !== "close";) {
        const answer = await probe(app, agent).catch((error: NodeJS.ErrnoException) => ({
          status: error.code,
          connection: "close",
        }));
        outcomes.push(String(answer.status));
        connection = answer.connection;
      }
    };
    const clients = Array.from({ length: 8 }, client);
    while (outcomes.length < 200) await new Promise((resolve) => setImmediate(resolve));
    const drained = app.drain();
    expect(await probe(app, agent, "/readyz")).toEqual({ status: 503, connection: "close" });
    await Promise.all(clients);
    await drained;
    agent.destroy();
    expect([...new Set(outcomes)]).toEqual(["200"]);
  });

  const listening = async (server: Server): Promise<string> => {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };

  it("breaks off a request that does not end, after a while", async () => {
    const server = createServer(() => undefined);
    const url = await listening(server);
    const asked = once(server, "request");
    const outcome = fetch(url).then(
      () => "answered",
      () => "broken off",
    );
    await asked;
    await drainServer(server, 0, undefined, 20);
    expect([await outcome, server.listening]).toEqual(["broken off", false]);
  });

  it("leaves no timer that keeps the process from ending", async () => {
    const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === "Timeout").length;
    const server = createServer();
    await listening(server);
    const before = timers();
    await drainServer(server, 0);
    expect(timers()).toBe(before);
  });
});
