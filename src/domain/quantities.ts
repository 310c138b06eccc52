import { DomainError } from "./errors";
import { nearNames, didYouMean } from "./near-names";
import { type UnitCode, units } from "./ontology/units";

/** Whether the text is a unit of the bank's table. */
export const isUnitCode = (text: string): text is UnitCode => Object.hasOwn(units, text);

/** The unit of this code. Throws INVALID_ARGUMENT, with near ones, if it is none of the bank's table. */
export function readUnit(text: string): UnitCode {
  if (isUnitCode(text)) return text;
  const got = text.slice(0, 40);
  const meant = didYouMean(nearNames(got, Object.keys(units)));
  throw new DomainError("INVALID_ARGUMENT", `There is no unit ${JSON.stringify(got)}.${meant}`);
}

/**
 * The value in another unit of the same quantity, by UCUM's definitions, to 15 significant digits. Throws
 * INVALID_ARGUMENT, naming both units, if `to` is no unit of the table or one of another quantity.
 */
export function convert(value: number, from: UnitCode, to: string): number {
  if (!isUnitCode(to)) {
    const near = didYouMean(nearNames(to, Object.keys(units)));
    throw new DomainError("INVALID_ARGUMENT", `There is no unit ${JSON.stringify(to)} to convert ${from} to.${near}`);
  }
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

/** The part of @lhncbc/ucum-lhc used here; the package has no types. */
interface Ucum {
  convertUnitTo(from: string, value: number, to: string): { readonly toVal: number | null };
}

// Loading the library parses its table of every UCUM unit, so it is loaded when the first conversion asks for it.
const ucum = (): Ucum =>
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  (require("@lhncbc/ucum-lhc") as { UcumLhcUtils: { getInstance(): Ucum } }).UcumLhcUtils.getInstance();
