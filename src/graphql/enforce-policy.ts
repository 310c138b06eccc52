import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
} from "graphql";
import { requireConfirmed, requireRole } from "../domain/access/permissions";
import type { AccessRole } from "../domain/access/principal";
import type { GraphQLContext } from "./context";
import type { Policy } from "./policy";

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
