import { Agent, get } from "node:http";
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
});
