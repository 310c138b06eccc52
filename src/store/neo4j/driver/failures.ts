import { Neo4jError } from "neo4j-driver";
import { DomainError } from "../../../domain/errors";

/** An error that is thrown if the server accepted a request and then said nothing for too long. */
export class NoAnswer extends Error {}

const lostCodes: readonly string[] = ["ServiceUnavailable", "SessionExpired", "ProtocolError"];
const outOfMemory = "Neo.TransientError.General.MemoryPoolOutOfMemoryError";
const timedOut: readonly string[] = [
  "Neo.ClientError.Transaction.TransactionTimedOut",
  "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration",
];
const refused: readonly string[] = ["Neo.ClientError.Security.", "Neo.ClientError.Database."];

/** Tests whether the connection broke or could not be made. The server may or may not have done its work. */
export const isLost = (error: unknown): boolean => error instanceof Neo4jError && lostCodes.includes(error.code);

/**
 * Tests whether a failed transaction has left nothing behind and may succeed on a retry. Neo4j also calls running out
 * of memory transient, but a retry of that only keeps the memory full.
 */
export const isTransient = (error: unknown): boolean =>
  error instanceof Neo4jError && error.code.startsWith("Neo.TransientError.") && error.code !== outOfMemory;

/** Tests whether no connection came free in time. The driver has no code for this failure, so its message decides. */
export const isStarved = (error: unknown): boolean =>
  error instanceof Neo4jError && error.code === "N/A" && error.message.startsWith("Connection acquisition timed out");

/**
 * Returns the DomainError that the port promises for a failure of the driver: STORE_UNAVAILABLE or DEADLINE_EXCEEDED.
 * Returns any other error unchanged, as it is a fault of this program.
 */
export function asPortError(error: unknown): unknown {
  const because = (code: DomainError["code"], message: string) => new DomainError(code, message, { cause: error });
  if (error instanceof NoAnswer || isLost(error)) return because("STORE_UNAVAILABLE", "Neo4j cannot be reached.");
  if (isTransient(error) || isStarved(error)) return because("STORE_UNAVAILABLE", "Neo4j is too busy.");
  if (!(error instanceof Neo4jError)) return error;
  const { code } = error;
  if (timedOut.includes(code)) return because("DEADLINE_EXCEEDED", "Neo4j was not done in time.");
  if (code === outOfMemory) return because("DEADLINE_EXCEEDED", "Neo4j ran out of memory before it was done.");
  if (refused.some((prefix) => code.startsWith(prefix))) {
    return because("STORE_UNAVAILABLE", "Neo4j does not let this program in: look at its user, password and database.");
  }
  return error;
}
