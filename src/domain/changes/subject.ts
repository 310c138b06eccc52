import { edgeSubject } from "../graph/node";
import type { AppliedChange, Change } from "./change-set";

/** What a change is about: the node's id, or `KIND from to` for an edge. */
export const subjectOf = (change: AppliedChange | Change): string =>
  "node" in change ? change.node : "id" in change ? change.id : edgeSubject(change);
