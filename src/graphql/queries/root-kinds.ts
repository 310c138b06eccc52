import { isOwned } from "../../domain/ids";
import { type NodeKind, nodeKindNames } from "../../domain/ontology/node-kinds";

/** The kinds that stand alone, and so have a root list and a look-up. */
export const rootKinds: readonly NodeKind[] = nodeKindNames.filter((kind) => !isOwned(kind));
