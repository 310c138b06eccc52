import { type Quantity, type UnitCode, units } from "../ontology/units";
import type { Rule } from "./finding";

export const unitOfMetric: Rule = {
  code: "unit-of-metric",
  severity: "error",
  structural: false,
  description: "A measurement's unit is one of its metric's quantity.",
  evaluate: (bank) =>
    bank.ofKind("Measurement").flatMap(({ id, fields }) => {
      const metric = bank.nodes.get(bank.links(id, "Measurement.metric")[0]?.other ?? id);
      const wanted = metric?.fields["quantity"] as Quantity | undefined;
      const unit = fields["unit"] as UnitCode | undefined;
      if (unit === undefined || wanted === undefined || units[unit].quantity === wanted) return [];
      const fitting = Object.keys(units).filter((code) => units[code as UnitCode].quantity === wanted);
      const message = `${unit} is a unit of ${units[unit].quantity}, but ${metric?.slug} is a ${wanted}.`;
      return [{ node: id, path: ["unit"], message, hint: `Units of ${wanted}: ${fitting.join(", ")}.` }];
    }),
};
