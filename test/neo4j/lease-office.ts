import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { type Road, type ServerOfRun, startBy } from "./road";
import { claimForTests } from "./test-mark";

/**
 * Lends the one server of a test run to one test file at a time: whoever connects is told, in a line of JSON, where it is
 * as soon as no one else has it, and gives it back by hanging up. The server is started for the first who asks.
 */
export class LeaseOffice {
  private readonly waiting: Socket[] = [];
  private holder: Socket | null = null;
  private server: Promise<ServerOfRun> | null = null;

  private constructor(
    private readonly road: Exclude<Road, { by: "none" }>,
    private readonly door: Server,
  ) {
    door.on("connection", (socket) => {
      socket.on("error", () => socket.destroy());
      socket.once("close", () => this.left(socket));
      this.waiting.push(socket);
      void this.lend();
    });
  }

  static async open(road: Exclude<Road, { by: "none" }>): Promise<LeaseOffice> {
    const door = createServer();
    await new Promise<void>((resolve) => door.listen(0, "127.0.0.1", resolve));
    return new LeaseOffice(road, door);
  }

  get port(): number {
    return (this.door.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.door.close();
    for (const socket of [...this.waiting, ...(this.holder ? [this.holder] : [])]) socket.destroy();
    const server = await this.server?.catch(() => null);
    await server?.remove();
  }

  private left(socket: Socket): void {
    const place = this.waiting.indexOf(socket);
    if (place >= 0) this.waiting.splice(place, 1);
    if (this.holder === socket) this.holder = null;
    void this.lend();
  }

  private async lend(): Promise<void> {
    const next = this.holder ? undefined : this.waiting.shift();
    if (!next) return;
    this.holder = next;
    this.server ??= this.start();
    const answer = await this.server.then(
      ({ address }) => ({ address }),
      (error: unknown) => ({ refusal: String(error) }),
    );
    next.write(`${JSON.stringify(answer)}\n`);
  }

  private async start(): Promise<ServerOfRun> {
    const server = await startBy(this.road);
    await claimForTests(server.address);
    return server;
  }
}
