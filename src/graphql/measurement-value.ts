import { Float } from "type-graphql";
import type { GraphNode } from "../domain/graph/node";
import { nodeKinds } from "../domain/ontology/node-kinds";
import { convert, readUnit } from "../domain/quantities";
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
