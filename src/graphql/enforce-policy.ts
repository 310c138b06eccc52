import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
} from "graphql";
import { type AccessRole, hasRole, type Principal } from "../domain/access/principal";
import { DomainError } from "../domain/errors";
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
      if (context.principal.isUnconfirmed && name.startsWith("Mutation."))
        throw new DomainError("STORE_UNAVAILABLE", "The key cannot be checked now, as a write needs.");
      return next(source, args, context, info);
    };
  field.resolve = guarded(field.resolve ?? defaultFieldResolver);
  if (field.subscribe) field.subscribe = guarded(field.subscribe);
}

/** Throws UNAUTHENTICATED for who has said nothing of themselves, FORBIDDEN for who may do less than is needed. */
function requireRole(principal: Principal, role: AccessRole, name: string): void {
  if (hasRole(principal, role)) return;
  if (principal.role === "ANONYMOUS")
    throw new DomainError("UNAUTHENTICATED", `${name} needs an API key or a token with the role ${role}.`);
  throw new DomainError("FORBIDDEN", `${name} needs the role ${role}, but the credential has ${principal.role}.`);
}
