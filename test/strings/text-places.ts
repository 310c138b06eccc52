import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
} from "graphql";

/** A place in the arguments of a field that takes text: an argument, or a field of an input that lies in one. */
export interface TextPlace {
  /** `Type.field`. */
  readonly field: string;
  /** Names from the argument inwards; lists are passed through. */
  readonly path: readonly string[];
  /** The scalar that reads the text. */
  readonly scalar: string;
}

/** Scalars that no text is given to. */
const numbers: ReadonlySet<string> = new Set(["Int", "Float", "Boolean", "NonNegativeInt"]);

/** Each place of the schema that takes text, in its order. */
export function textPlaces(schema: GraphQLSchema): readonly TextPlace[] {
  return fieldsOf(schema).flatMap(([name, { args }]) =>
    args.flatMap((arg: GraphQLArgument) => below(arg.type, [arg.name]).map((place) => ({ field: name, ...place }))),
  );
}

export const nameOf = ({ field, path }: Pick<TextPlace, "field" | "path">): string => `${field}(${path.join(".")})`;

/** The fields of objects, by `Type.field`; those of introspection and of interfaces, which objects repeat, left out. */
function fieldsOf(schema: GraphQLSchema): [string, GraphQLField<unknown, unknown>][] {
  const types = Object.values(schema.getTypeMap()).filter(({ name }: GraphQLNamedType) => !name.startsWith("__"));
  return types.flatMap((type) =>
    isObjectType(type) && !isInterfaceType(type)
      ? Object.values(type.getFields()).map((field): [string, GraphQLField<unknown, unknown>] => [
          `${type.name}.${field.name}`,
          field,
        ])
      : [],
  );
}

function below(
  type: GraphQLInputType,
  path: readonly string[],
  within: readonly string[] = [],
): Pick<TextPlace, "path" | "scalar">[] {
  const named = getNamedType(type);
  if (isScalarType(named)) return numbers.has(named.name) ? [] : [{ path, scalar: named.name }];
  if (!isInputObjectType(named) || within.includes(named.name)) return [];
  return Object.values(named.getFields()).flatMap((field) =>
    below(field.type, [...path, field.name], [...within, named.name]),
  );
}
