import type { Finding } from "../../errors";
import { firstSlugOf } from "../../ids";
import type { EdgeKindSpec } from "../../ontology/edge-kind";
import { edgeKinds } from "../../ontology/edge-kinds";
import { type NodeKind, nodeKindNames, nodeKinds } from "../../ontology/node-kinds";
import { type Change, subjectOf } from "../change-set";
import { ownPart } from "../former-slugs";
import { type Composed, Composition, type Edit, type InputPath, pathOf, type PlacedFinding } from "./composition";
import { type NodeInput, statedValues } from "./node-input";
import { putLists } from "./put-lists";
import { resolveReference } from "./references";
import { rootSite, type Site, sitesUnder } from "./sites";
import { statedLists } from "./stated-lists";

/**
 * Creates or patches a node with everything that is written at it: fields, links and owned nodes, which are named by
 * their own part of the slug. An absent key leaves things as they are, null clears, and a list is the whole list in
 * order.
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
  // A removed node that is put again has its first slug, so it is renamed to the stated one.
  if (isNew && ownPart(firstSlugOf(id)) !== ownPart(slug)) out.add({ op: "rename", id, slug: ownPart(slug) }, path);
}

/** Removes a node and the nodes that it owns. `node` is a global ID or `Kind:slug`. */
export const removeNode =
  (node: string): Edit =>
  async (state) => {
    const out = new Composition();
    const id = await resolveReference({ text: node, kinds: nodeKindNames, path: ["node"] }, state, out);
    if (id) out.add({ op: "removeNode", id }, ["node"]);
    return out.done();
  };

/** Gives a node another slug; an owned node gets another own part. `node` is a global ID or `Kind:slug`. */
export const renameNode =
  (node: string, slug: string): Edit =>
  async (state) => {
    const out = new Composition();
    const id = await resolveReference({ text: node, kinds: nodeKindNames, path: ["node"] }, state, out);
    if (id) out.add({ op: "rename", id, slug }, ["slug"]);
    return out.done();
  };

/**
 * Adds to a finding of a plan the place in the input that it comes from. The place is empty (the whole input) if none
 * is known.
 */
export function placeFinding(finding: Finding, composed: Composed): PlacedFinding {
  if ("path" in finding) return finding as PlacedFinding;
  const { changes, places } = composed;
  const own =
    finding.code === "CYCLE"
      ? -1
      : (finding.change ?? changes.findIndex((change) => subjectOf(change) === finding.subject));
  const place = places[own];
  if (place) {
    const field = fieldOf(finding, changes[own] as Change);
    return { ...finding, path: field ? [...place.fields, ...field] : place.path };
  }
  const link = changes.findIndex((change) => isBehind(change, finding));
  return { ...finding, path: upTo(finding.field, places[link]?.path ?? []) };
}

/** Tells if the change is of a link that can have caused a fault of one of its ends. */
function isBehind(change: Change, { code, subject, nodes = [] }: Finding): boolean {
  if (!("edge" in change)) return false;
  if (code !== "CYCLE") return change.from === subject || change.to === subject;
  const spec: EdgeKindSpec = edgeKinds[change.edge];
  return spec.acyclic === true && nodes.includes(change.from) && nodes.includes(change.to);
}

/** The path to the faulty list, if the path leads through that list; otherwise the whole path. */
const upTo = (field: string | undefined, path: InputPath): InputPath =>
  field !== undefined && path.includes(field) ? path.slice(0, path.lastIndexOf(field) + 1) : path;

/**
 * The place of the finding's field within the change. Undefined if there is no field, and for renames and removals,
 * whose place is the change's own.
 */
function fieldOf({ field }: Finding, { op }: Change): InputPath | undefined {
  if (op !== "putNode" && op !== "putEdge") return undefined;
  return field === undefined ? undefined : pathOf(field);
}
