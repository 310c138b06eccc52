import { DomainError } from "../../domain/errors";
import type { GraphNode } from "../../domain/graph/node";
import type { NodeKind } from "../../domain/ontology/node-kinds";
import { isGiven } from "../arguments/is-given";
import { idForms } from "../arguments/id-argument";
import { declareQuery, ID } from "../declare";
import type { Links } from "../links";
import { allReady, type PromiseOrValue, whenReady } from "../promise-or-value";
import { Node, nodeTypes } from "../types/node-types";
import { nodeByGivenId, nodeBySlug } from "./find-node";
import { lookUpName, rootKinds } from "./root-kinds";

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
