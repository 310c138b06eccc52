import type { Finding } from "../../errors";
import type { NodeId, Slug } from "../../ids";
import type { NodeKind } from "../../ontology/node-kinds";
import type { NodeState } from "../change-set";
import type { Invariant } from "./invariant";

interface Claim {
  readonly id: NodeId;
  readonly kind: NodeKind;
  readonly slug: Slug;
}

/** Those that the node only passed through within a change set are among the former ones. */
const slugsOf = ({ slug, formerSlugs }: NodeState): readonly Slug[] => [...formerSlugs, slug];

/** A slug belongs for ever to the first node of its kind that had it. */
export const uniqueSlugs: Invariant = async (draft) => {
  const claims = draft.changedNodes().flatMap(({ before, after }): Claim[] => {
    const had = new Set(before && slugsOf(before));
    return after
      ? slugsOf(after).flatMap((slug) => (had.has(slug) ? [] : [{ id: after.id, kind: after.kind, slug }]))
      : [];
  });
  const owners = new Map<string, NodeId>();
  for (const kind of new Set(claims.map((claim) => claim.kind))) {
    const slugs = claims.filter((claim) => claim.kind === kind).map((claim) => claim.slug);
    for (const [slug, id] of await draft.reader.slugOwners(kind, slugs)) owners.set(`${kind}:${slug}`, id);
  }
  const findings: Finding[] = [];
  for (const { id, kind, slug } of claims) {
    const owner = owners.get(`${kind}:${slug}`) ?? id;
    owners.set(`${kind}:${slug}`, owner);
    if (owner !== id) {
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
