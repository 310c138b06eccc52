import type { Field } from "../../domain/ontology/field";
import { type NodeKind, nodeKinds } from "../../domain/ontology/node-kinds";
import { closed, type Sql } from "./sql";

/**
 * What nodes of the kind are compared by in a field: its value, an enum's rank from 0, NULL where absent. Indexes hold
 * this very expression, and SQLite uses an index only for the same text.
 */
export function fieldValue(kind: NodeKind, name: string): Sql {
  const key = `${kind}.${name}`;
  const known = expressions.get(key) ?? expressionFor(kind, name);
  expressions.set(key, known);
  return known;
}

const expressions = new Map<string, Sql>();

function expressionFor(kind: NodeKind, name: string): Sql {
  const { type } = (nodeKinds[kind].fields as Readonly<Record<string, Field>>)[name] as Field;
  if (type.is !== "enum") return closed(`(fields ->> '${name}')`);
  const ranks = Object.keys(type.values).map((value, rank) => `WHEN '${value}' THEN ${rank}`);
  return closed(`(CASE fields ->> '${name}' ${ranks.join(" ")} END)`);
}
