import { type Client, createClient, type FormattedExecutionResult } from "graphql-ws";
import { WebSocket } from "ws";
import type { RunningApp } from "./running-app";

/** A client of the app's subscriptions, that does not connect again by itself. */
export const socketClient = (app: Pick<RunningApp, "url">, connectionParams: Record<string, unknown> = {}): Client =>
  createClient({
    url: `${app.url.replace("http", "ws")}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams,
    retryAttempts: 0,
    lazy: true,
  });

export interface Listening<T> {
  /** The next result; rejects when the operation was refused or the socket is gone. */
  next(): Promise<T>;
  stop(): Promise<void>;
}

/** Starts a subscription. Whoever wants to miss nothing waits for `started` of the app, or gives `after`. */
export function listen<T>(client: Client, query: string, variables: Record<string, unknown> = {}): Listening<T> {
  const results = client.iterate<T>({ query, variables });
  return {
    next: async () => {
      const result = (await results.next().catch((refusal: unknown) => {
        throw new Error(isClosing(refusal) ? `The socket was closed with ${refusal.code}.` : JSON.stringify(refusal));
      })) as IteratorResult<FormattedExecutionResult<unknown>, undefined>;
      if (result.done) throw new Error("The operation has ended.");
      const { data, errors } = result.value;
      if (errors) throw new Error(JSON.stringify(errors));
      return data as T;
    },
    stop: async () => void (await results.return?.()),
  };
}

const isClosing = (refusal: unknown): refusal is { readonly code: number } =>
  typeof refusal === "object" && refusal !== null && !Array.isArray(refusal) && "code" in refusal;

/** A bare socket with the subprotocol, open. */
export async function bareSocket(
  app: RunningApp,
  options: { origin?: string; protocol?: string } = {},
): Promise<WebSocket> {
  const { origin, protocol = "graphql-transport-ws" } = options;
  const socket = new WebSocket(`${app.url.replace("http", "ws")}/graphql`, protocol, origin ? { origin } : {});
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  return socket;
}

export const closeCode = (socket: WebSocket): Promise<number> =>
  new Promise((resolve) => socket.once("close", (code) => resolve(code)));
