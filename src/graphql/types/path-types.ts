import { maxPaths } from "../../domain/graph/paths/path";
import { declareField, declareObject, Int } from "../declare";
import { edgeKindType, enumType } from "./enum-types";
import { Node } from "./node-types";

/** Hops of most paths; longer ones are seldom asked for. */
const typicalHops = 4;

export const edgeDirection = enumType(
  "EdgeDirection",
  {
    OUT: "The way that the edge kind's description reads: from its first end to its second.",
    IN: "Against the way that the edge kind's description reads.",
    BOTH: "Asked for: either way. Of one edge: it has no direction, as with RELATED_TO.",
  },
  "Which way an edge is walked.",
);

export const hop = declareObject(
  "PathHop",
  "One step of a path: an edge, why it is there, and the node that it leads to.",
);
declareField(hop, "edge", {
  type: () => edgeKindType,
  description: "The kind of the edge that this step follows.",
});
declareField(hop, "direction", {
  type: () => edgeDirection,
  description: "Which way the step follows its edge; BOTH for one without a direction.",
  resolve: ({ heading }: { readonly heading: string }) => heading,
});
declareField(hop, "reason", {
  type: () => String,
  nullable: true,
  description: "Why the two nodes are linked, in the author's words; null for kinds of edges that ask for no reason.",
});
declareField(hop, "node", {
  type: () => Node,
  description: "Where the step leads; for the last one of a path, the node that was asked for.",
  cost: { own: 0 },
});

const path = declareObject("Path", "A way from one node to another along edges, which meets no node twice.");
declareField(path, "hops", {
  type: () => [hop],
  description: "The steps in order; none where both ends are the same node.",
  cost: { times: typicalHops },
});
declareField(path, "weight", {
  type: () => Int,
  description: "The edges' weights added up: from 1 for an author's own step to 4 for what merely sorts both.",
});

export const pathSearch = declareObject(
  "PathSearch",
  "The paths that were found between two nodes, and how far the search went.",
);
declareField(pathSearch, "paths", {
  type: () => [path],
  description: "Fewest hops first, then the smallest weight, then by kinds of edges, directions and IDs.",
  cost: { times: maxPaths },
});
declareField(pathSearch, "complete", {
  type: () => Boolean,
  description:
    "Whether these are the first paths there are; false if the search grew too large before it found as many as wanted.",
});
declareField(pathSearch, "searchedHops", {
  type: () => Int,
  description: "No path of up to so many hops is missing before the last one listed.",
});
