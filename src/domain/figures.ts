import { convert } from "./quantities";
import { type UnitCode, units } from "./ontology/units";

/** A figure as a text prints it: `about 1,300 requests/s` holds 1300 requests/s, give or take 50. */
export interface Figure {
  readonly value: number;
  /** Half of the last significant digit. */
  readonly tolerance: number;
  /** No key where no unit of the table follows the number. */
  readonly unit?: UnitCode;
}

const figurePattern =
  /(?<![\w@.])(?<sign>[-−]?)(?<whole>\d[\d,]*)(?<fraction>\.\d+)?(?:e(?<exponent>[+-]?\d+))?(?:\s*(?<multiple>thousand|million|billion)\b)?(?=\s*(?<word>[^\s,;)]*))/gi;
const multiples: Readonly<Record<string, number>> = { thousand: 1e3, million: 1e6, billion: 1e9 };
const spellings: Readonly<Record<string, UnitCode>> = { µs: "us", μs: "us", "×": "x", percent: "%" };

/** The figures in a text, in reading order. */
export const figuresIn = (text: string): Figure[] => placedFiguresIn(text).map(({ figure }) => figure);

/** The figures in a text with the offset of each, in reading order. */
export function placedFiguresIn(text: string): { readonly figure: Figure; readonly at: number }[] {
  return [...text.matchAll(figurePattern)].map(({ groups = {}, index }) => {
    const whole = (groups["whole"] as string).replaceAll(",", "");
    const { sign, fraction = "", exponent = "0", multiple = "", word = "" } = groups;
    const scale = (multiples[multiple.toLowerCase()] ?? 1) * 10 ** Number(exponent) * (sign ? -1 : 1);
    const unit = unitOf(word);
    const figure: Figure = {
      value: Number(whole + fraction) * scale,
      tolerance: halfOfLastDigit(whole, fraction.slice(1)) * Math.abs(scale),
      ...(unit ? { unit } : {}),
    };
    return { figure, at: index };
  });
}

function unitOf(word: string): UnitCode | undefined {
  const bare = word.replace(/[.:!?]$/, "");
  return Object.hasOwn(units, bare) && bare !== "1" ? (bare as UnitCode) : spellings[bare];
}

/** Zeros at the end of a whole number may come from rounding, but its first two digits always count. */
function halfOfLastDigit(whole: string, fraction: string): number {
  const digits = (whole + fraction).replace(/^0+/, "");
  const zeros = fraction === "" ? /0*$/.exec(digits)![0].length : 0;
  const significant = zeros > 0 ? Math.max(digits.length - zeros, 2) : digits.length;
  return 0.5 * 10 ** (digits.length - significant - fraction.length);
}

/** Whether a figure is the value, rounded, in the same unit or another of its quantity. Shares and counts need no unit. */
export function agrees({ value: printed, tolerance, unit: own }: Figure, value: number, unit: UnitCode): boolean {
  if (own === undefined ? units[unit].ucum !== "1" : units[own].quantity !== units[unit].quantity) return false;
  const expected = own === undefined ? value : convert(value, unit, own);
  return Math.abs(printed - expected) <= tolerance * (1 + 1e-9) + Math.abs(expected) * 1e-12;
}
