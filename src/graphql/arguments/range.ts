import { DomainError } from "../../domain/errors";

/** Reads a number that has bounds. Throws INVALID_ARGUMENT outside of those that the argument's description gives. */
export function readInRange(name: string, value: number, least: number, most: number): number {
  if (value >= least && value <= most) return value;
  throw new DomainError("INVALID_ARGUMENT", `${name} is out of the range that its description gives: ${value}.`);
}
