import { GraphQLError, GraphQLScalarType, Kind } from "graphql";
import {
  GraphQLDateTimeISO,
  GraphQLDuration,
  GraphQLJSON,
  GraphQLJSONObject,
  GraphQLNonNegativeInt,
} from "graphql-scalars";
import { partialDate } from "../../domain/ontology/field";

const { schema: dateSchema } = partialDate("A date.");

function readDate(value: unknown): string {
  const read = dateSchema.safeParse(value);
  if (!read.success) throw new GraphQLError("PartialDate must be a date: YYYY, YYYY-MM or YYYY-MM-DD.");
  return read.data;
}

/** graphql-scalars' dates refuse a year or a month alone, which is all that many sources state. */
export const PartialDate = new GraphQLScalarType<string, string>({
  name: "PartialDate",
  description: "A calendar date as precisely as it is known: 2024, 2024-07 or 2024-07-31.",
  serialize: (value) => value as string,
  parseValue: readDate,
  parseLiteral: (node) => readDate(node.kind === Kind.STRING ? node.value : undefined),
});

const described = (scalar: GraphQLScalarType, description: string, name = scalar.name): GraphQLScalarType =>
  new GraphQLScalarType({ ...scalar.toConfig(), name, description });

/** An address reads as it was written; graphql-scalars would write it anew, its host in small letters and so on. */
export const Url = new GraphQLScalarType<string, string>({
  name: "URL",
  description: "An absolute http or https address, as RFC 3986 defines it.",
  serialize: (value) => value as string,
});
export const Duration = described(
  GraphQLDuration,
  "An ISO 8601 duration such as P2Y or P18M: two years, eighteen months.",
);
export const Params = described(GraphQLJSONObject, "A JSON object: a map from names to texts, numbers or booleans.");
export const NonNegativeInt = described(
  GraphQLNonNegativeInt,
  "A whole number that is zero or more, as every count is.",
);
export const DateTime = described(
  GraphQLDateTimeISO,
  "A moment in UTC as RFC 3339 writes it, to the millisecond: 2026-11-28T19:58:48.000Z.",
  "DateTime",
);
export const Json = described(GraphQLJSON, "Any JSON value: the value of a field whose type depends on the field.");
