import { nodeKindNames, nodeKinds } from "../../domain/ontology/node-kinds";
import { enumType } from "./enum-types";

/** The enum of all kinds of nodes. */
export const nodeKindType = enumType(
  "NodeKind",
  Object.fromEntries(nodeKindNames.map((kind) => [kind, nodeKinds[kind].description])),
  "A kind of node of the graph; its name is that of the object type.",
);
