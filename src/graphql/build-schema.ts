import "reflect-metadata";
import {
  type GraphQLObjectType,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  printSchema,
  lexicographicSortSchema,
} from "graphql";
import { buildSchemaSync } from "type-graphql";
import type { GraphNode } from "../domain/graph/node";
import { fieldExtension } from "./declare";
import { enforce } from "./policy";
import { ChangeSetMutations } from "./mutations/change-sets";
import { EditMutations } from "./mutations/edits";
import { RevertMutations } from "./mutations/change-sets";
import { SaveMutations } from "./mutations/saves";
import { policy } from "./policy";
import { ChangeSetQueries } from "./queries/change-sets";
import { CommitQueries } from "./queries/commits";
import { ComparisonQueries } from "./queries/comparisons";
import { LearningQueries } from "./queries/learning";
import { LintQueries } from "./queries/lint";
import { ListQueries } from "./queries/lists";
import { LookUpQueries } from "./queries/look-ups";
import { NodeQueries } from "./queries/look-ups";
import { PathQueries } from "./queries/paths";
import { RevisionQueries } from "./queries/commits";
import { SearchQueries } from "./queries/search";
import { ViewerQueries } from "./queries/viewer";
import { ChangeSubscriptions } from "./subscriptions/bank-changed";
import { RecommendationQueries } from "./recommendations";
import { declareNodeFields } from "./types/node-fields";

let built: GraphQLSchema | undefined;

/** The executable schema. It is made of declarations that are the process's own, so there is one, made when first asked for. */
export function buildSchema(): GraphQLSchema {
  if (!built) {
    declareNodeFields();
    built = buildSchemaSync({
      resolvers: [
        NodeQueries,
        LookUpQueries,
        ListQueries,
        PathQueries,
        LearningQueries,
        ComparisonQueries,
        CommitQueries,
        ViewerQueries,
        RevisionQueries,
        SearchQueries,
        RecommendationQueries,
        LintQueries,
        ChangeSetQueries,
        ChangeSetMutations,
        SaveMutations,
        EditMutations,
        RevertMutations,
        ChangeSubscriptions,
      ],
      // TypeGraphQL asks for one where there are subscriptions; these get their events from the log of commits.
      pubSub: { subscribe: noEvents, publish: () => undefined },
      validate: false,
      skipCheck: true,
    });
    attach(built);
    enforce(built, policy);
  }
  return built;
}

async function* noEvents(): AsyncIterableIterator<never> {}

/**
 * Puts the declared resolvers onto the schema as they are. TypeGraphQL would wrap them in functions that answer with
 * promises whenever a field has arguments, and would look for class instances to tell types apart.
 */
function attach(schema: GraphQLSchema): void {
  (schema.getQueryType() as GraphQLObjectType).description =
    "Where reading begins: by ID, by slug, or through the list of a kind.";
  (schema.getSubscriptionType() as GraphQLObjectType).description =
    "What clients can be told of as it happens, over a WebSocket with the subprotocol graphql-transport-ws.";
  (schema.getMutationType() as GraphQLObjectType).description =
    "Where writing begins: into a change set, which is reviewed and published, or into the graph at once.";
  for (const type of Object.values(schema.getTypeMap())) {
    if (isInterfaceType(type)) type.resolveType = (node: GraphNode) => node.kind;
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const { resolve, subscribe } = fieldExtension(field);
      if (resolve) field.resolve = resolve;
      if (subscribe) field.subscribe = subscribe;
    }
  }
}

/** The schema as text, in alphabetical order: what `schema/schema.graphql` holds. */
export const schemaSdl = (): string => `${printSchema(lexicographicSortSchema(buildSchema()))}\n`;
