import type { Finding } from "../../errors";
import type { NodeId, Slug } from "../../ids";
import type { NodeKind } from "../../ontology/node-kinds";
import type { NodeState } from "../change-set";
import type { Invariant } from "../graph-draft";

interface Claim {
  readonly id: NodeId;
  readonly slug: Slug;
}

/** All slugs of a node. The former ones include slugs that the node had only briefly, within a change set. */
const slugsOf = ({ slug, formerSlugs }: NodeState): readonly Slug[] => [...formerSlugs, slug];

/** A slug belongs for ever to the first node of its kind that had it. */
export const uniqueSlugs: Invariant = async (draft) => {
  const byKind = new Map<NodeKind, Claim[]>();
  for (const { before, after } of draft.changedNodes()) {
    if (!after || (before?.slug === after.slug && before.formerSlugs === after.formerSlugs)) continue;
    const had = new Set(before && slugsOf(before));
    const claims = byKind.get(after.kind) ?? [];
    byKind.set(after.kind, claims);
    for (const slug of slugsOf(after)) if (!had.has(slug)) claims.push({ id: after.id, slug });
  }
  const findings: Finding[] = [];
  for (const [kind, claims] of byKind) {
    const slugs = claims.map(({ slug }) => slug);
    const owners = new Map(await draft.reader.slugOwners(kind, slugs));
    for (const { id, slug } of claims) {
      const owner = owners.get(slug) ?? id;
      owners.set(slug, owner);
      if (owner === id) continue;
      findings.push({
        code: "SLUG_TAKEN",
        subject: id,
        field: "slug",
        message: `The slug ${JSON.stringify(slug)} belongs to ${owner}, now or as a former slug, so ${id} cannot have it.`,
      });
    }
  }
  return findings;
};
