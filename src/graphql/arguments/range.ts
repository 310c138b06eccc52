import { Int } from "type-graphql";
import { DomainError } from "../../domain/errors";
import type { ArgumentSpec } from "../declare";

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
