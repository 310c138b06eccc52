import { edgeSubject } from "../graph/node";
import type { AppliedChange } from "./change-set";

/** What a change was about: the node's id, or `KIND from to` for an edge. */
export const subjectOf = (change: AppliedChange): string => ("node" in change ? change.node : edgeSubject(change));
