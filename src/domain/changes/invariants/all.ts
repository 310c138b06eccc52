import { acyclicLinks } from "./acyclic-links";
import { distinctAssessments } from "./distinct-assessments";
import { evidenceSides } from "./evidence-sides";
import type { Invariant } from "./invariant";
import { linkLimits } from "./link-limits";
import { nodesInUse } from "./nodes-in-use";
import { oneOwner } from "./one-owner";
import { ownReferences } from "./own-references";
import { requiredLinks } from "./required-links";
import { uniqueSlugs } from "./unique-slugs";

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
