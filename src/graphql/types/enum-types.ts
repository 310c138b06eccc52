import { type NodeKind, nodeKindNames, nodeKinds } from "../../domain/ontology/node-kinds";
import { type EdgeKind, edgeKinds, edgeKindNames } from "../../domain/ontology/edge-kinds";
import { declareEnum } from "../declare";

const declared = new Map<string, { readonly internal: object; readonly text: string }>();

/** The enum type of this name, declared when first asked for; its values are given with their descriptions. */
export function enumType(name: string, values: Readonly<Record<string, string>>, description: string): object {
  return namedEnum(name, Object.fromEntries(Object.keys(values).map((value) => [value, value])), values, description);
}

/** As `enumType`, for values that stand for `internal[value]` inside. */
export function namedEnum(
  name: string,
  internal: Readonly<Record<string, string>>,
  descriptions: Readonly<Record<string, string>>,
  description: string,
): object {
  const text = JSON.stringify([internal, descriptions, description]);
  const known = declared.get(name);
  if (known && known.text !== text) throw new Error(`The enum ${name} is declared in two ways.`);
  if (known) return known.internal;
  const valuesConfig = Object.fromEntries(
    Object.entries(descriptions).map(([value, text]) => [value, { description: text }]),
  );
  declareEnum(internal, name, description, valuesConfig);
  declared.set(name, { internal, text });
  return internal;
}

/** `estimatedMinutes` as `ESTIMATED_MINUTES`. */
export const constantCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
const about = (edge: EdgeKind): string => {
  const { description, from, to } = edgeKinds[edge];
  return `${description} From ${some(from)} to ${some(to)}.`;
};

/** The kinds at an end; those that have texts are too many to be named. */
const some = (kinds: readonly NodeKind[]): string => (kinds.length > 4 ? "any kind with texts" : kinds.join(" or "));

/** All kinds of edges, those that follow from texts among them. */
export const edgeKindType = enumType(
  "EdgeKind",
  Object.fromEntries(edgeKindNames.map((edge) => [edge, about(edge)])),
  "A kind of link; its description says which kinds of nodes it leads from and to.",
);

/** The enum of all kinds of nodes. */
export const nodeKindType = enumType(
  "NodeKind",
  Object.fromEntries(nodeKindNames.map((kind) => [kind, nodeKinds[kind].description])),
  "A kind of node of the graph; its name is that of the object type.",
);
