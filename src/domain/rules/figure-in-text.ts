import { evaluate } from "../arithmetic";
import { agrees, figuresIn } from "../figures";
import type { InlineLink } from "../markdown";
import type { UnitCode } from "../ontology/units";
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
