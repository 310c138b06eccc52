import {
  astFromValue,
  getNamedType,
  type GraphQLArgument,
  type GraphQLOutputType,
  type GraphQLSchema,
  isObjectType,
  isLeafType,
  print,
} from "graphql";
import type { Args } from "./base-calls";
import { nodes } from "./base-calls";

/** One call of a field: the whole of its arguments. */
export interface FieldCall {
  /** `Type.field`; of a type that is no root, it is asked of a node of that kind. */
  readonly field: string;
  readonly args: Args;
}

export interface Request {
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

/** One operation with all the calls, `a0`, `a1` and so on, and their arguments as variables. */
export function requestOf(schema: GraphQLSchema, calls: readonly FieldCall[], selected?: string): Request {
  const variables: Record<string, unknown> = {};
  const declared: string[] = [];
  const fields = calls.map(({ field, args }, index) => {
    const given = Object.entries(args).map(([name, value]) => {
      const variable = `v${index}_${name}`;
      variables[variable] = value;
      declared.push(`$${variable}: ${String(argOf(schema, field, name).type)}`);
      return `${name}: $${variable}`;
    });
    return fieldText(schema, `a${index}`, field, given, selected);
  });
  return { query: operation(calls, declared, fields), variables };
}

/** The call with its arguments written into the document. */
export function literalRequestOf(schema: GraphQLSchema, call: FieldCall): Request {
  const given = Object.entries(call.args).map(([name, value]) => {
    const literal = astFromValue(value, argOf(schema, call.field, name).type);
    return `${name}: ${literal ? print(literal) : "null"}`;
  });
  return { query: operation([call], [], [fieldText(schema, "a0", call.field, given)]), variables: {} };
}

function operation(calls: readonly FieldCall[], declared: readonly string[], fields: readonly string[]): string {
  const kind = calls[0]?.field.startsWith("Mutation.") ? "mutation" : "query";
  return `${kind}${declared.length > 0 ? `(${declared.join(", ")})` : ""} { ${fields.join(" ")} }`;
}

function fieldText(
  schema: GraphQLSchema,
  alias: string,
  field: string,
  given: readonly string[],
  selected?: string,
): string {
  const [owner, name] = field.split(".") as [string, string];
  const selection = selected ?? selectionOf(fieldOf(schema, field).type);
  const text = `${name}${given.length > 0 ? `(${given.join(", ")})` : ""} ${selection}`;
  return owner in nodes
    ? `${alias}: node(id: "${nodes[owner]}") { ... on ${owner} { it: ${text} } }`
    : `${alias}: ${text}`;
}

function fieldOf(schema: GraphQLSchema, field: string) {
  const [owner, name] = field.split(".") as [string, string];
  const type = schema.getType(owner);
  const found = isObjectType(type) ? type.getFields()[name] : undefined;
  if (!found) throw new Error(`The schema has no field ${field}.`);
  return found;
}

function argOf(schema: GraphQLSchema, field: string, name: string): GraphQLArgument {
  const arg = fieldOf(schema, field).args.find((each) => each.name === name);
  if (!arg) throw new Error(`${field} takes no argument ${name}.`);
  return arg;
}

/** Enough of an answer that it has to be found. */
function selectionOf(type: GraphQLOutputType): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return "";
  const has = (name: string) => isObjectType(named) && name in named.getFields();
  if (has("userErrors")) return "{ revision userErrors { code path } }";
  return has("pageInfo") ? "{ pageInfo { hasNextPage endCursor } }" : "{ __typename }";
}
