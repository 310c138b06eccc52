import { ID, Int } from "type-graphql";
import { findPaths } from "../../domain/graph/paths/find-paths";
import { type Heading, mostHops, mostPaths } from "../../domain/graph/paths/path";
import type { EdgeKind } from "../../domain/ontology/edge-kinds";
import { idForms } from "../arguments/id-argument";
import { isGiven } from "../arguments/is-given";
import { namedNode } from "../arguments/named-node";
import { readInRange } from "../arguments/range";
import { declareQuery } from "../declare";
import { whenReady } from "../maybe-promise";
import { edgeDirection, edgeKindType, pathSearch } from "../types/path-types";

interface PathArguments {
  readonly from: string;
  readonly to: string;
  readonly via?: readonly EdgeKind[] | null;
  readonly direction: Heading;
  readonly maxHops: number;
  readonly first: number;
  readonly reveal: boolean;
}

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
    maxHops: {
      type: () => Int,
      defaultValue: 6,
      description: `How many steps a path may have at most; from 1 to ${mostHops}.`,
    },
    first: {
      type: () => Int,
      defaultValue: 3,
      description: `How many paths at most, shortest first; from 1 to ${mostPaths}.`,
    },
    reveal: {
      type: () => Boolean,
      defaultValue: false,
      description:
        "Whether paths may lead through answers and criteria; naming such an edge kind in via allows it too.",
    },
  },
  cost: { own: 10 },
  resolve: (_root, { from, to, via, direction, maxHops, first, reveal }: PathArguments, context) =>
    whenReady(context.snapshot(), ({ view }) =>
      findPaths(view, {
        from: namedNode(view, from),
        to: namedNode(view, to),
        ...(isGiven(via) && { via }),
        direction,
        maxHops: readInRange("maxHops", maxHops, 1, mostHops),
        first: readInRange("first", first, 1, mostPaths),
        reveal,
      }),
    ),
});
