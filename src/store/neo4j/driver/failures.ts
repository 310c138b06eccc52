import { Neo4jError } from "neo4j-driver";
import { DomainError } from "../../../domain/errors";

/** The server accepted what was sent to it and then said nothing for too long. */
export class NoAnswer extends Error {}

const lostCodes: readonly string[] = ["ServiceUnavailable", "SessionExpired", "ProtocolError"];
const outOfMemory = "Neo.TransientError.General.MemoryPoolOutOfMemoryError";
const timedOut: readonly string[] = [
  "Neo.ClientError.Transaction.TransactionTimedOut",
  "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration",
];
const refused: readonly string[] = ["Neo.ClientError.Security.", "Neo.ClientError.Database."];

/** Whether the connection broke or could not be made: the server may or may not have done what it was asked. */
export const isLost = (error: unknown): boolean => error instanceof Neo4jError && lostCodes.includes(error.code);

/**
 * Whether a transaction that failed so has left nothing behind and may succeed if done again. Neo4j calls running out
 * of memory transient as well; doing that again only keeps the memory full.
 */
export const isTransient = (error: unknown): boolean =>
  error instanceof Neo4jError && error.code.startsWith("Neo.TransientError.") && error.code !== outOfMemory;

/** Whether no connection came free in time. The driver has no code for it; it is told by its text, here and nowhere else. */
export const isStarved = (error: unknown): boolean =>
  error instanceof Neo4jError && error.code === "N/A" && error.message.startsWith("Connection acquisition timed out");

/** What the port promises for a failure of the driver; anything else is a fault of ours and stays as it is. */
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
