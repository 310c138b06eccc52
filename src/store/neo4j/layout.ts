import { createHash } from "node:crypto";
import { edgeKinds } from "../../domain/ontology/edge-kinds";
import { nodeKindNames, nodeKinds } from "../../domain/ontology/node-kinds";
import type { Field } from "../../domain/ontology/field";
import { orderKeys } from "./order-keys";

const lightNames = (fields: Readonly<Record<string, Field>>): string[] =>
  Object.keys(fields).filter((name) => !fields[name]!.long);

/**
 * Stands for all in the ontology that the bookkeeping of nodes and edges follows from. What was written under another
 * layout must be written anew.
 */
export const layout: string = createHash("sha256")
  .update(
    JSON.stringify([
      nodeKindNames.map((kind) => [kind, orderKeys(kind), lightNames(nodeKinds[kind].fields)]),
      Object.entries(edgeKinds).map(([edge, { properties }]) => [edge, Object.keys(properties)]),
    ]),
  )
  .digest("base64url");
