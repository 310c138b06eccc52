import { DomainError } from "./errors";
import { type UnitCode, units } from "./ontology/units";

/**
 * The value in another unit of the same quantity, to 15 significant digits. Throws INVALID_ARGUMENT for units of two
 * quantities. Months are twelfths of the Julian year, as UCUM has them.
 */
export function convert(value: number, from: UnitCode, to: UnitCode): number {
  const [source, target] = [units[from], units[to]];
  if (source.quantity !== target.quantity) {
    const message = `${from} (${source.quantity}) cannot be converted to ${to} (${target.quantity}): they are units of two quantities.`;
    throw new DomainError("INVALID_ARGUMENT", message);
  }
  return source.ucum === target.ucum ? value : Number((value * factor(source.ucum, target.ucum)).toPrecision(15));
}

const factors = new Map<string, number>();

function factor(from: string, to: string): number {
  const key = `${from} ${to}`;
  const known = factors.get(key) ?? ucum().convertUnitTo(from, 1, to).toVal;
  if (known === null) throw new Error(`UCUM does not convert ${from} to ${to}.`);
  factors.set(key, known);
  return known;
}

// Loading the library parses its table of every UCUM unit, so it is loaded when the first conversion asks for it.
const ucum = () =>
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  (require("@lhncbc/ucum-lhc") as typeof import("@lhncbc/ucum-lhc")).UcumLhcUtils.getInstance();
