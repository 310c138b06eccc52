import { type UnitCode, units } from "./ontology/units";

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
