import type { GraphQLFieldResolver, GraphQLScalarType } from "graphql";
import {
  Arg,
  type ClassType,
  Extensions,
  Field,
  InputType,
  InterfaceType,
  Mutation,
  ObjectType,
  Query,
  registerEnumType,
  Subscription,
} from "type-graphql";
import type { GraphQLContext, SubscriptionContext } from "./context";

export { type ClassType, Float, ID, Int } from "type-graphql";

type TypeValue = ClassType | GraphQLScalarType | object;
/** What TypeGraphQL asks for a type: a class, a scalar, an enum object, or one of them in an array for a list. */
export type TypeThunk = () => TypeValue | [TypeValue];

/** A class to hang declarations on. */
export type Declarable = abstract new (...args: never[]) => object;

export interface ArgumentSpec {
  readonly type: TypeThunk;
  readonly description: string;
  readonly required?: boolean;
  readonly defaultValue?: unknown;
}

type Arguments = Readonly<Record<string, unknown>>;

/**
 * What a field costs: `base` + `times` × (`own` + its selection). A leaf costs its `base`. Wrappers have no cost of their own.
 */
export interface FieldCost {
  /** How many objects there may be; default 1. */
  readonly times?: number | ((args: Arguments) => number);
  readonly own?: number;
  /** What finding them takes, whatever is asked of them; default 0. */
  readonly base?: number | ((args: Arguments) => number);
}

export interface FieldSpec<Source = never> {
  readonly type: TypeThunk;
  readonly description: string;
  /** "items": a list of which some entries are null. */
  readonly nullable?: boolean | "items";
  readonly args?: Readonly<Record<string, ArgumentSpec>>;
  /** Default: the source's property of the field's name. */
  readonly resolve?: GraphQLFieldResolver<Source, GraphQLContext, never>;
  readonly cost?: FieldCost;
}

export interface SubscriptionSpec extends Omit<FieldSpec<never>, "resolve"> {
  /** The events, in order. Whoever stops listening calls `return`, which may come while an event is awaited. */
  readonly subscribe: GraphQLFieldResolver<unknown, SubscriptionContext, never, Promise<AsyncIterator<unknown>>>;
  /** The field's value for an event. */
  readonly resolve: GraphQLFieldResolver<unknown, GraphQLContext, never>;
}

/** What `attach` and the limits find on a field of the built schema. */
export interface FieldExtension {
  readonly resolve?: GraphQLFieldResolver<unknown, GraphQLContext>;
  readonly subscribe?: GraphQLFieldResolver<unknown, GraphQLContext>;
  readonly cost?: FieldCost;
}

/** The extension of a field that was declared here. */
export const fieldExtension = (field: { readonly extensions: object }): FieldExtension =>
  (field.extensions as { readonly fulcrum?: FieldExtension }).fulcrum ?? {};

/** A new class that TypeGraphQL knows as an object type of this name. */
export function declareObject(name: string, description: string, implemented?: Declarable): ClassType {
  const target = named(name);
  ObjectType(name, { description, simpleResolvers: true, ...(implemented && { implements: implemented }) })(target);
  return target;
}

/** Declares a class as an interface type of the class's name; `kindOf` gives the name of a value's object type. */
export function declareInterface<Source>(
  target: Declarable,
  description: string,
  kindOf: (value: Source) => string,
): void {
  InterfaceType({ description, resolveType: kindOf as (value: unknown) => string })(target);
}

/** Declares an enum type, whose values stand for `internal[value]` inside. */
export function declareEnum(
  internal: object,
  name: string,
  description: string,
  values: Readonly<Record<string, { readonly description: string }>>,
): void {
  registerEnumType(internal, { name, description, valuesConfig: values });
}

/** A new, empty class with this name, for TypeGraphQL to hang declarations on. */
export const named = (name: string, base?: ClassType): ClassType =>
  ({ [name]: base ? class extends base {} : class {} })[name] as ClassType;

/** Declares a field of an object or interface type. */
export function declareField<Source>(target: Declarable, name: string, spec: FieldSpec<Source>): void {
  Field(spec.type as never, optionsOf(spec))(target.prototype as object, name);
  declareRest(target, name, spec);
}

/** Declares a root field. */
export function declareQuery(target: Declarable, name: string, spec: FieldSpec): void {
  Query(spec.type as never, optionsOf(spec))(target.prototype as object, name, {});
  declareRest(target, name, spec);
}

/** Declares a root field that changes something. */
export function declareMutation(target: Declarable, name: string, spec: FieldSpec): void {
  Mutation(spec.type as never, { ...optionsOf(spec), nullable: true })(target.prototype as object, name, {});
  declareRest(target, name, spec);
}

/** Declares a field of the subscription root. */
export function declareSubscription(target: Declarable, name: string, spec: SubscriptionSpec): void {
  const { subscribe } = spec;
  Subscription(spec.type as never, { ...optionsOf(spec), subscribe: unused })(target.prototype as object, name, {});
  declareRest(target, name, spec, { subscribe });
}

/** TypeGraphQL wants to know how events come; `attach` puts the declared way in its place. */
const unused = (): never => {
  throw new Error("The schema has not been attached.");
};

const optionsOf = ({ description, nullable = false }: FieldSpec) => ({ description, nullable });

function declareRest(
  target: Declarable,
  name: string,
  { args = {}, resolve, cost }: FieldSpec,
  more: object = {},
): void {
  const prototype = target.prototype as object;
  Object.entries(args).forEach(([arg, { type, description, required, defaultValue }], index) => {
    Arg(arg, type as never, { description, nullable: !required, defaultValue })(prototype, name, index);
  });
  Extensions({ fulcrum: { resolve, cost, ...more } })(prototype, name);
}

/** A new class that TypeGraphQL knows as an input type of this name; with a base, it has the base's fields too. */
export function declareInput(name: string, description: string, base?: ClassType): ClassType {
  const target = named(name, base);
  InputType(name, { description })(target);
  return target;
}

/** Declares a field of an input type. */
export function declareInputField(target: Declarable, name: string, spec: ArgumentSpec): void {
  const { type, description, required, defaultValue } = spec;
  Field(type as never, { description, nullable: !required, defaultValue })(target.prototype as object, name);
}
