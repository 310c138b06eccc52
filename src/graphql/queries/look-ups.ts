import { DomainError } from "../../domain/errors";
import type { GraphNode } from "../../domain/graph/node";
import { isSlugOf, type NodeId, nodeId, parseGlobalId, type Slug } from "../../domain/ids";
import type { NodeKind } from "../../domain/ontology/node-kinds";
import { idForms, parseId } from "../arguments/id-argument";
import { isGiven } from "../arguments/page-size";
import { declareQuery, ID } from "../declare";
import type { Links } from "../links";
import { allReady, type PromiseOrValue, whenReady } from "../promise-or-value";
import { lookUpName, Node, nodeTypes, rootKinds } from "../types/node-types";

interface LookUpArguments {
  readonly slug?: string | null;
  readonly id?: string | null;
}

/** The look-ups of one node: `question`, `tradeOff` and so on. */
export class LookUpQueries {}

for (const kind of rootKinds) {
  declareQuery(LookUpQueries, lookUpName(kind), {
    type: () => nodeTypes[kind],
    nullable: true,
    description: `The ${kind} with this slug or ID; null if there is none. Give exactly one of the two.`,
    args: {
      slug: { type: () => String, description: "Its current slug, or one that it had earlier." },
      id: { type: () => ID, description: idForms },
    },
    resolve: (_root, args: LookUpArguments, { links }) => lookUp(kind, args, links),
  });
}

function lookUp(kind: NodeKind, { slug, id }: LookUpArguments, links: Links): PromiseOrValue<GraphNode | null> {
  if (isGiven(slug) === isGiven(id))
    throw new DomainError("INVALID_ARGUMENT", "Exactly one of slug and id must be given.");
  if (isGiven(slug)) return nodeBySlug(kind, slug, links);
  return whenReady(nodeByGivenId(id as string, links), (node) => (node?.kind === kind ? node : null));
}

const maxIds = 100;

/** Nodes of any kind, by ID. */
export class NodeQueries {}

declareQuery(NodeQueries, "node", {
  type: () => Node,
  nullable: true,
  description: "The node with this ID, whatever its kind; null if there is none.",
  args: { id: { type: () => ID, required: true, description: idForms } },
  resolve: (_root, { id }: { id: string }, { links }) => nodeByGivenId(id, links),
});

declareQuery(NodeQueries, "nodes", {
  type: () => [Node],
  nullable: "items",
  description: "The nodes with these IDs, in the order asked for; null where there is none.",
  args: { ids: { type: () => [ID], required: true, description: `At most 100 of them. ${idForms}` } },
  cost: { times: ({ ids }) => (ids as readonly string[]).length },
  resolve: (_root, { ids }: { ids: readonly string[] }, { links }) => {
    if (ids.length > maxIds) throw new DomainError("INVALID_ARGUMENT", "ids holds more than its description allows.");
    return allReady(ids.map((id) => nodeByGivenId(id, links)));
  },
});

type Found = PromiseOrValue<GraphNode | null>;

/** The node that a client's ID names. Throws INVALID_ARGUMENT for texts that are no IDs. */
function nodeByGivenId(text: string, links: Links): Found {
  const { kind, id, slug } = parseId(text);
  return slug === undefined ? links.node(id) : nodeBySlug(kind, slug, links);
}

/**
 * The node with this current or former slug. A node's first slug stays its own for ever, so the id made of the slug is
 * right for every node that was never renamed.
 */
function nodeBySlug(kind: NodeKind, slug: Slug, links: Links): Found {
  if (!isSlugOf(kind, slug)) return null;
  return whenReady(
    links.node(nodeId(kind, slug)),
    (node): Found =>
      node ?? whenReady(links.idBySlug(kind, slug), (id: NodeId | null): Found => (id ? links.node(id) : null)),
  );
}

/** The node that an author's text names: a global ID, `Kind:slug`, or a slug of the first of the kinds. */
export const nodeByReference = (text: string, [kind]: readonly NodeKind[], links: Links): Found =>
  text.includes(":") || parseGlobalId(text) || !kind ? nodeByGivenId(text, links) : nodeBySlug(kind, text, links);
