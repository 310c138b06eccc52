import type { Fields, FieldType } from "../../domain/ontology/field";
import { type ClassType, declareInput, declareInputField, Float, ID, Int, type TypeThunk } from "../declare";
import { enumType } from "../types/enum-types";
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
export function inputTypeOf(type: FieldType, description: string): TypeThunk {
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
export function declareInputFields(target: ClassType, fields: Fields): void {
  for (const [name, { type, description }] of Object.entries(fields))
    declareInputField(target, name, { type: inputTypeOf(type, description), description });
}
