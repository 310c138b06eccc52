import type { Finding } from "../../errors";
import { kindOf } from "../../ids";
import type { EdgeKindSpec } from "../../ontology/edge-kind";
import { edgeKindNames, edgeKinds } from "../../ontology/edge-kinds";
import type { EdgeState } from "../change-set";
import type { Invariant } from "./invariant";

const named = 5;

/** No link leads to or from a node that does not exist. Those that a removed node's own file holds went with it. */
export const nodesInUse: Invariant = async (draft) => {
  const removed = draft.removedNodes();
  const links = new Map(removed.map((id) => [id, [] as EdgeState[]]));
  for (const edge of edgeKindNames) {
    for (const end of ["from", "to"] as const) {
      const of = removed.filter((id) => (edgeKinds[edge] as EdgeKindSpec)[end].includes(kindOf(id)));
      if (of.length === 0) continue;
      for (const [id, left] of await draft.adjacent(edge, end, of, named + 1)) links.get(id)?.push(...left);
    }
  }
  return [...links].flatMap(([id, left]): Finding[] => {
    if (left.length === 0) return [];
    const users = [...new Set(left.map((link) => (link.from === id ? link.to : link.from)))].sort();
    const list = users.slice(0, named).join(", ") + (users.length > named ? " and others" : "");
    return [
      {
        code: "NODE_IN_USE",
        subject: id,
        message: `${id} cannot be removed while ${list} link${users.length === 1 ? "s" : ""} to it.`,
        nodes: users.slice(0, named),
      },
    ];
  });
};
