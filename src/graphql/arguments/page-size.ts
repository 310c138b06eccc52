import { DomainError } from "../../domain/errors";
import { type ArgumentSpec, type FieldCost, Int } from "../declare";
import { base } from "../limits/meter";

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

/** A whole number from one up to a bound. */
export interface ArgumentRange {
  readonly name: string;
  readonly usual: number;
  readonly max: number;
}

/** Declares it as an argument; `description` goes on with its bounds. */
export const rangeArgument = ({ usual, max }: ArgumentRange, description: string): ArgumentSpec => ({
  type: () => Int,
  defaultValue: usual,
  description: `${description}; from 1 to ${max}.`,
});

/** Reads it. Throws INVALID_ARGUMENT outside of the bounds that its description gives. */
export function readInRange({ name, usual, max }: ArgumentRange, value: number | null | undefined): number {
  const given = value ?? usual;
  if (given >= 1 && given <= max) return given;
  throw new DomainError("INVALID_ARGUMENT", `${name} is out of the range that its description gives: ${given}.`);
}

/** Null means the same as leaving an argument out. */
export const isGiven = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;
