import { isNesting } from "../../domain/changes/compose/node-input";
import { isOwned } from "../../domain/ids";
import type { Fields, FieldType } from "../../domain/ontology/field";
import { type NodeKind, nodeKinds } from "../../domain/ontology/node-kinds";
import { type EdgeRelation, heldRelations, isEdgeRelation, relations } from "../../domain/ontology/relations";
import { idForms } from "../arguments/id-argument";
import { type ClassType, declareInput, declareInputField, Float, ID, Int, type TypeThunk } from "../declare";
import { constantCase, enumType, namedEnum } from "../types/enum-types";
import { type LinkShape, linkShapeOf } from "../types/link-shapes";
import { Params } from "../types/scalars";

/** Addresses, dates and the like are texts here: the ontology's own checks say what is wrong, and where. */
const scalars = {
  string: String,
  slug: String,
  url: String,
  date: String,
  duration: String,
  boolean: Boolean,
  int: Int,
  float: Float,
  params: Params,
};

/** The GraphQL type of values that an author gives for a field. */
function inputTypeOf(type: FieldType, description: string): TypeThunk {
  if (type.is === "reference") return () => ID;
  if (type.is === "list") {
    const item = inputTypeOf(type.of, description);
    return () => [item()];
  }
  if (type.is === "enum" || type.is === "object") {
    const declared = type.is === "enum" ? enumType(type.name, type.values, description) : valueInput(type, description);
    return () => declared;
  }
  const scalar = scalars[type.is];
  return () => scalar;
}

const valueInputs = new Map<string, ClassType>();
function valueInput({ name, fields }: FieldType & { is: "object" }, description: string): ClassType {
  const known = valueInputs.get(name);
  if (known) return known;
  const declared = declareInput(`${name}Input`, description);
  valueInputs.set(name, declared);
  for (const [field, spec] of Object.entries(fields))
    declareInputField(declared, field, {
      type: inputTypeOf(spec.type, spec.description),
      description: spec.description,
      required: !spec.optional,
    });
  return declared;
}

/** Declares an input field for each of the ontology's; none is required, since what is left out stays as it is. */
function declareInputFields(target: ClassType, fields: Fields): void {
  for (const [name, { type, description }] of Object.entries(fields))
    declareInputField(target, name, { type: inputTypeOf(type, description), description });
}

/** Said of whatever names a node in an input. */
const nodeForms = "The node: its slug, Kind:slug or a global ID; of the same owner's things the own part will do.";

const nodeInputs = new Map<NodeKind, ClassType>();

/** What an author may say of a node of the kind: its fields, links, and what it owns. */
export function nodeInput(kind: NodeKind): ClassType {
  const known = nodeInputs.get(kind);
  if (known) return known;
  const declared = declareInput(
    `${kind}Input`,
    `What to save of a ${kind}: what is left out stays, null clears, and a list is the whole list in order.`,
  );
  nodeInputs.set(kind, declared);
  declareNames(declared, kind);
  declareInputFields(declared, nodeKinds[kind].fields);
  for (const relation of heldRelations(kind))
    declareInputField(declared, relation.field, {
      type: relationInput(relation),
      description: relation.end.description,
    });
  return declared;
}

function declareNames(target: ClassType, kind: NodeKind): void {
  if (isOwned(kind)) {
    declareInputField(target, "slug", {
      type: () => String,
      required: true,
      description: "Its own part of the slug, without its owner's; one that is not there is created.",
    });
    return;
  }
  declareInputField(target, "slug", {
    type: () => String,
    description: `Its current slug; a ${kind} is created under one that none has. Give this or the ID.`,
  });
  declareInputField(target, "id", { type: () => ID, description: `Of one that is there. ${idForms}` });
}

function relationInput(relation: EdgeRelation): TypeThunk {
  const shape = linkShapeOf(relation);
  const item = isNesting(relation)
    ? nodeInput(relation.targets[0] as NodeKind)
    : shape.name === ""
      ? ID
      : linkInput(shape);
  return relation.end.one ? () => item : () => [item];
}

const linkInputs = new Map<string, ClassType>();

function linkInput({ name, properties }: LinkShape): ClassType {
  const known = linkInputs.get(name);
  if (known) return known;
  const declared = declareInput(`${name}LinkInput`, "A link to a node, with what its author says about the link.");
  linkInputs.set(name, declared);
  declareInputField(declared, "node", { type: () => ID, required: true, description: nodeForms });
  declareInputFields(declared, properties);
  return declared;
}

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
