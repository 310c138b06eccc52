import type { Finding } from "../errors";
import type { EdgeKey } from "../graph/node";
import { isSlugOf, type NodeId, type Slug } from "../ids";
import { type InlineLink, inlineLinks } from "../markdown";
import { nearNames, didYouMean } from "../near-names";
import { edgeKinds } from "../ontology/edge-kinds";
import type { Field } from "../ontology/field";
import { type NodeKind, nodeKinds } from "../ontology/node-kinds";
import type { NodeState } from "./change-set";
import type { GraphDraft } from "./graph-draft";

const mentioning: readonly NodeKind[] = edgeKinds.MENTIONS.from;
const kindOfScheme = { concept: "Concept", tool: "Tool", measurement: "Measurement" } as const;

/** Reads the inline links of a Markdown text, such as `[HNSW](concept:hnsw)`. */
export type LinkReader = (markdown: string) => readonly InlineLink[];

/**
 * The targets of the inline links in the node's prose, as kind and slug: each once, fields in the ontology's order.
 * Derived links are left out.
 */
export function mentionsIn(
  node: NodeState,
  readLinks: LinkReader = inlineLinks,
): { readonly kind: NodeKind; readonly slug: Slug }[] {
  const texts = proseFields(node.kind).flatMap((name) => node.fields[name] ?? node.texts[name] ?? []);
  const found = new Map<string, { kind: NodeKind; slug: Slug }>();
  for (const link of texts.flatMap((text) => readLinks(text as string))) {
    if (link.scheme === "derived") continue;
    const mention = { kind: kindOfScheme[link.scheme], slug: link.target };
    found.set(`${mention.kind}:${mention.slug}`, mention);
  }
  return [...found.values()];
}

const known = new Map<NodeKind, readonly string[]>();

function proseFields(kind: NodeKind): readonly string[] {
  let names = known.get(kind);
  if (names) return names;
  const fields = Object.entries(nodeKinds[kind].fields as Readonly<Record<string, Field>>);
  names = fields.flatMap(([name, field]) => (field.prose ? [name] : []));
  known.set(kind, names);
  return names;
}

/**
 * Sets the MENTIONS of every node that was put, changed or not, to the links in its texts. A link to a node that does
 * not exist is reported, or left out if `skipDangling`.
 */
export async function updateMentions(
  draft: GraphDraft,
  findings: Finding[],
  skipDangling: boolean,
  readLinks?: LinkReader,
): Promise<void> {
  const nodes = draft.touchedNodes().filter((node) => mentioning.includes(node.kind));
  const mentions = new Map(nodes.map((node) => [node.id, mentionsIn(node, readLinks)]));
  const targets = await resolve(draft, [...mentions.values()].flat());
  const stored = await draft.adjacent(
    "MENTIONS",
    "from",
    nodes.map((node) => node.id),
  );

  const [put, gone]: [EdgeKey[], EdgeKey[]] = [[], []];
  for (const node of nodes) {
    const wanted = new Set<NodeId>();
    for (const { kind, slug } of mentions.get(node.id) ?? []) {
      const target = targets.get(`${kind}:${slug}`);
      if (target && target !== node.id) wanted.add(target);
      else if (!target && !skipDangling && !draft.atFault.has(`${kind}:${slug}`))
        findings.push(await dangling(draft, node.id, kind, slug));
    }
    for (const to of wanted) put.push({ edge: "MENTIONS", from: node.id, to });
    gone.push(...(stored.get(node.id) ?? []).filter((edge) => !wanted.has(edge.to)));
  }
  await draft.loadEdges([...put, ...gone]);
  for (const key of put) draft.setEdge(key, { ...key, properties: {} });
  for (const key of gone) draft.setEdge(key, null);
}

/**
 * The ids of the nodes that the links lead to, by `Kind:slug`. Current and former slugs resolve, in the graph as it
 * will be. A link that leads nowhere has no entry.
 */
async function resolve(
  draft: GraphDraft,
  mentions: readonly { kind: NodeKind; slug: Slug }[],
): Promise<Map<string, NodeId>> {
  const slugs = new Map<NodeKind, Set<Slug>>();
  for (const { kind, slug } of mentions)
    if (isSlugOf(kind, slug)) slugs.set(kind, (slugs.get(kind) ?? new Set()).add(slug));
  const owners = new Map<string, NodeId>();
  for (const [kind, wanted] of slugs) {
    for (const [slug, id] of await draft.reader.slugOwners(kind, [...wanted])) owners.set(`${kind}:${slug}`, id);
  }
  for (const node of slugs.size > 0 ? draft.touchedNodes() : []) {
    for (const slug of [...node.formerSlugs, node.slug]) owners.set(`${node.kind}:${slug}`, node.id);
  }
  await draft.loadPresence(owners.values());
  return new Map([...owners].filter(([, id]) => draft.has(id)));
}

async function dangling(draft: GraphDraft, subject: NodeId, kind: NodeKind, slug: Slug): Promise<Finding> {
  const near = nearNames(slug, await draft.slugs(kind));
  const message = `${subject} links to the ${kind.toLowerCase()} ${JSON.stringify(slug)}, which does not exist.${didYouMean(near)}`;
  return { code: "TARGET_NOT_FOUND", subject, message, didYouMean: near };
}
