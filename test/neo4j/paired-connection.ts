import { connect, type Socket } from "node:net";

export interface Pair {
  readonly server: Socket;
  /** Ends both at once. */
  readonly cut: () => void;
}

/** A connection to a server for one of a client: whatever ends one of them ends the other. Both are kept while they last. */
export function pairedWith(client: Socket, port: number, open: Set<Socket>): Pair {
  const server = connect(port, "127.0.0.1");
  const cut = () => [client, server].forEach((end) => end.destroy());
  for (const end of [client, server]) {
    open.add(end);
    end.on("error", cut);
    end.on("close", () => {
      open.delete(end);
      cut();
    });
  }
  return { server, cut };
}
