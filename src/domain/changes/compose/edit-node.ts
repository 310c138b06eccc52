import { nodeKindNames } from "../../ontology/node-kinds";
import { type Edit, Composition } from "./composition";
import { resolveReference } from "./references";

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
