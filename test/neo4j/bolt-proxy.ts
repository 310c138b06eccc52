import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** The COMMIT message of the Bolt protocol, as one chunk. */
const commitMessage = Buffer.from([0x00, 0x02, 0xb0, 0x12, 0x00, 0x00]);

/** Stands between a driver and its server, and misbehaves as it is told. */
export class BoltProxy {
  private readonly connections = new Set<Socket>();
  private losing: "commit" | "its answer" | null = null;
  private silent = false;

  private constructor(
    private readonly target: number,
    private readonly server: Server,
    readonly port: number,
  ) {}

  /** Listens on a free port, or on the one given. */
  static async start(target: number, port = 0): Promise<BoltProxy> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
    const proxy = new BoltProxy(target, server, (server.address() as AddressInfo).port);
    server.on("connection", (client) => proxy.join(client));
    return proxy;
  }

  get uri(): string {
    return `bolt://127.0.0.1:${this.port}`;
  }

  /** Whether what was to be lost still is to be. */
  get isArmed(): boolean {
    return this.losing !== null;
  }

  /** The next COMMIT is lost with its connection: on the way there, or once the server has answered it. */
  loseNext(what: "commit" | "its answer"): void {
    this.losing = what;
  }

  /** Goes on accepting connections, and passes nothing on any more, on old ones either. */
  fallSilent(): void {
    this.silent = true;
  }

  /** Ends all connections and accepts no more. */
  async stop(): Promise<void> {
    for (const connection of this.connections) connection.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private join(client: Socket): void {
    const server = connect(this.target, "127.0.0.1");
    const ends = [client, server];
    const cut = () => ends.forEach((end) => end.destroy());
    for (const end of ends) {
      this.connections.add(end);
      end.on("error", cut);
      end.on("close", () => {
        this.connections.delete(end);
        cut();
      });
    }
    let answersAreLost = false;
    client.on("data", (sent) => {
      if (this.silent) return;
      if (this.losing && sent.includes(commitMessage)) {
        answersAreLost = this.losing === "its answer";
        this.losing = null;
        if (!answersAreLost) return cut();
      }
      server.write(sent);
    });
    server.on("data", (answer) => {
      if (this.silent) return;
      if (answersAreLost) return cut();
      client.write(answer);
    });
  }
}
