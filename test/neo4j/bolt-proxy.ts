import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { pairedWith } from "./paired-connection";

/** The COMMIT message of the Bolt protocol, as one chunk. */
const commitMessage = Buffer.from([0x00, 0x02, 0xb0, 0x12, 0x00, 0x00]);

/** Stands between a driver and its server, and misbehaves as it is told. */
export class BoltProxy {
  private readonly connections = new Set<Socket>();
  private losing: "commit" | "its answer" | null = null;
  private losesNextAnswer: () => boolean = () => false;
  private silent = false;
  /** How many answers of COMMIT were lost by chance. */
  lost = 0;

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

  /** From now on, the answer of a COMMIT is lost with its connection whenever this says so. */
  loseAnswers(losesNext: () => boolean): void {
    this.losesNextAnswer = losesNext;
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
    const { server, cut } = pairedWith(client, this.target, this.connections);
    let answersAreLost = false;
    client.on("data", (sent) => {
      if (this.silent) return;
      if (sent.includes(commitMessage)) {
        if (this.losing === "commit") {
          this.losing = null;
          return cut();
        }
        const byChance = this.losing === null && this.losesNextAnswer();
        if (byChance) this.lost += 1;
        answersAreLost = byChance || this.losing === "its answer";
        this.losing = null;
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
