import { edgeSubject } from "../../graph/node";
import { ownerIdOf } from "../../ids";
import type { EdgeKindSpec } from "../../ontology/edge-kind";
import { edgeKinds } from "../../ontology/edge-kinds";
import type { Invariant } from "./invariant";

/** Nested things hang under their own owner, and links marked `within` stay inside one owner. */
export const oneOwner: Invariant = async (draft) =>
  draft.changedEdges().flatMap(({ after }) => {
    if (!after) return [];
    const spec: EdgeKindSpec = edgeKinds[after.edge];
    if (!(spec.nests || spec.within) || ownerIdOf(after.from) === ownerIdOf(after.to)) return [];
    return [
      {
        code: "WRONG_ENDS" as const,
        subject: edgeSubject(after),
        message: `${after.edge} links things of one owner, but ${after.from} and ${after.to} have two.`,
      },
    ];
  });
