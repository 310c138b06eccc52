import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Logger } from "pino";
import { codesOf, type ServedRequest } from "./request-observer";

/** Limits on logged characters, since clients choose the lengths of paths and operation names. */
const maxPathLength = 200;
const maxNameLength = 100;

/** Writes one line of the log for a request that has ended. pino leaves out undefined fields. */
export function logRequest(logger: Logger, path: string, served: ServedRequest, traceId: string | undefined): void {
  const { requestId, method, status, milliseconds, isAborted, report } = served;
  const codes = codesOf(served);
  const operation = report?.operation;
  logger.info(
    {
      requestId,
      traceId,
      method,
      path: path.slice(0, maxPathLength),
      status,
      milliseconds,
      aborted: isAborted || undefined,
      operation: operation ? (operation.name?.slice(0, maxNameLength) ?? null) : undefined,
      type: operation?.type,
      cost: report ? (report.actualCost ?? report.requestedCost) : undefined,
      codes: codes.length > 0 ? codes : undefined,
    },
    "request",
  );
}

/** Returns the client's request id if it is safe to log (up to 100 letters, digits and `_.:-`), else a new UUID. */
export function requestIdOf(request: IncomingMessage): string {
  const given = request.headers["x-request-id"];
  return typeof given === "string" && /^[\w.:-]{1,100}$/.test(given) ? given : randomUUID();
}

/** The interval between two lines about refusals, in milliseconds. */
const interval = 1000;

/**
 * Logs the number of refused requests by code, at most once a second. Refusals come when there are too many requests
 * already, and a line for each would cost more than the refusal.
 */
export class RefusalLog {
  private counts: Record<string, number> = {};
  private isDue = false;

  constructor(
    private readonly logger: Pick<Logger, "info">,
    private readonly later: (write: () => void) => void = (write) => void setTimeout(write, interval).unref(),
  ) {}

  count(code: string): void {
    this.counts[code] = (this.counts[code] ?? 0) + 1;
    if (this.isDue) return;
    this.isDue = true;
    this.later(() => this.write());
  }

  /** Logs the refusals counted since the last call; logs nothing if there were none. */
  write(): void {
    this.isDue = false;
    const refused = this.counts;
    if (Object.keys(refused).length === 0) return;
    this.counts = {};
    this.logger.info({ refused }, "requests refused");
  }
}
