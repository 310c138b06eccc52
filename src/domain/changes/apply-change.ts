import type { Finding, FindingCode } from "../errors";
import { edgeSubject, type EdgeKey } from "../graph/node";
import { firstSlugOf, isOwned, kindOf, type NodeId, ownerIdOf, type Slug } from "../ids";
import { nearNames, didYouMean } from "../near-names";
import type { EdgeKindSpec } from "../ontology/edge-kind";
import { edgeKindNames, edgeKinds } from "../ontology/edge-kinds";
import type { Field } from "../ontology/field";
import { nodeKinds } from "../ontology/node-kinds";
import { type Change, type NodeState, subjectOf } from "./change-set";
import type { GraphDraft } from "./graph-draft";

type Put<Op extends Change["op"]> = Extract<Change, { readonly op: Op }>;
type Report = (code: FindingCode, message: string, extra?: Partial<Finding>) => void;

/**
 * Applies one change of sound form to the draft, or reports why it cannot be applied. The items of the change must have
 * been loaded: a node with its owner, an edge with the presence of its ends.
 */
export async function applyChange(
  draft: GraphDraft,
  change: Change,
  index: number,
  findings: Finding[],
): Promise<void> {
  const report: Report = (code, message, extra = {}) =>
    findings.push({ code, subject: subjectOf(change), message, change: index, ...extra });
  if (!isCurrent(draft, change, report)) return;
  switch (change.op) {
    case "putNode":
      return putNode(draft, change, report);
    case "removeNode":
      return removeNode(draft, change.id, report);
    case "rename":
      return rename(draft, change, report);
    case "putEdge":
      return putEdge(draft, change, report);
    case "removeEdge":
      if (!draft.edge(change))
        return report("TARGET_NOT_FOUND", `${edgeSubject(change)} does not exist, so it cannot be removed.`);
      return draft.setEdge(change, null);
  }
}

function isCurrent(draft: GraphDraft, change: Change, report: Report): boolean {
  if (change.expectedRevision === undefined) return true;
  const current = "id" in change ? draft.nodeRevision(change.id) : draft.edgeRevision(change);
  if (current === change.expectedRevision) return true;
  const now = current === null ? "it does not exist" : `it is at revision ${current}`;
  report("STALE_REVISION", `${subjectOf(change)} was seen at revision ${change.expectedRevision}, but ${now}.`);
  return false;
}

function putNode(draft: GraphDraft, { id, fields }: Put<"putNode">, report: Report): void {
  const kind = kindOf(id);
  const specs = nodeKinds[kind].fields as Readonly<Record<string, Field>>;
  const existing = draft.node(id);
  const slug = existing?.slug ?? newSlug(draft, id, report);
  if (slug === null) return void draft.atFault.add(id);
  const sorted = { fields: {} as Record<string, unknown>, texts: {} as Record<string, unknown> };
  for (const name in specs) {
    const part = specs[name]!.long ? "texts" : "fields";
    const value = patched(existing?.[part][name], fields[name]);
    if (value !== undefined) sorted[part][name] = value;
    else if (!specs[name]!.optional) report("REQUIRED_FIELD", `${id}: ${name} is required.`, { field: name });
  }
  draft.setNode(id, {
    id,
    kind,
    slug,
    formerSlugs: existing?.formerSlugs ?? [],
    fields: sorted.fields,
    texts: sorted.texts as Readonly<Record<string, string>>,
  });
}

/**
 * The slug of a new node: its own first slug, for an owned node under the owner's current slug. Null if the owner does
 * not exist.
 */
function newSlug(draft: GraphDraft, id: NodeId, report: Report): Slug | null {
  const owner = ownerIdOf(id);
  if (owner === id) return firstSlugOf(id);
  const state = draft.node(owner);
  if (state) return `${state.slug}/${firstSlugOf(id).split("/")[1]}`;
  if (!draft.atFault.has(owner)) report("TARGET_NOT_FOUND", `${id} belongs to ${owner}, which does not exist.`);
  return null;
}

/** The value of a field after a change: an absent given value leaves the field as it is, null clears it. */
const patched = (before: unknown, given: unknown): unknown => (given === undefined ? before : (given ?? undefined));

