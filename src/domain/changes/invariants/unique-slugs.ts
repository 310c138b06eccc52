import type { Finding } from "../../errors";
import type { NodeId, Slug } from "../../ids";
import type { NodeKind } from "../../ontology/node-kinds";
import type { Invariant } from "./invariant";

/** A slug belongs for ever to the first node of its kind that had it. */
export const uniqueSlugs: Invariant = async (draft) => {
  const claims: { readonly id: NodeId; readonly kind: NodeKind; readonly slug: Slug }[] = draft
    .changedNodes()
    .flatMap(({ before, after }) => (after && after.slug !== before?.slug ? [after] : []));
  const owners = new Map<string, NodeId>();
  for (const kind of new Set(claims.map((claim) => claim.kind))) {
    const slugs = claims.filter((claim) => claim.kind === kind).map((claim) => claim.slug);
    for (const [slug, id] of await draft.reader.slugOwners(kind, slugs)) owners.set(`${kind}:${slug}`, id);
  }
  for (const { after } of draft.changedNodes()) {
    for (const slug of after?.formerSlugs ?? []) owners.set(`${after?.kind}:${slug}`, after?.id as NodeId);
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
