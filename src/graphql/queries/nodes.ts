import { ID } from "type-graphql";
import { DomainError } from "../../domain/errors";
import { aheadOf } from "../ahead";
import { idForms } from "../arguments/id-argument";
import { declareQuery } from "../declare";
import { allReady } from "../maybe-promise";
import { Node } from "../types/node-types";
import { nodeByGivenId } from "./find-node";

const maxIds = 100;

/** Nodes of any kind, by ID. */
export class NodeQueries {}

declareQuery(NodeQueries, "node", {
  type: () => Node,
  nullable: true,
  description: "The node with this ID, whatever its kind; null if there is none.",
  args: { id: { type: () => ID, required: true, description: idForms } },
  resolve: (_root, { id }: { id: string }, { links }, info) => nodeByGivenId(id, links, aheadOf(info)),
});

declareQuery(NodeQueries, "nodes", {
  type: () => [Node],
  nullable: "items",
  description: "The nodes with these IDs, in the order asked for; null where there is none.",
  args: { ids: { type: () => [ID], required: true, description: `At most 100 of them. ${idForms}` } },
  cost: { times: ({ ids }) => (ids as readonly string[]).length },
  resolve: (_root, { ids }: { ids: readonly string[] }, { links }, info) => {
    if (ids.length > maxIds) throw new DomainError("INVALID_ARGUMENT", "ids holds more than its description allows.");
    return allReady(ids.map((id) => nodeByGivenId(id, links, aheadOf(info))));
  },
});
