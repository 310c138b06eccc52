import type { Field, FieldType } from "../../domain/ontology/field";
import type { NodeId } from "../../domain/ids";
import type { NodeKind } from "../../domain/ontology/node-kinds";
import { type ClassType, declareField, declareObject, type FieldSpec, Float, Int, type TypeThunk } from "../declare";
import { allReady, whenReady } from "../promise-or-value";
import { enumType } from "./enum-types";
import { nodeTypes } from "./node-types";
import { Duration, Params, PartialDate, Url } from "./scalars";

const scalars = {
  string: String,
  slug: String,
  boolean: Boolean,
  int: Int,
  float: Float,
  url: Url,
  date: PartialDate,
  duration: Duration,
  params: Params,
};

/** Value objects hold few entries; each counts as one object. */
const typicalEntries = 3;

/** The GraphQL type of a field's values. `description` becomes that of an enum or object met for the first time. */
export function typeOf(type: FieldType, description: string): TypeThunk {
  if (type.is === "reference") return () => nodeTypes[type.kind as NodeKind];
  if (type.is === "list") {
    const item = typeOf(type.of, description);
    return () => [item()];
  }
  if (type.is === "enum" || type.is === "object") {
    const declared =
      type.is === "enum" ? enumType(type.name, type.values, description) : valueObject(type, description);
    return () => declared;
  }
  const scalar = scalars[type.is];
  return () => scalar;
}

const valueObjects = new Map<string, ClassType>();

function valueObject({ name, fields }: FieldType & { is: "object" }, description: string): ClassType {
  const known = valueObjects.get(name);
  if (known) return known;
  const declared = declareObject(name, description);
  valueObjects.set(name, declared);
  for (const [field, spec] of Object.entries(fields)) declareField(declared, field, ontologyField(field, spec));
  return declared;
}

type Source = Readonly<Record<string, unknown>>;

/**
 * The declaration of an ontology field or property, which the source has under its name. References become nodes; what is
 * read as it stands has no resolver, since compiled documents then read the property without a call.
 */
export function ontologyField(name: string, field: Field): FieldSpec<Source> {
  const { type, description, optional: nullable } = field;
  const resolve = resolverOf(name, type);
  return { type: typeOf(type, description), description, nullable, ...(resolve && { resolve }), ...costOf(type) };
}

function resolverOf(name: string, type: FieldType): FieldSpec<Source>["resolve"] {
  if (type.is === "reference") {
    return (source, _args, { links }) => {
      const id = source[name] as NodeId | undefined;
      return id === undefined ? null : links.node(id);
    };
  }
  if (type.is === "list" && type.of.is === "reference") {
    return (source, _args, { links }) => {
      const ids = source[name] as readonly NodeId[] | undefined;
      if (ids === undefined) return null;
      return whenReady(allReady(ids.map((id) => links.node(id))), (nodes) => nodes.filter((node) => node !== null));
    };
  }
  return undefined;
}

function costOf(type: FieldType): Pick<FieldSpec, "cost"> {
  const leadsToObjects = type.is === "list" && (type.of.is === "object" || type.of.is === "reference");
  return leadsToObjects ? { cost: { times: typicalEntries } } : {};
}
