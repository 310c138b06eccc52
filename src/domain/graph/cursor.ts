import { createHash } from "node:crypto";
import { DomainError } from "../errors";
import type { Order, Position } from "./order";

/**
 * An opaque cursor for a position. It carries a hash of what the list is (its order, filter and whatever else `list`
 * holds), so that a cursor cannot be used to continue another list.
 */
export function encodeCursor(position: Position, order: Order, list: unknown): string {
  return Buffer.from(JSON.stringify([fingerprint(order, list), position.value, position.id])).toString("base64url");
}

/** The position of a cursor of this list. Throws INVALID_ARGUMENT for any other text. */
export function decodeCursor(cursor: string, order: Order, list: unknown): Position {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    throw new DomainError("INVALID_ARGUMENT", "The cursor is not one that this API has given out.");
  }
  if (!Array.isArray(parts) || parts.length !== 3 || !isText(parts[2]) || !isValue(parts[1])) {
    throw new DomainError("INVALID_ARGUMENT", "The cursor is not one that this API has given out.");
  }
  if (parts[0] !== fingerprint(order, list)) {
    throw new DomainError(
      "INVALID_ARGUMENT",
      "The cursor belongs to a list with another order or filter; start that list anew.",
    );
  }
  return { value: parts[1], id: parts[2] };
}

/** JSON can hold halves of surrogate pairs, which no store takes. */
const isText = (value: unknown): value is string => typeof value === "string" && value.isWellFormed();

const isValue = (value: unknown): value is Position["value"] =>
  value === null || isText(value) || (typeof value === "number" && Number.isFinite(value));

const fingerprint = (order: Order, list: unknown): string =>
  createHash("sha256")
    .update(JSON.stringify([order.by, order.direction, list]))
    .digest("base64url")
    .slice(0, 8);
