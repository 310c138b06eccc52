import { type EdgeKind, edgeKindNames, edgeKinds } from "../../domain/ontology/edge-kinds";
import type { NodeKind } from "../../domain/ontology/node-kinds";
import { enumType } from "./enum-types";

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
