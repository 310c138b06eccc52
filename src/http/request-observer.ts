import type { IncomingMessage } from "node:http";
import type { Report } from "../graphql/context";

/** What a request is for, by its path. */
export type Route = "graphql" | "probe" | "ide" | "other";

export function routeOf(pathname: string): Route {
  if (pathname === "/graphql") return "graphql";
  if (pathname === "/healthz" || pathname === "/readyz") return "probe";
  return pathname.startsWith("/ide/") ? "ide" : "other";
}

/** What is found out about a request while it is served. */
export interface Exchange {
  readonly requestId: string;
  /** The code of an error that came before GraphQL; null if there was none. */
  code: string | null;
  /** It was to come again later, since its client asked for too much, or all clients together. */
  isRefused: boolean;
  /** What GraphQL found out; null if the request did not reach it. */
  report: Readonly<Report> | null;
}

/** A request that has ended. It holds no body, no variables that are shown, and no credential. */
export interface ServedRequest extends Readonly<Exchange> {
  readonly route: Route;
  readonly method: string;
  readonly status: number;
  /** From the moment when its head had been read to the moment when the answer was sent or given up. */
  readonly milliseconds: number;
  /** The client went away before it had the whole answer. */
  readonly isAborted: boolean;
}

/** The codes of all errors that the client was sent, each once. */
export const codesOf = ({ code, report }: Pick<ServedRequest, "code" | "report">): readonly string[] =>
  code === null ? (report?.codes ?? []) : [code];

/** Told of each request once, when it has ended. It throws nothing. */
export type RequestObserver = (served: ServedRequest) => void;

/** A request that is being served, as a span of a trace. */
export interface RequestSpan {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** Does the work so that calls of the store within it belong to this request. */
  within<T>(work: () => T): T;
  end(served: ServedRequest): void;
}

/** Starts the span of a request. */
export type StartRequestSpan = (request: IncomingMessage, requestId: string) => RequestSpan;
