import { once } from "node:events";
import { WebSocket } from "ws";
import { newApiKey } from "../../src/domain/access/api-key";
import { ReadinessProbe } from "../../src/http/readiness";
import { socketLimits } from "../../src/http/sockets";
import { createMemoryStore } from "../../src/store/memory/memory-store";
import { runApp } from "./running-app";
import { bareSocket, closeCode } from "./socket-client";

afterEach(() => jest.restoreAllMocks());

describe("a server of WebSockets", () => {
  it("lets go of all that a socket had when it is closed", async () => {
    const app = await runApp();
    const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === "Timeout").length;
    const before = timers();
    for (let i = 0; i < 10; i++) {
      const socket = await bareSocket(app);
      const closed = closeCode(socket);
      socket.close();
      await closed;
    }
    // The server may hear of it a little later.
    while (timers() > before) await new Promise((resolve) => setImmediate(resolve));
    await app.close();
  });

  it("refuses those above its number, until one is closed", async () => {
    const limits: { sockets: number } = socketLimits;
    jest.replaceProperty(limits, "sockets", 3);
    const app = await runApp();
    const sockets = await Promise.all(Array.from({ length: 3 }, () => bareSocket(app)));
    await expect(bareSocket(app)).rejects.toThrow("503");
    sockets[0]?.close();
    // The server may hear of it a little later.
    const again = async (): Promise<WebSocket> => bareSocket(app).catch(again);
    sockets.push(await again());
    for (const socket of sockets) socket.terminate();
    await app.close();
  });

  it("takes no more of them while it drains", async () => {
    const app = await runApp();
    jest.spyOn(ReadinessProbe.prototype, "isDraining", "get").mockReturnValue(true);
    await expect(bareSocket(app)).rejects.toThrow("503");
    await app.close();
  });

  it("refuses a socket whose first message and headers name a credential each", async () => {
    const store = createMemoryStore();
    const { key, text } = newApiKey({ name: "Ada", role: "AUTHOR", expiresAt: null }, new Date());
    await store.keys.add(key);
    const app = await runApp({ store });
    const authorization = `Bearer ${text}`;
    const outcome = async (headers: Record<string, string>) => {
      const socket = new WebSocket(`${app.url.replace("http", "ws")}/graphql`, "graphql-transport-ws", { headers });
      await once(socket, "open");
      socket.send(JSON.stringify({ type: "connection_init", payload: { authorization } }));
      const known = once(socket, "message").then(([data]) => (JSON.parse(String(data)) as { type: string }).type);
      const first = await Promise.race([known, closeCode(socket)]);
      socket.terminate();
      return first;
    };
    expect([await outcome({}), await outcome({ authorization })]).toEqual(["connection_ack", 4403]);
    await app.close();
  });
});
