import { edgeSubject } from "../../graph/node";
import { kindOf } from "../../ids";
import type { Invariant } from "./invariant";

/** Evidence of a flip condition says which side of the flip it is from; other evidence has no side. */
export const evidenceSides: Invariant = async (draft) =>
  draft.changedEdges().flatMap(({ after }) => {
    if (after?.edge !== "EVIDENCED_BY") return [];
    const needed = kindOf(after.from) === "FlipCondition";
    if ((after.properties["side"] !== undefined) === needed) return [];
    const message = needed
      ? "must say its side, BEFORE or AFTER"
      : "must not have a side: only flip conditions have sides";
    return [
      {
        code: "INVALID_FIELD" as const,
        subject: edgeSubject(after),
        field: "side",
        message: `${edgeSubject(after)} ${message}.`,
      },
    ];
  });
