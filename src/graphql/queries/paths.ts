import { findPaths } from "../../domain/graph/paths/find-paths";
import { type Heading, maxHops, maxPaths } from "../../domain/graph/paths/path";
import type { EdgeKind } from "../../domain/ontology/edge-kinds";
import { idForms } from "../arguments/id-argument";
import { namedNode } from "../arguments/named-node";
import { type ArgumentRange, isGiven, rangeArgument, readInRange } from "../arguments/page-size";
import { declareQuery, ID } from "../declare";
import { typicalWalk } from "../limits/meter";
import { whenReady } from "../promise-or-value";
import { edgeKindType } from "../types/enum-types";
import { edgeDirection, pathSearch } from "../types/path-types";

interface PathArguments {
  readonly from: string;
  readonly to: string;
  readonly via?: readonly EdgeKind[] | null;
  readonly direction?: Heading | null;
  readonly maxHops?: number | null;
  readonly first?: number | null;
  readonly reveal?: boolean | null;
}

const hops: ArgumentRange = { name: "maxHops", usual: 6, max: maxHops };
const paths: ArgumentRange = { name: "first", usual: 3, max: maxPaths };

/** What leads from one node to another. */
export class PathQueries {}

declareQuery(PathQueries, "path", {
  type: () => pathSearch,
  nullable: true,
  description: "The shortest paths between two nodes of whatever kind, with the reason of each step.",
  args: {
    from: { type: () => ID, required: true, description: `Where paths start. ${idForms}` },
    to: { type: () => ID, required: true, description: `Where paths end. ${idForms}` },
    via: {
      type: () => [edgeKindType],
      description:
        "Edge kinds to walk. Unless given: all but MENTIONS and what gives answers away, and not through topics, roles, qualities or metrics.",
    },
    direction: {
      type: () => edgeDirection,
      defaultValue: "BOTH",
      description: "Which way edges may be walked; those without a direction always may.",
    },
    maxHops: rangeArgument(hops, "How many steps a path may have at most"),
    first: rangeArgument(paths, "How many paths at most, shortest first"),
    reveal: {
      type: () => Boolean,
      defaultValue: false,
      description:
        "Whether paths may lead through answers and criteria; naming such an edge kind in via allows it too.",
    },
  },
  cost: { own: 1, base: typicalWalk },
  resolve: (_root, { from, to, via, direction, maxHops, first, reveal }: PathArguments, context) =>
    whenReady(context.snapshot(), ({ view }) =>
      findPaths(view, {
        from: namedNode(view, from),
        to: namedNode(view, to),
        ...(isGiven(via) && { via }),
        direction: direction ?? "BOTH",
        maxHops: readInRange(hops, maxHops),
        first: readInRange(paths, first),
        reveal: reveal ?? false,
      }),
    ),
});
