import { isNodeKind, type NodeKind, nodeKindNames, nodeKinds } from "./ontology/node-kinds";
import { DomainError } from "./errors";

declare const brand: unique symbol;
/** `Kind:first-slug`, or `Kind:owner/own` for owned kinds. Minted from the first slug; a rename does not change it. */
export type NodeId = string & { readonly [brand]: "NodeId" };
/** Kebab-case, unique within its kind; `owner/own` for owned kinds. */
export type Slug = string;

const part = "[a-z0-9]+(?:-[a-z0-9]+)*";
const plainSlug = new RegExp(`^${part}$`);
const ownedSlug = new RegExp(`^${part}/${part}$`);
/** The most characters of a slug, of each of its two parts for owned kinds. */
export const slugLimit = 100;

/** Whether `slug` has the form that slugs of this kind have. */
export function isSlugOf(kind: NodeKind, slug: string): boolean {
  if (!isOwned(kind)) return slug.length <= slugLimit && plainSlug.test(slug);
  const slash = slug.indexOf("/");
  return slash <= slugLimit && slug.length - slash - 1 <= slugLimit && ownedSlug.test(slug);
}

export const isOwned = (kind: NodeKind): boolean => "ownedBy" in nodeKinds[kind];

/** The id of the node whose first slug this is. Throws INVALID_ARGUMENT unless the slug fits the kind. */
export function nodeId(kind: NodeKind, firstSlug: Slug): NodeId {
  if (!isSlugOf(kind, firstSlug)) {
    const form = isOwned(kind) ? "two kebab-case parts, owner/own" : "kebab-case";
    throw new DomainError("INVALID_ARGUMENT", `${kind} slug must be ${form}, but got: ${JSON.stringify(firstSlug)}.`);
  }
  return `${kind}:${firstSlug}` as NodeId;
}

/** Reads `Kind:slug`; null unless it has that form. Says nothing about whether the node exists. */
export function parseNodeId(
  text: string,
): { readonly kind: NodeKind; readonly slug: Slug; readonly id: NodeId } | null {
  const colon = text.indexOf(":");
  const kind = text.slice(0, colon);
  const slug = text.slice(colon + 1);
  return colon > 0 && isNodeKind(kind) && isSlugOf(kind, slug) ? { kind, slug, id: text as NodeId } : null;
}

const kinds = new Map<string, NodeKind>(nodeKindNames.map((kind) => [kind, kind]));

/** The ontology's own string, so that what is found by kind need not compare text. */
export const kindOf = (id: NodeId): NodeKind => kinds.get(id.slice(0, id.indexOf(":"))) as NodeKind;
export const firstSlugOf = (id: NodeId): Slug => id.slice(id.indexOf(":") + 1);

/** The id of the owner, for owned kinds; the id itself for others. */
export function ownerIdOf(id: NodeId): NodeId {
  const kind = nodeKinds[kindOf(id)];
  if (!("ownedBy" in kind)) return id;
  return `${kind.ownedBy}${id.slice(id.indexOf(":"), id.indexOf("/"))}` as NodeId;
}

/** The opaque form that clients see. */
export const globalId = (id: NodeId): string => Buffer.from(id, "utf8").toString("base64url");

/** Reads a global ID; null unless it is one. */
export function parseGlobalId(text: string): NodeId | null {
  if (!/^[A-Za-z0-9_-]{4,600}$/.test(text)) return null;
  const parsed = parseNodeId(Buffer.from(text, "base64url").toString("utf8"));
  return parsed && globalId(parsed.id) === text ? parsed.id : null;
}
