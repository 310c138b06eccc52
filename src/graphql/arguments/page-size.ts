import { DomainError } from "../../domain/errors";

export const defaultPageSize = 20;
const largestPageSize = 100;

/** Reads `first` or `last`. Throws INVALID_ARGUMENT unless it is in the range that the argument's description gives. */
export function readPageSize(name: "first" | "last", value: number | null | undefined): number {
  const size = value ?? defaultPageSize;
  if (size < 1 || size > largestPageSize) {
    throw new DomainError("INVALID_ARGUMENT", `${name} is out of the range that its description gives: ${size}.`);
  }
  return size;
}

/** The page size that arguments ask for, allowed or not, for what a query may cost. */
export function requestedPageSize({ first, last }: Readonly<Record<string, unknown>>): number {
  const size = first ?? last ?? defaultPageSize;
  return typeof size === "number" ? Math.max(size, 1) : defaultPageSize;
}
