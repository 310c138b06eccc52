import type { IncomingMessage } from "node:http";
import type { Report } from "../graphql/context";

export type Route = "graphql" | "probe" | "ide" | "other";

export function routeOf(pathname: string): Route {
  if (pathname === "/graphql") return "graphql";
  if (pathname === "/healthz" || pathname === "/readyz") return "probe";
  return pathname.startsWith("/ide/") ? "ide" : "other";
}

/** Facts about a request that are found while it is served. */
export interface Exchange {
  readonly requestId: string;
  /** The code of an error that came before GraphQL; null if there was none. */
  code: string | null;
  /** True if the client was told to try again later, because it or all clients together asked for too much. */
  isRefused: boolean;
  /** GraphQL's report; null if the request did not reach GraphQL. */
  report: Readonly<Report> | null;
}

/** A request that has ended. Holds no body, no displayed variables and no credential. */
export interface ServedRequest extends Readonly<Exchange> {
  readonly route: Route;
  readonly method: string;
  readonly status: number;
  /** The time from reading the request's head until the answer was sent or given up. */
  readonly milliseconds: number;
  /** True if the client went away before it had the whole answer. */
  readonly isAborted: boolean;
}

/** Returns the codes of all errors that the client was sent, each once. */
export const codesOf = ({ code, report }: Pick<ServedRequest, "code" | "report">): readonly string[] =>
  code === null ? (report?.codes ?? []) : [code];

/** Called once for each request, when the request has ended. An observer must not throw. */
export type RequestObserver = (served: ServedRequest) => void;

export interface RequestSpan {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** Runs the work so that store calls within it belong to this request. */
  within<T>(work: () => T): T;
  end(served: ServedRequest): void;
}

export type StartRequestSpan = (request: IncomingMessage, requestId: string) => RequestSpan;
