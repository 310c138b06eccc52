import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { endStalledReaders, limitConnections } from "../../src/http/connections";

/** A server of at most two connections, which answers nothing. */
async function aServer() {
  const server = createServer(() => undefined);
  limitConnections(server, 2);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;

  /** A new connection that the server knows, with the server's end of it. */
  const open = async (): Promise<{ readonly socket: Socket; readonly peer: Socket }> => {
    const known = once(server, "connection") as Promise<[Socket]>;
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => undefined).resume();
    return { socket, peer: (await known)[0] };
  };
  /** Asks something on the connection: whether it came, or the connection was ended. */
  const ask = (socket: Socket): Promise<"asked" | "ended"> => {
    socket.write("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
    return Promise.race([
      once(server, "request").then(() => "asked" as const),
      once(socket, "close").then(() => "ended" as const),
    ]);
  };
  return { server, open, ask };
}

/** Which of the connections is the first to end. */
const ended = (sockets: Readonly<Record<string, Socket>>): Promise<string> =>
  Promise.race(Object.entries(sockets).map(([name, socket]) => once(socket, "close").then(() => name)));

describe("a server with as many connections as it may have", () => {
  it("ends one that waits for the next, none that it owes an answer, and has room for another once one has ended", async () => {
    const { server, open, ask } = await aServer();
    const [a, b] = [await open(), await open()];
    expect(await ask(a.socket)).toBe("asked");
    const c = await open();
    expect(await ended({ a: a.socket, b: b.socket, c: c.socket })).toBe("b");
    expect(await ask(c.socket)).toBe("asked");
    const d = await open();
    expect(await ended({ a: a.socket, c: c.socket, d: d.socket })).toBe("d");
    a.socket.destroy();
    await once(a.peer, "close");
    const e = await open();
    expect(await ask(e.socket)).toBe("asked");
    for (const { socket } of [c, e]) socket.destroy();
    server.close();
  });
});

describe("the search for readers that do not read", () => {
  it("ends with the server", () => {
    jest.useFakeTimers();
    const server = createServer();
    endStalledReaders(server, { stalled: 100, check: 20 });
    expect(jest.getTimerCount()).toBe(1);
    server.emit("close");
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
  });
});
