import type { Logger } from "pino";
import { codesOf, type ServedRequest } from "./request-observer";

/** Clients choose the lengths of these. */
const maxPathLength = 200;
const maxNameLength = 100;

/** A line of the log for a request that has ended. pino leaves out what is undefined. */
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
