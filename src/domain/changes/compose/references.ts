import { isOwned, isSlugOf, kindOf, type NodeId, parseGlobalId, parseNodeId, type Slug } from "../../ids";
import { nearNames, didYouMean } from "../../near-names";
import type { NodeKind } from "../../ontology/node-kinds";
import type { StateReader } from "../state-reader";
import type { Composition, InputPath } from "./composition";

/**
 * A text by which an author names a node: a global ID (base64url of the id), `Kind:slug` (`Concept:quorum`), or a slug
 * if only one kind is possible.
 */
export interface Reference {
  readonly text: string;
  readonly kinds: readonly NodeKind[];
  readonly path: InputPath;
  /** The slug of an owner whose owned nodes may be named by their own part alone: `sync` for `replication/sync`. */
  readonly owner?: Slug;
}

type Read =
  | { readonly id: NodeId; readonly kind: NodeKind }
  | { readonly slug: Slug; readonly kind: NodeKind }
  | { readonly fault: string };

function read(reference: Reference): Read {
  const found = parse(reference);
  if ("fault" in found || reference.kinds.includes(found.kind)) return found;
  const [wanted, got] = [reference.kinds.join(" or "), JSON.stringify(reference.text)];
  return { fault: `It must be a ${wanted}, but ${got} is a ${found.kind}.` };
}

function parse({ text, kinds, owner }: Reference): Read {
  const id = parseGlobalId(text);
  if (id) return { id, kind: kindOf(id) };
  if (text.includes(":")) {
    const named = parseNodeId(text);
    // Take the slug, not the id: the id is right only for nodes that were never renamed.
    if (named) return { slug: named.slug, kind: named.kind };
    return { fault: `${JSON.stringify(text)} is no ID: that is Kind:slug or a global ID.` };
  }
  const [kind] = kinds as readonly [NodeKind];
  if (kinds.length > 1) return { fault: `Say the kind too, as Kind:slug: it may be a ${kinds.join(" or ")}.` };
  const slug = isOwned(kind) && owner !== undefined && !text.includes("/") ? `${owner}/${text}` : text;
  if (isSlugOf(kind, slug)) return { slug, kind };
  const form = isOwned(kind) ? "owner/own, both in kebab-case" : "kebab-case";
  return { fault: `The slug of a ${kind} must be ${form}, but got: ${JSON.stringify(text)}.` };
}

/** References to nodes in an input, looked up together. */
export class References {
  private readonly asked: Reference[] = [];
  private found: readonly (NodeId | null)[] = [];

  /**
   * Registers a reference. The returned function gives the node's id after `resolve`, or null if there is no such node,
   * which `resolve` reports.
   */
  ask(reference: Reference): () => NodeId | null {
    const index = this.asked.push(reference) - 1;
    return () => this.found[index] ?? null;
  }

  /**
   * Looks up all references. `known` are nodes of the same input, by `Kind:slug`; they need not exist yet. Reads slugs
   * once for each kind, and nodes once.
   */
  async resolve(state: StateReader, out: Composition, known: ReadonlyMap<string, NodeId> = new Map()): Promise<void> {
    this.found = await resolveReferences(this.asked, state, out, known);
  }
}

/** The id of the node that a reference names. Null if there is none; that is reported to `out`. */
export const resolveReference = async (
  reference: Reference,
  state: StateReader,
  out: Composition,
): Promise<NodeId | null> => (await resolveReferences([reference], state, out, new Map()))[0] ?? null;

async function resolveReferences(
  references: readonly Reference[],
  state: StateReader,
  out: Composition,
  known: ReadonlyMap<string, NodeId>,
): Promise<readonly (NodeId | null)[]> {
  const reads = references.map(read);
  const slugs = new Map<NodeKind, Set<Slug>>();
  for (const each of reads)
    if ("slug" in each && !known.has(`${each.kind}:${each.slug}`))
      slugs.set(each.kind, (slugs.get(each.kind) ?? new Set()).add(each.slug));
  const owners = new Map<string, NodeId>(known);
  for (const [kind, wanted] of slugs)
    for (const [slug, id] of await state.slugOwners(kind, [...wanted])) owners.set(`${kind}:${slug}`, id);

  const ids = reads.map((each) =>
    "fault" in each ? null : "id" in each ? each.id : (owners.get(`${each.kind}:${each.slug}`) ?? null),
  );
  const own = new Set(known.values());
  const asked = new Set(ids.flatMap((id) => (id === null || own.has(id) ? [] : [id])));
  const alive = asked.size === 0 ? new Map<NodeId, unknown>() : await state.nodes([...asked]);

  const names = new Map<NodeKind, Promise<readonly Slug[]>>();
  const namesOf = (kind: NodeKind): Promise<readonly Slug[]> => {
    const known = names.get(kind) ?? state.slugs(kind, maxNames);
    names.set(kind, known);
    return known;
  };
  return Promise.all(
    references.map(async ({ path, text }, index): Promise<NodeId | null> => {
      const [found, id] = [reads[index] as Read, ids[index] ?? null];
      if ("fault" in found) {
        out.report("INVALID_REFERENCE", path, found.fault);
        return null;
      }
      if (id !== null && (own.has(id) || alive.has(id))) return id;
      const slug = "slug" in found ? found.slug : id === null ? text : id.slice(id.indexOf(":") + 1);
      const near = nearNames(slug, await namesOf(found.kind));
      const message = `There is no ${found.kind} ${JSON.stringify(slug)}.${didYouMean(near)}`;
      out.report("TARGET_NOT_FOUND", path, message, near);
      return null;
    }),
  );
}

const maxNames = 50_000;
