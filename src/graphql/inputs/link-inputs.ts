import type { Fields } from "../../domain/ontology/field";
import { isEdgeRelation, relations } from "../../domain/ontology/relations";
import { declareInput } from "../declare";
import { constantCase, namedEnum } from "../types/enum-types";
import { linkShapeOf } from "../types/link-shapes";
import { declareInputFields } from "./input-types";

const ordered = Object.values(relations)
  .filter(isEdgeRelation)
  .filter((relation) => relation.ordered);
const constant = ({ owner, field }: (typeof ordered)[number]): string =>
  constantCase(`${owner.charAt(0).toLowerCase()}${owner.slice(1)}${field.charAt(0).toUpperCase()}${field.slice(1)}`);

/** The lists that have an order of their own. */
export const orderedRelationType = namedEnum(
  "OrderedRelation",
  Object.fromEntries(ordered.map((relation) => [constant(relation), relation.name])),
  Object.fromEntries(ordered.map((relation) => [constant(relation), relation.end.description])),
  "A list of links whose order an author chooses, by the kind whose list it is.",
);

const properties: Fields = Object.assign(
  {},
  ...Object.values(relations)
    .filter(isEdgeRelation)
    .map((relation) => linkShapeOf(relation).properties),
) as Fields;

/** What links of any kind carry: each kind takes those that are its own. */
export const linkPropertiesInput = declareInput(
  "LinkPropertiesInput",
  "What a link says besides its ends. Each kind of link takes its own properties and refuses the others.",
);
declareInputFields(linkPropertiesInput, properties);
