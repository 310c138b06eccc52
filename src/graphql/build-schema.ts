import "reflect-metadata";
import type { GraphQLSchema } from "graphql";
import { type GraphQLObjectType, isInterfaceType, isObjectType } from "graphql";
import { buildSchemaSync } from "type-graphql";
import type { GraphNode } from "../domain/graph/node";
import { fieldExtension } from "./declare";
import { LintQueries } from "./queries/lint";
import { ListQueries } from "./queries/lists";
import { LookUpQueries } from "./queries/look-ups";
import { NodeQueries } from "./queries/nodes";
import { declareNodeFields } from "./types/node-fields";

let built: GraphQLSchema | undefined;

/** The executable schema. It is made of declarations that are the process's own, so there is one, made when first asked for. */
export function buildSchema(): GraphQLSchema {
  if (!built) {
    declareNodeFields();
    built = buildSchemaSync({
      resolvers: [NodeQueries, LookUpQueries, ListQueries, LintQueries],
      validate: false,
      skipCheck: true,
    });
    attach(built);
  }
  return built;
}

/**
 * Puts the declared resolvers onto the schema as they are. TypeGraphQL would wrap them in functions that answer with
 * promises whenever a field has arguments, and would look for class instances to tell types apart.
 */
function attach(schema: GraphQLSchema): void {
  (schema.getQueryType() as GraphQLObjectType).description =
    "Where reading begins: by ID, by slug, or through the list of a kind.";
  for (const type of Object.values(schema.getTypeMap())) {
    if (isInterfaceType(type)) type.resolveType = (node: GraphNode) => node.kind;
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const { resolve } = fieldExtension(field);
      if (resolve) field.resolve = resolve;
    }
  }
}
