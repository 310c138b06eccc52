import { Float } from "type-graphql";
import { DomainError } from "../domain/errors";
import type { GraphNode } from "../domain/graph/node";
import { nearNames, suggestion } from "../domain/near-names";
import { nodeKinds } from "../domain/ontology/node-kinds";
import { type UnitCode, units } from "../domain/ontology/units";
import { convert } from "../domain/quantities";
import { isGiven } from "./arguments/is-given";
import type { FieldSpec } from "./declare";

/** A measurement's value, converted on request. */
export const measurementValue: FieldSpec<GraphNode<"Measurement">> = {
  type: () => Float,
  description: `${nodeKinds.Measurement.fields.value.description} Converted if another unit is asked for.`,
  args: {
    unit: {
      type: () => String,
      description: "A unit of the same quantity to convert to, such as ms or GiB; the measurement's own unless said.",
    },
  },
  resolve: ({ value, unit }, args: { unit?: string | null }) =>
    isGiven(args.unit) ? convert(value, unit, readUnit(args.unit)) : value,
};

function readUnit(text: string): UnitCode {
  if (Object.hasOwn(units, text)) return text as UnitCode;
  const meant = suggestion(nearNames(text.slice(0, 40), Object.keys(units)));
  throw new DomainError("INVALID_ARGUMENT", `There is no unit ${JSON.stringify(text.slice(0, 40))}.${meant}`);
}
