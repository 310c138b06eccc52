import type { Logger } from "pino";
import { codesOf, type ServedRequest } from "./request-observer";

/** Clients choose the lengths of these. */
const longestPath = 200;
const longestName = 100;

/** A line of the log for a request that has ended; what it has not is left out. */
export function logRequest(logger: Logger, path: string, served: ServedRequest, traceId: string | undefined): void {
  const { requestId, method, status, milliseconds, isAborted, report } = served;
  const codes = codesOf(served);
  const operation = report?.operation;
  logger.info(
    {
      requestId,
      ...(traceId !== undefined && { traceId }),
      method,
      path: path.slice(0, longestPath),
      status,
      milliseconds,
      ...(isAborted && { aborted: true }),
      ...(operation && { operation: operation.name?.slice(0, longestName) ?? null, type: operation.type }),
      ...(report && { cost: report.actualCost ?? report.requestedCost }),
      ...(codes.length > 0 && { codes }),
    },
    "request",
  );
}