async function rename(draft: GraphDraft, change: Put<"rename">, report: Report): Promise<void> {
  const node = draft.node(change.id);
  if (!node) return report("TARGET_NOT_FOUND", `${change.id} does not exist, so it cannot be renamed.`);
  if (isOwned(node.kind)) return moveTo(draft, node, `${node.slug.split("/")[0]}/${change.slug}`);
  moveTo(draft, node, change.slug);
  const stored = await ownedNodes(draft, change.id);
  // A node that this change set puts may not be linked to its owner yet.
  const put = draft.touchedNodes().filter(({ id }) => id !== change.id && ownerIdOf(id) === change.id);
  for (const owned of [...stored, ...put]) moveTo(draft, owned, `${change.slug}/${owned.slug.split("/")[1]}`);
}

function moveTo(draft: GraphDraft, node: NodeState, slug: Slug): void {
  if (slug === node.slug) return;
  draft.setNode(node.id, {
    ...node,
    slug,
    formerSlugs: [...node.formerSlugs.filter((former) => former !== slug), node.slug],
  });
}

async function ownedNodes(draft: GraphDraft, id: NodeId): Promise<NodeState[]> {
  const owned: NodeState[] = [];
  for (let level = [id]; level.length > 0;) {
    const below: NodeId[] = [];
    for (const edge of edgeKindNames) {
      const spec: EdgeKindSpec = edgeKinds[edge];
      if (!spec.nests) continue;
      const of = level.filter((each) => spec.from.includes(kindOf(each)));
      if (of.length === 0) continue;
      for (const links of (await draft.adjacent(edge, "from", of)).values())
        below.push(...links.map((link) => link.to));
    }
    owned.push(...(await draft.nodes(below)).values());
    level = below;
  }
  return owned;
}

async function removeNode(draft: GraphDraft, id: NodeId, report: Report): Promise<void> {
  if (!draft.node(id)) return report("TARGET_NOT_FOUND", `${id} does not exist, so it cannot be removed.`);
  const gone = [id, ...(await ownedNodes(draft, id)).map((node) => node.id)];
  for (const edge of edgeKindNames) {
    for (const end of ["from", "to"] as const) {
      if (!goesWith(edgeKinds[edge], end)) continue;
      const of = gone.filter((each) => (edgeKinds[edge] as EdgeKindSpec)[end].includes(kindOf(each)));
      if (of.length === 0) continue;
      const edges = [...(await draft.adjacent(edge, end, of)).values()].flat();
      await draft.loadEdges(edges);
      for (const each of edges) draft.setEdge(each, null);
    }
  }
  for (const each of gone) draft.setNode(each, null);
}

/**
 * Tells if removing the node at `end` also removes its edges of this kind. That is so if the edge is written at the
 * node, nests the node or is undirected. Any other edge must be removed first. A computed edge goes with its `from`
 * node.
 */
function goesWith(spec: EdgeKindSpec, end: "from" | "to"): boolean {
  if (spec.file === "computed") return end === "from";
  return spec.file === end || spec.undirected === true || (end === "to" && spec.nests === true);
}

async function putEdge(draft: GraphDraft, change: Put<"putEdge">, report: Report): Promise<void> {
  const spec: EdgeKindSpec = edgeKinds[change.edge];
  if (!draft.has(change.from) || !draft.has(change.to)) {
    for (const end of [change.from, change.to]) if (!draft.has(end)) await reportAbsent(draft, end, report);
    return;
  }
  const existing = draft.edge(change);
  const properties: Record<string, unknown> = {};
  for (const name in spec.properties) {
    const value = patched(existing?.properties[name], change.properties[name]);
    if (value !== undefined) properties[name] = value;
    else if (!spec.properties[name]!.optional)
      report("REQUIRED_FIELD", `${edgeSubject(change)}: ${name} is required.`, { field: name });
  }
  const order = spec.orderedBy && (change.order ?? existing?.order ?? (await nextOrder(draft, change, spec.orderedBy)));
  draft.setEdge(change, {
    edge: change.edge,
    from: change.from,
    to: change.to,
    ...(order === undefined ? {} : { order }),
    properties,
  });
}

async function nextOrder(draft: GraphDraft, key: EdgeKey, end: "from" | "to"): Promise<number> {
  const siblings = (await draft.adjacent(key.edge, end, [key[end]])).get(key[end]) ?? [];
  return siblings.reduce((next, sibling) => Math.max(next, (sibling.order ?? -1) + 1), 0);
}

async function reportAbsent(draft: GraphDraft, id: NodeId, report: Report): Promise<void> {
  if (draft.atFault.has(id)) return;
  const near = nearNames(firstSlugOf(id), await draft.slugs(kindOf(id)));
  report("TARGET_NOT_FOUND", `${id} does not exist.${didYouMean(near)}`, { didYouMean: near });
}
