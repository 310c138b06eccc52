import { z } from "zod";
import type { Field, FieldType } from "../domain/ontology/field";
import { type NodeKind, nodeKinds } from "../domain/ontology/node-kinds";
import { type Entry, entriesOf, extensionOf, type LinksEntry } from "./layout";
import { sectionsOf } from "./sections";

type Json = Record<string, unknown>;

const own = "[a-z0-9]+(-[a-z0-9]+)*";
const slug: Json = { type: "string", pattern: `^(${own}/)?${own}$`, maxLength: 201 };
const ownSlug: Json = { type: "string", pattern: `^${own}$`, maxLength: 100 };

/** Returns the JSON Schema (2020-12) of a kind's files; for Markdown, that of the front matter. */
export function fileSchema(kind: NodeKind): Json {
  const nested = new Map<string, Json>();
  const root = nodeSchema(kind, nested);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: extensionOf(kind) === ".md" ? `${kind} (front matter)` : kind,
    ...root,
    ...(nested.size > 0 ? { $defs: Object.fromEntries(nested) } : {}),
  };
}

/**
 * Returns the schema of a node. `nested` collects the schemas of owned kinds. Fields in `sectioned` may be written as
 * sections instead of keys.
 */
function nodeSchema(kind: NodeKind, nested: Map<string, Json>, sectioned = sectionFields(kind)): Json {
  const properties: [string, Json][] = [];
  const required: string[] = [];
  for (const entry of entriesOf(kind)) {
    properties.push([entry.key, entrySchema(kind, entry, nested)]);
    const isRequired =
      entry.is === "field"
        ? !entry.field.optional && !sectioned.includes(entry.key)
        : entry.is === "links" && entry.relation.end.required;
    if (isRequired) required.push(entry.key);
  }
  return {
    type: "object",
    description: nodeKinds[kind].description,
    properties: Object.fromEntries(properties),
    required,
    additionalProperties: false,
  };
}

const sectionFields = (kind: NodeKind): string[] =>
  sectionsOf(kind).flatMap((section) => ("nested" in section ? [] : [section.field]));

function entrySchema(kind: NodeKind, entry: Entry, nested: Map<string, Json>): Json {
  switch (entry.is) {
    case "formerSlugs":
      return {
        type: "array",
        items: ownSlug,
        minItems: 1,
        uniqueItems: true,
        description: "Earlier slugs, the first one first.",
      };
    case "field":
      return { ...typeSchema(entry.field.type, entry.field), description: entry.field.description };
    case "links":
      return linksSchema(entry);
    case "nested": {
      const { key, relation } = entry;
      const sectioned = sectionsOf(kind).flatMap((each) =>
        "nested" in each && each.nested === key ? [each.field] : [],
      );
      if (!nested.has(entry.kind)) nested.set(entry.kind, nodeSchema(entry.kind, nested, sectioned));
      return {
        type: "object",
        description: relation.end.description,
        propertyNames: ownSlug,
        additionalProperties: { $ref: `#/$defs/${entry.kind}` },
        minProperties: 1,
        ...(relation.end.max === undefined ? {} : { maxProperties: relation.end.max }),
      };
    }
  }
}

function linksSchema({ relation: { end }, kind, targetKey, properties }: LinksEntry): Json {
  const target = { ...slug, description: `The ${kind}'s slug.` };
  const link: Json =
    targetKey === undefined
      ? target
      : {
          type: "object",
          properties: {
            [targetKey]: target,
            ...Object.fromEntries(
              Object.entries(properties).map(([name, field]) => [
                name,
                { ...typeSchema(field.type, field), description: field.description },
              ]),
            ),
          },
          required: [
            targetKey,
            ...Object.entries(properties).flatMap(([name, field]) => (field.optional ? [] : [name])),
          ],
          additionalProperties: false,
        };
  if (end.one) return { ...link, description: end.description };
  return {
    type: "array",
    items: link,
    minItems: 1,
    ...(end.max === undefined ? {} : { maxItems: end.max }),
    description: end.description,
  };
}

/** Returns zod's schema of a field. References become slugs, and each value of an enum gets its description. */
function typeSchema(type: FieldType, field: Field): Json {
  if (type.is === "enum")
    return { oneOf: Object.entries(type.values).map(([value, description]) => ({ const: value, description })) };
  const { $schema: _, ...schema } = z.toJSONSchema(field.schema, { unrepresentable: "any" }) as Json;
  return type.is === "list" && type.of.is === "reference" ? { ...schema, items: slug } : schema;
}
