import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { pairedWith } from "../neo4j/paired-connection";

/** Stands between clients and an HTTP server, and loses some of the answers, each with its connection. */
export class CuttingProxy {
  answers = 0;
  lost = 0;
  private readonly connections = new Set<Socket>();

  private constructor(
    private readonly target: number,
    private readonly server: Server,
    /** Whether the next answer is lost. */
    private readonly losesNext: () => boolean,
  ) {}

  static async start(target: number, losesNext: () => boolean): Promise<CuttingProxy> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const proxy = new CuttingProxy(target, server, losesNext);
    server.on("connection", (client) => proxy.join(client));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    for (const connection of this.connections) connection.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private join(client: Socket): void {
    const { server, cut } = pairedWith(client, this.target, this.connections);
    // A client sends nothing before it has the whole answer to what it sent last.
    let isAnswered = true;
    client.on("data", (sent) => {
      isAnswered = false;
      server.write(sent);
    });
    server.on("data", (answer) => {
      if (!isAnswered) {
        isAnswered = true;
        this.answers += 1;
        if (this.losesNext()) {
          this.lost += 1;
          return cut();
        }
      }
      client.write(answer);
    });
  }
}
