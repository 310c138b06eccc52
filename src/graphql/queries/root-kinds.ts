import { isOwned } from "../../domain/ids";
import { type NodeKind, nodeKindNames, nodeKinds } from "../../domain/ontology/node-kinds";

/** The kinds that stand alone, and so have a root list and a look-up. */
export const rootKinds: readonly NodeKind[] = nodeKindNames.filter((kind) => !isOwned(kind));

/** `questions`. */
export const listName = (kind: NodeKind): string => nodeKinds[kind].plural;

/** `saveQuestion`. */
export const saveName = (kind: NodeKind): string => `save${kind}`;

/** `question`. */
export const lookUpName = (kind: NodeKind): string => kind.charAt(0).toLowerCase() + kind.slice(1);
