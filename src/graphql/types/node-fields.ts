import type { GraphNode } from "../../domain/graph/node";
import type { Field, Fields } from "../../domain/ontology/field";
import { type NodeKind, nodeKindNames, nodeKinds } from "../../domain/ontology/node-kinds";
import { relationsOf } from "../../domain/ontology/relations";
import { convert, readUnit } from "../../domain/quantities";
import { isGiven } from "../arguments/page-size";
import { declareField, type FieldSpec, Float } from "../declare";
import { whenReady } from "../promise-or-value";
import { questionFields } from "../recommendations";
import { ontologyField } from "./field-types";
import { nodeTypes } from "./node-types";
import { relationFields } from "./relation-fields";

/** A measurement's value, converted on request. */
const measurementValue: FieldSpec<GraphNode<"Measurement">> = {
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

/** Fields that say more than the ontology does, by kind; they take the place of its fields of the same name. */
const ownFields: { readonly [K in NodeKind]?: Readonly<Record<string, FieldSpec<GraphNode<K>>>> } = {
  Measurement: { value: measurementValue },
  Question: questionFields,
};

/** Gives every kind's type its fields and relations, as the ontology has them. */
export function declareNodeFields(): void {
  for (const kind of nodeKindNames) {
    const fields: Fields = nodeKinds[kind].fields;
    const specs: Readonly<Record<string, FieldSpec<never>>> = {
      ...Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, scalarField(name, field)])),
      ...Object.fromEntries(relationsOf(kind).flatMap((relation) => Object.entries(relationFields(relation)))),
      ...ownFields[kind],
    };
    for (const [name, spec] of Object.entries(specs)) declareField(nodeTypes[kind], name, spec);
  }
}

function scalarField(name: string, field: Field): FieldSpec<GraphNode> {
  const spec = ontologyField(name, field) as FieldSpec<unknown>;
  const spoiler = field.spoiler ? " It gives an answer away." : "";
  return {
    ...spec,
    description: `${spec.description}${spoiler}`,
    ...(field.long && { resolve: (node, _args, { links }) => whenReady(links.texts(node.id), (texts) => texts[name]) }),
  };
}
