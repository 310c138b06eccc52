import { DomainError } from "./errors";
import { nearNames, suggestion } from "./near-names";
import { type UnitCode, units } from "./ontology/units";

/** The part of @lhncbc/ucum-lhc used here; the package has no types. */
interface Ucum {
  convertUnitTo(from: string, value: number, to: string): { status: string; toVal: number | null; msg: string[] };
}
let library: Ucum | undefined;

/** The unit library's tables take 13 MB, so they are loaded when a conversion is first asked for. */
function ucum(): Ucum {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  library ??= (require("@lhncbc/ucum-lhc") as { UcumLhcUtils: { getInstance(): Ucum } }).UcumLhcUtils.getInstance();
  return library;
}

/** Whether the text is a unit of the bank's table. */
export const isUnitCode = (text: string): text is UnitCode => Object.hasOwn(units, text);

/**
 * The value in another unit of the same quantity, by UCUM's definitions, to 12 significant digits. Throws
 * INVALID_ARGUMENT, naming both units, if `to` is no unit of the table or one of another quantity.
 */
export function convert(value: number, from: UnitCode, to: string): number {
  if (!isUnitCode(to)) {
    throw new DomainError(
      "INVALID_ARGUMENT",
      `There is no unit ${JSON.stringify(to)} to convert ${from} to.${suggestion(nearNames(to, Object.keys(units)))}`,
    );
  }
  const [source, target] = [units[from], units[to]];
  if (source.quantity !== target.quantity) {
    throw new DomainError(
      "INVALID_ARGUMENT",
      `${from} cannot be converted to ${to}: the one is a unit of ${source.quantity}, the other of ${target.quantity}.`,
    );
  }
  if (source.ucum === target.ucum) return value;
  const { status, toVal, msg } = ucum().convertUnitTo(source.ucum, value, target.ucum);
  if (status !== "succeeded" || toVal === null)
    throw new Error(`UCUM cannot convert ${source.ucum} to ${target.ucum}: ${msg.join(" ")}`);
  return Number(toVal.toPrecision(12));
}
