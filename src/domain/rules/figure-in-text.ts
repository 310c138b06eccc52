import type { InlineLink } from "../markdown";
import { type UnitCode, units } from "../ontology/units";
import { convert } from "../quantities";
import { linksInTexts } from "./bank-texts";
import type { BankView } from "./bank-view";
import type { Rule } from "./finding";

/** What a link stands for, as a number; null where it is not about one, or (for derivations) cannot be worked out. */
export function valueOfLink(
  link: InlineLink,
  bank: BankView,
): { readonly value: number; readonly unit: UnitCode } | null {
  if (link.scheme === "derived") {
    const result = evaluate(link.target);
    return result && { value: result.value, unit: result.unit ?? "x" };
  }
  const measurement = link.scheme === "measurement" ? bank.bySlug("Measurement", link.target) : undefined;
  const { value, unit } = (measurement?.fields ?? {}) as { value?: number; unit?: UnitCode };
  return value === undefined || unit === undefined ? null : { value, unit };
}

export const figureInText: Rule = {
  code: "figure-in-text",
  severity: "error",
  structural: false,
  description:
    "A figure that a text links to a measurement or a derivation is its value, rounded, in a unit of its quantity.",
  evaluate: (bank) =>
    [...linksInTexts(bank)].flatMap(({ node, path, link }) => {
      const place = { node, path, line: link.line };
      const stored = valueOfLink(link, bank);
      if (!stored && link.scheme === "derived") {
        const hint = "Use numbers, + - * /, parentheses, and then a unit of the bank's table.";
        return [{ ...place, message: `${JSON.stringify(link.target)} cannot be worked out.`, hint }];
      }
      const figures = figuresIn(link.text);
      if (!stored || figures.length === 0 || figures.some((each) => agrees(each, stored.value, stored.unit))) return [];
      const unit = stored.unit === "1" || stored.unit === "x" ? "" : ` ${stored.unit}`;
      const message = `The text says ${JSON.stringify(link.text)}, but ${link.target} is ${stored.value}${unit}.`;
      return [
        {
          ...place,
          message,
          hint: `Write ${Number(stored.value.toPrecision(3))}${unit}, or another unit of its quantity.`,
        },
      ];
    }),
};

const lengthLimit = 200;

/**
 * The value of `1e7*768*4 By`: numbers, `+ - * /`, parentheses, and a unit of the table after a space where it has one.
 * Null if the text is anything else or has no finite value.
 */
export function evaluate(text: string): { readonly value: number; readonly unit?: UnitCode } | null {
  if (text.length > lengthLimit) return null;
  const bare = valueOf(text);
  if (bare !== null) return { value: bare };
  const split = /^(.*)\s(\S+)\s*$/.exec(text);
  const value = split && Object.hasOwn(units, split[2] as string) ? valueOf(split[1] as string) : null;
  return value === null ? null : { value, unit: (split as RegExpExecArray)[2] as UnitCode };
}

function valueOf(text: string): number | null {
  const tokens = text.match(/\d+(?:\.\d+)?(?:e[+-]?\d+)?|[-+*/()]|\S/gi) ?? [];
  let at = 0;
  const next = (...wanted: string[]) => (wanted.includes(tokens[at] ?? "") ? tokens[at++] : undefined);

  function sum(): number {
    let value = product();
    for (let sign = next("+", "-"); sign; sign = next("+", "-")) value += sign === "+" ? product() : -product();
    return value;
  }
  function product(): number {
    let value = factor();
    for (let sign = next("*", "/"); sign; sign = next("*", "/"))
      value = sign === "*" ? value * factor() : value / factor();
    return value;
  }
  function factor(): number {
    if (next("-")) return -factor();
    if (!next("(")) return Number(tokens[at++] ?? NaN);
    const value = sum();
    return next(")") ? value : NaN;
  }

  const value = sum();
  return at === tokens.length && Number.isFinite(value) ? value : null;
}

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
