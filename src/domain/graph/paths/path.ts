import type { NodeId } from "../../ids";
import type { EdgeKind } from "../../ontology/edge-kinds";
import type { GraphNode } from "../node";

/** OUT: from an edge's `from` to its `to`. IN: the other way. BOTH: an edge that reads the same from both ends; asked for, either. */
export type Heading = "OUT" | "IN" | "BOTH";

/** One edge of a path, as it is walked. */
export interface Hop {
  readonly edge: EdgeKind;
  readonly heading: Heading;
  /** Why the two are linked; no key where the edge kind asks for no reason. */
  readonly reason?: string;
  /** The node that it leads to. */
  readonly node: GraphNode;
}

/** From one node to another, through no node twice. */
export interface GraphPath {
  /** None where the path ends where it starts. */
  readonly hops: readonly Hop[];
  /** The sum of the edges' weights. */
  readonly weight: number;
}

export interface PathQuery {
  readonly from: NodeId;
  readonly to: NodeId;
  /**
   * The edge kinds to walk; none of them if empty. Default: all but MENTIONS and spoilers, and then no path leads through a
   * node that sorts others (a topic, role, quality or metric), though it may start or end there.
   */
  readonly via?: readonly EdgeKind[];
  readonly direction: Heading;
  readonly maxHops: number;
  readonly first: number;
  /** Whether paths may lead through what gives an answer away. Naming such an edge kind in `via` allows it, too. */
  readonly reveal: boolean;
}

export interface FoundPaths {
  /** By hops, then weight, then the sequence of edge kind (in the ontology's order), heading (OUT, IN, BOTH) and node id. */
  readonly paths: readonly GraphPath[];
  /** Whether these are the first `first` paths, or all. If not, the search grew too large: what is listed is first nevertheless. */
  readonly complete: boolean;
  /** No path of up to so many hops is missing before the last one listed. */
  readonly searchedHops: number;
}

export const maxHops = 8;
export const maxPaths = 10;
