import type { Properties } from "../graph/node";
import { isOwned, kindOf } from "../ids";
import type { EdgeKindSpec } from "../ontology/edge-kind";
import { edgeKinds } from "../ontology/edge-kinds";
import type { AppliedChange, Change, NodeState } from "./change-set";
import { ownPart, renamesOf } from "./former-slugs";
import { canonicalJson } from "./hash";

type NodeChange = Extract<AppliedChange, { readonly node: unknown }>;
type EdgeChange = Exclude<AppliedChange, NodeChange>;

/**
 * Changes that turn each item from its `before` into its `after`, in an order in which they can be applied. Links are
 * removed before nodes and put after nodes. Owned nodes are removed before their owners and put after them. Computed
 * links and former slugs need no change, since they follow by themselves.
 */
export function changesBetween(items: readonly AppliedChange[]): readonly Change[] {
  const nodes = items.flatMap((item) => ("node" in item ? [item] : []));
  const edges = items.flatMap((item) => ("node" in item || isComputed(item) ? [] : [item]));
  const ownersFirst = [...nodes].sort((a, b) => Number(isOwned(kindOf(a.node))) - Number(isOwned(kindOf(b.node))));
  return [
    ...edges.flatMap(removedEdge),
    ...ownersFirst.toReversed().flatMap(({ node, after }): Change[] => (after ? [] : [{ op: "removeNode", id: node }])),
    ...ownersFirst.flatMap(putNode),
    ...ownersFirst.flatMap(renames),
    ...edges.flatMap(putEdge),
  ];
}

const isComputed = ({ edge }: EdgeChange): boolean => (edgeKinds[edge] as EdgeKindSpec).file === "computed";

const removedEdge = ({ edge, from, to, after }: EdgeChange): Change[] =>
  after ? [] : [{ op: "removeEdge", edge, from, to }];

function putNode({ node, before, after }: NodeChange): Change[] {
  if (!after) return [];
  const fields = patchOf(before && allFields(before), allFields(after));
  return before && Object.keys(fields).length === 0 ? [] : [{ op: "putNode", id: node, fields }];
}

function renames({ node, before, after }: NodeChange): Change[] {
  if (!after) return [];
  if (!before) return renamesOf(after).map((slug) => ({ op: "rename", id: node, slug }));
  const slug = ownPart(after.slug);
  return slug === ownPart(before.slug) ? [] : [{ op: "rename", id: node, slug }];
}

function putEdge({ edge, from, to, before, after }: EdgeChange): Change[] {
  if (!after) return [];
  const properties = patchOf(before?.properties ?? null, after.properties);
  const moved = after.order !== undefined && after.order !== before?.order;
  if (before && !moved && Object.keys(properties).length === 0) return [];
  return [{ op: "putEdge", edge, from, to, ...(moved && { order: after.order }), properties }];
}

const allFields = ({ fields, texts }: NodeState): Properties => ({ ...fields, ...texts });

/** The values that differ. A value that is absent after is null. */
function patchOf(before: Properties | null, after: Properties): Properties {
  if (!before) return after;
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return Object.fromEntries(
    [...names].flatMap((name) =>
      canonicalJson(before[name] ?? null) === canonicalJson(after[name] ?? null) ? [] : [[name, after[name] ?? null]],
    ),
  );
}
