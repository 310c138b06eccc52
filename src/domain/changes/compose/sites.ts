import { firstSlugOf, isSlugOf, nodeId, type NodeId, type Slug } from "../../ids";
import { heldRelations } from "../../ontology/relations";
import type { NodeKind } from "../../ontology/node-kinds";
import { ownPart } from "../former-slugs";
import type { StateReader } from "../state-reader";
import type { Composition, InputPath } from "./composition";
import { isNesting, type NodeInput, statedItems } from "./node-input";
import { resolveReference } from "./references";

/** A node of an input, matched with its node in the graph. */
export interface Site {
  readonly kind: NodeKind;
  readonly id: NodeId;
  /** Current slug, or the slug that a new node is to have. */
  readonly slug: Slug;
  readonly isNew: boolean;
  readonly input: NodeInput;
  readonly path: InputPath;
}

/**
 * Finds the node that the whole input is about. `id` names an existing node; `slug` is the current slug of an existing
 * node or the slug of a new one. Returns null and reports a fault if neither or both are given, or if they cannot be
 * used.
 */
export async function rootSite(
  kind: NodeKind,
  input: NodeInput,
  state: StateReader,
  out: Composition,
): Promise<Site | null> {
  const [id, slug] = [input["id"] ?? null, input["slug"] ?? null] as readonly [string | null, string | null];
  if ((id === null) === (slug === null)) {
    out.report("REQUIRED_FIELD", [], `A ${kind} is named by its id or its slug; give exactly one of the two.`);
    return null;
  }
  if (slug !== null) {
    return (await named([{ kind, slug, fresh: slug, input, path: [] }], state, out))[0] ?? null;
  }
  const found = await resolveReference({ text: id as string, kinds: [kind], path: ["id"] }, state, out);
  const node = found && (await state.nodes([found])).get(found);
  return node ? { kind, id: found, slug: node.state.slug, isNew: false, input, path: [] } : null;
}

/** The sites of the root and of all nodes nested in its input, level by level, the root first. */
export async function sitesUnder(root: Site, state: StateReader, out: Composition): Promise<Site[]> {
  const sites = [root];
  const firstSlug = firstSlugOf(root.id);
  for (let level = [root]; level.length > 0;) {
    const claims = level.flatMap((site) =>
      heldRelations(site.kind)
        .filter(isNesting)
        .flatMap((relation) =>
          (statedItems(site.input, relation) ?? []).map((item, index): Claim => {
            const own = (item as NodeInput)["slug"] as string;
            return {
              kind: relation.targets[0] as NodeKind,
              slug: `${root.slug}/${own}`,
              fresh: `${firstSlug}/${own}`,
              input: item as NodeInput,
              path: [...site.path, relation.field, index],
            };
          }),
        ),
    );
    level = await named(claims, state, out);
    sites.push(...level);
  }
  return sites;
}

interface Claim {
  readonly kind: NodeKind;
  readonly slug: Slug;
  /** The slug in the id of a new node. It begins with the first slug of the owner, not the current one. */
  readonly fresh: Slug;
  readonly input: NodeInput;
  readonly path: InputPath;
}

/**
 * Returns a site for each claim. Reports and leaves out claims whose slug is malformed, or is a former slug of an
 * existing node.
 */
async function named(claims: readonly Claim[], state: StateReader, out: Composition): Promise<Site[]> {
  const sound = claims.filter(({ kind, slug, path }) => {
    if (isSlugOf(kind, slug)) return true;
    out.report(
      "INVALID_SLUG",
      [...path, "slug"],
      `A slug must be kebab-case, but got: ${JSON.stringify(ownPart(slug))}.`,
    );
    return false;
  });
  const owners = new Map<string, NodeId>();
  for (const kind of new Set(sound.map((claim) => claim.kind))) {
    const slugs = sound.flatMap((claim) => (claim.kind === kind ? [claim.slug] : []));
    for (const [slug, id] of await state.slugOwners(kind, slugs)) owners.set(`${kind}:${slug}`, id);
  }
  const idOf = ({ kind, slug, fresh }: Claim) => owners.get(`${kind}:${slug}`) ?? nodeId(kind, fresh);
  const alive = sound.length === 0 ? new Map<NodeId, never>() : await state.nodes(sound.map(idOf));
  return sound.flatMap((claim): Site[] => {
    const { kind, slug, input, path } = claim;
    const id = idOf(claim);
    const current = alive.get(id)?.state.slug;
    if (current === undefined || current === slug)
      return [{ kind, id, slug, isNew: current === undefined, input, path }];
    const now = ownPart(current);
    const message = `${JSON.stringify(ownPart(slug))} was the slug of what is now ${JSON.stringify(now)}, and stays its own.`;
    out.report("SLUG_TAKEN", [...path, "slug"], `${message} Did you mean ${JSON.stringify(now)}?`, [now]);
    return [];
  });
}
