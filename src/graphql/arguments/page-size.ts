import { DomainError } from "../../domain/errors";
import type { FieldCost } from "../declare";
import { base } from "../limits/meter";
import { isGiven } from "./is-given";

export const defaultPageSize = 20;
const maxPageSize = 100;

/** Reads `first` or `last`. Throws INVALID_ARGUMENT unless it is in the range that the argument's description gives. */
export function readPageSize(name: "first" | "last", value: number | null | undefined): number {
  const size = value ?? defaultPageSize;
  if (size < 1 || size > maxPageSize) {
    throw new DomainError("INVALID_ARGUMENT", `${name} is out of the range that its description gives: ${size}.`);
  }
  return size;
}

/** The page size that arguments ask for, allowed or not, for what a query may cost. */
export function requestedPageSize({ first, last }: Readonly<Record<string, unknown>>): number {
  const size = first ?? last ?? defaultPageSize;
  return typeof size === "number" ? Math.max(size, 1) : defaultPageSize;
}

/** What a page costs: its size, its connection, and where there is a filter, what reading that takes. */
export const pageCost: FieldCost = {
  times: requestedPageSize,
  base: ({ where }) => base.connection + (isGiven(where) ? base.filter : 0),
};
