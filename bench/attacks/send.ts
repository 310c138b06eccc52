import { type Agent, type OutgoingHttpHeaders, request } from "node:http";
import { host } from "./target";

export interface Sent {
  /** The status, or the code of the failure of the connection. */
  readonly outcome: string;
  readonly milliseconds: number;
  readonly text: string;
}

/** One request from a loopback address; it never rejects, since a refused or cut connection is an outcome too. */
export function send(
  port: number,
  from: string,
  options: {
    readonly path?: string;
    readonly method?: string;
    readonly body?: string | Buffer;
    readonly headers?: OutgoingHttpHeaders;
    readonly agent?: Agent;
    readonly timeoutMilliseconds?: number;
  } = {},
): Promise<Sent> {
  const { path = "/graphql", body, headers = {}, agent, timeoutMilliseconds = 20_000 } = options;
  const { method = body === undefined ? "GET" : "POST" } = options;
  const started = performance.now();
  return new Promise((resolve) => {
    const done = (outcome: string, text = "") => resolve({ outcome, text, milliseconds: performance.now() - started });
    const sent = request(
      {
        host,
        port,
        path,
        method,
        localAddress: from,
        ...(agent && { agent }),
        headers: { ...(body !== undefined && { "content-type": "application/json" }), ...headers },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => done(String(response.statusCode), Buffer.concat(chunks).toString()));
        response.on("error", (error: NodeJS.ErrnoException) => done(error.code ?? error.message));
      },
    );
    sent.setTimeout(timeoutMilliseconds, () => sent.destroy(Object.assign(new Error("timeout"), { code: "TIMEOUT" })));
    sent.on("error", (error: NodeJS.ErrnoException) => done(error.code ?? error.message));
    sent.end(body);
  });
}

export const graphql = (query: string, variables?: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ query, ...(variables && { variables }) });
