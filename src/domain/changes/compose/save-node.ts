import { firstSlugOf } from "../../ids";
import { type NodeKind, nodeKindNames, nodeKinds } from "../../ontology/node-kinds";
import { ownPart } from "../former-slugs";
import { type Edit, Composition } from "./composition";
import { type NodeInput, statedValues } from "./node-input";
import { putLists } from "./put-lists";
import { resolveReference } from "./references";
import { rootSite, type Site, sitesUnder } from "./sites";
import { statedLists } from "./stated-lists";

/**
 * Creates or patches a node of the kind with everything that is written at it: fields, links, and what it owns, which is
 * named by its own part of the slug. What is left out stays, null clears, a list that is given is the whole list in order.
 */
export const saveNode =
  (kind: NodeKind, input: NodeInput): Edit =>
  async (state) => {
    const out = new Composition();
    const root = await rootSite(kind, input, state, out);
    if (root) {
      const sites = await sitesUnder(root, state, out);
      for (const site of sites) putFields(site, out);
      await putLists(await statedLists(root, sites, state, out), state, out);
    }
    return out.done();
  };

function putFields({ kind, id, slug, isNew, input, path }: Site, out: Composition): void {
  const fields = statedValues(Object.keys(nodeKinds[kind].fields), input);
  if (isNew || Object.keys(fields).length > 0) out.add({ op: "putNode", id, fields }, path);
  // One that was removed comes back under its first slug.
  if (isNew && ownPart(firstSlugOf(id)) !== ownPart(slug)) out.add({ op: "rename", id, slug: ownPart(slug) }, path);
}

/** Removes a node with what it owns. `node` is a global ID or `Kind:slug`. */
export const removeNode =
  (node: string): Edit =>
  async (state) => {
    const out = new Composition();
    const id = await resolveReference({ text: node, kinds: nodeKindNames, path: ["node"] }, state, out);
    if (id) out.add({ op: "removeNode", id }, ["node"]);
    return out.done();
  };
/** Gives a node another slug; an owned one another own part. `node` is a global ID or `Kind:slug`. */
export const renameNode =
  (node: string, slug: string): Edit =>
  async (state) => {
    const out = new Composition();
    const id = await resolveReference({ text: node, kinds: nodeKindNames, path: ["node"] }, state, out);
    if (id) out.add({ op: "rename", id, slug }, ["slug"]);
    return out.done();
  };
