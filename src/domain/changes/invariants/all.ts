import type { Finding } from "../../errors";
import { edgeSubject } from "../../graph/node";
import { kindOf, ownerIdOf } from "../../ids";
import type { EdgeKindSpec } from "../../ontology/edge-kind";
import { edgeKindNames, edgeKinds } from "../../ontology/edge-kinds";
import type { EdgeState } from "../change-set";
import type { Invariant } from "../graph-draft";
import { acyclicLinks } from "./acyclic-links";
import { distinctAssessments } from "./distinct-assessments";
import { linkLimits } from "./link-limits";
import { ownReferences } from "./own-references";
import { requiredLinks } from "./required-links";
import { uniqueSlugs } from "./unique-slugs";

/** Nested nodes belong to the owner that they are nested under, and links marked `within` stay inside one owner. */
const oneOwner: Invariant = async (draft) =>
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

/** Evidence of a flip condition names its side of the flip; other evidence has no side. */
const evidenceSides: Invariant = async (draft) =>
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

const named = 5;

/**
 * No link leads to or from a node that does not exist. Links that a removed node's own file holds were removed with it.
 */
const nodesInUse: Invariant = async (draft) => {
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

export const invariants: readonly Invariant[] = [
  uniqueSlugs,
  nodesInUse,
  oneOwner,
  requiredLinks,
  linkLimits,
  acyclicLinks,
  ownReferences,
  distinctAssessments,
  evidenceSides,
];
