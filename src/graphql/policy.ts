import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
} from "graphql";
import { type Action, permissions, requireConfirmed, requireRole } from "../domain/access/permissions";
import type { AccessRole } from "../domain/access/principal";
import type { GraphQLContext } from "./context";
import { listName, lookUpName, rootKinds, saveName } from "./types/node-types";

/**
 * Who may use a field, by `Type.field`: the lowest role, as the domain's permissions have it. Each field of Query, Mutation and Subscription has an entry, and
 * so has each other field that not everyone may read. `enforce` puts it before the schema's resolvers.
 */
type Policy = Readonly<Record<string, AccessRole>>;

/** What is published is public: the list and the look-up of each kind that stands alone. */
const declaredByOntology: Readonly<Record<string, Action>> = Object.fromEntries(
  rootKinds.flatMap((kind) => [listName(kind), lookUpName(kind)]).map((field) => [`Query.${field}`, "readGraph"]),
);

/** An edit goes into a change set; whether it may be published at once, the domain decides when it knows. */
const savesOfOntology: Readonly<Record<string, Action>> = Object.fromEntries(
  rootKinds.map((kind) => [`Mutation.${saveName(kind)}`, "edit"]),
);

/** What using each field amounts to. */
const actions: Readonly<Record<string, Action>> = {
  ...declaredByOntology,
  "Query.node": "readGraph",
  "Query.nodes": "readGraph",
  "Query.viewer": "readGraph",
  "Query.search": "readGraph",
  "Query.suggest": "readGraph",
  "Query.nextQuestions": "readGraph",
  "Query.whyNot": "readGraph",
  "Query.path": "readGraph",
  "Query.learningPlan": "readGraph",
  "Query.readiness": "readGraph",
  "Query.compareOptions": "readGraph",
  "Query.compareAnswers": "readGraph",
  "Query.evidence": "readGraph",

  // That the graph changed, and where, is public; how it was before and who changed it is not.
  "Query.revision": "readGraph",
  "Query.commit": "readGraph",
  "Query.commits": "readGraph",
  "Query.history": "readGraph",
  "Subscription.bankChanged": "readGraph",
  "Commit.actor": "readAuthorship",
  "Commit.changes": "readAuthorship",

  "Query.lint": "lintGraph",
  "Query.coverage": "readGraph",
  "Query.changeSet": "readDraft",
  "Query.changeSets": "readDraft",
  ...savesOfOntology,
  "Mutation.remove": "edit",
  "Mutation.rename": "edit",
  "Mutation.link": "edit",
  "Mutation.unlink": "edit",
  "Mutation.reorder": "edit",
  "Mutation.openChangeSet": "openDraft",
  "Mutation.revert": "revertCommit",
  "Mutation.renameChangeSet": "rename",
  "Mutation.discardChangeSet": "discard",
  "Mutation.submitChangeSet": "submit",
  "Mutation.commentOnChangeSet": "comment",
  "Mutation.approveChangeSet": "approve",
  "Mutation.requestChanges": "requestChanges",
  "Mutation.publishChangeSet": "publish",
};

export const policy: Policy = Object.fromEntries(
  Object.entries(actions).map(([field, action]) => [field, permissions[action].role]),
);

type Field = GraphQLField<unknown, GraphQLContext>;

/**
 * Puts the policy's roles before the fields that not everyone may use. Throws where policy and schema do not fit, so that
 * a field that nobody thought about is not served.
 */
export function enforce(schema: GraphQLSchema, policy: Policy): void {
  const faults = policyFaults(schema, policy);
  if (faults.length > 0) throw new Error(faults.join("\n"));
  for (const [name, role] of Object.entries(policy)) {
    if (role === "ANONYMOUS") continue;
    const [type, field] = name.split(".") as [string, string];
    guard((schema.getType(type) as GraphQLObjectType).getFields()[field] as Field, role, name);
  }
}

/** What is wrong: root fields without an entry, then entries that name no field of an object type. */
export function policyFaults(schema: GraphQLSchema, policy: Policy): readonly string[] {
  const fieldsOf = (type: GraphQLObjectType | null | undefined): string[] =>
    type ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`) : [];
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap(fieldsOf);
  const all = new Set(Object.values(schema.getTypeMap()).filter(isObjectType).flatMap(fieldsOf));
  return [
    ...roots.filter((name) => !Object.hasOwn(policy, name)).map((name) => `${name} has no entry in the policy.`),
    ...Object.keys(policy)
      .filter((name) => !all.has(name))
      .map((name) => `The policy's entry ${name} names no field.`),
  ];
}

/** A subscription is refused when it begins and at each event, any other field when it is resolved. */
function guard(field: Field, role: AccessRole, name: string): void {
  const guarded =
    (next: GraphQLFieldResolver<unknown, GraphQLContext>): typeof next =>
    (source, args, context, info) => {
      requireRole(context.principal, role, name);
      if (name.startsWith("Mutation.")) requireConfirmed(context.principal);
      return next(source, args, context, info);
    };
  field.resolve = guarded(field.resolve ?? defaultFieldResolver);
  if (field.subscribe) field.subscribe = guarded(field.subscribe);
}
