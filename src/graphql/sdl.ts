import { lexicographicSortSchema, printSchema } from "graphql";
import { buildSchema } from "./build-schema";

/** The schema as text, in alphabetical order: what `schema/schema.graphql` holds. */
export const schemaSdl = (): string => `${printSchema(lexicographicSortSchema(buildSchema()))}\n`;
