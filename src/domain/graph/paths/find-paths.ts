import { kindOf, type NodeId } from "../../ids";
import { lightest } from "../../ontology/edge-weights";
import type { Adjacent, GraphView } from "../graph-view";
import type { FoundPaths, Hop, Path, PathQuery } from "./path";
import { type Step, type Steps, stepsOf } from "./steps";

/** How many links one search may look at. Hubs differ from other nodes by their links, so these are counted, not nodes. */
export const linkBudget = 120_000;

/**
 * The first paths between two nodes of the view, exactly in the order that `FoundPaths` tells.
 *
 * For each number of hops from one on, it finds out which weights walks of so many hops can have, then walks down, in order,
 * only where one of the weight sought can still be completed. Weights are small, so the set of those that complete a walk
 * from a node is one number, bit w for a surplus of w. These come from the target, hop by hop backward, and from the start
 * forward until both meet: whichever side is the smaller takes the next hop. A walk that would pass a node twice is left
 * when it does so.
 */
export function findPaths(view: GraphView, query: PathQuery, budget = linkBudget): FoundPaths {
  if (query.from === query.to) return { paths: [{ hops: [], weight: 0 }], complete: true, searchedHops: 0 };
  return new Search(view, query, budget).run();
}

/** A walk's next link, with the surpluses that the walk can have from before it to the end. */
interface Continuation {
  readonly step: Step;
  readonly link: Adjacent;
  readonly surpluses: number;
}

interface Continuations {
  readonly list: Continuation[];
  /** Those of all of them. */
  readonly surpluses: number;
  inOrder: boolean;
}

class Search {
  private readonly steps: Steps;
  /** Entry j: the nodes from which walks of exactly j hops lead to the target, with the surpluses of these. */
  private readonly toTarget: Map<NodeId, number>[];
  /** Entry r: what was found out of nodes with r hops to go. */
  private continuations: Map<NodeId, Continuations>[] = [];
  /** How many links were looked at where the forward side ended. */
  private frontier = 0;
  private readonly found: Path[] = [];

  constructor(
    private readonly view: GraphView,
    private readonly query: PathQuery,
    private budget: number,
  ) {
    this.steps = stepsOf(query);
    this.toTarget = [new Map([[query.to, 1]])];
  }

  run(): FoundPaths {
    const { from, maxHops, first } = this.query;
    for (let hops = 1; hops <= maxHops; hops++) {
      if (hops > 1 && (this.toTarget.at(-1)?.size ?? 0) <= this.frontier) this.goBackward();
      this.continuations = [];
      this.frontier = 0;
      const { surpluses } = this.continuationsOf(from, hops);
      if (this.budget < 0) return this.result(false, hops - 1);
      for (let surplus = 0; surpluses >> surplus !== 0; surplus++) {
        if (((surpluses >> surplus) & 1) === 0) continue;
        this.walkOn([], hops, surplus);
        if (this.found.length === first) return this.result(true, hops);
        if (this.budget < 0) return this.result(false, hops - 1);
      }
      if (this.frontier === 0 || this.toTarget.at(-1)?.size === 0) break;
    }
    return this.result(true, maxHops);
  }

  private result(complete: boolean, searchedHops: number): FoundPaths {
    return { paths: this.found, complete, searchedHops };
  }

  private goBackward(): void {
    const { from, to } = this.query;
    const next = new Map<NodeId, number>();
    for (const [node, surpluses] of this.toTarget.at(-1) ?? []) {
      if (node === from) continue;
      for (const step of this.steps.backward(kindOf(node))) {
        for (const { other } of this.linksOf(node, step)) {
          if (other !== to && (other === from || this.mayPass(step, other)))
            next.set(other, (next.get(other) ?? 0) | (surpluses << step.surplus));
        }
        if (this.budget < 0) return;
      }
    }
    this.toTarget.push(next);
  }

  private continuationsOf(node: NodeId, hops: number): Continuations {
    const known = (this.continuations[hops] ??= new Map<NodeId, Continuations>());
    let made = known.get(node);
    if (!made) known.set(node, (made = this.makeContinuations(node, hops)));
    return made;
  }

  private makeContinuations(node: NodeId, hops: number): Continuations {
    const { from, to } = this.query;
    const met = this.toTarget[hops - 1];
    const list: Continuation[] = [];
    let all = 0;
    for (const step of this.steps.forward(kindOf(node))) {
      // The target itself is what one hop leads to; before, a node that cannot be passed is no help.
      if (hops > 1 && step.passes === "none") continue;
      const links = this.linksOf(node, step);
      if (this.budget < 0) break;
      if (met) this.frontier += links.length;
      for (const link of links) {
        const { other } = link;
        if (other === from) continue;
        const rest = met
          ? met.get(other)
          : other !== to && this.mayPass(step, other)
            ? this.continuationsOf(other, hops - 1).surpluses
            : 0;
        if (!rest) continue;
        const surpluses = rest << step.surplus;
        list.push({ step, link, surpluses });
        all |= surpluses;
      }
    }
    return { list, surpluses: all, inOrder: false };
  }

  /** Finds the paths that go on from `hops` by `left` more, of this surplus, in order, until there are enough. */
  private walkOn(walked: readonly Continuation[], left: number, surplus: number): void {
    if (left === 0) {
      this.found.push(pathOf(walked));
      return;
    }
    const at = walked.at(-1)?.link.other ?? this.query.from;
    const onward = this.continuationsOf(at, left);
    if (!onward.inOrder) onward.list.sort(compareContinuations);
    onward.inOrder = true;
    for (const next of onward.list) {
      if (((next.surpluses >> surplus) & 1) === 0) continue;
      if (--this.budget < 0) return;
      if (walked.some(({ link }) => link.other === next.link.other)) continue;
      this.walkOn([...walked, next], left - 1, surplus - next.step.surplus);
      if (this.found.length === this.query.first || this.budget < 0) return;
    }
  }

  private linksOf(node: NodeId, { relation }: Step): readonly Adjacent[] {
    const links = this.view.links(node, relation);
    this.budget -= links.length;
    return links;
  }

  private mayPass({ passes }: Step, node: NodeId): boolean {
    return passes === "some" ? this.steps.isPassable(node) : passes === "all";
  }
}

// Ids hold nothing but ASCII, so the language's own comparison is that by code point.
const compareContinuations = (a: Continuation, b: Continuation): number =>
  a.step.rank - b.step.rank || (a.link.other < b.link.other ? -1 : 1);

function pathOf(walked: readonly Continuation[]): Path {
  const hops = walked.map(({ step: { edge, heading }, link: { edge: state, other } }): Hop => {
    const reason = state.properties["reason"];
    return Object.freeze({ edge, heading, ...(typeof reason === "string" && { reason }), node: other });
  });
  const weight = walked.reduce((sum, { step }) => sum + step.surplus + lightest, 0);
  return Object.freeze({ hops: Object.freeze(hops), weight });
}
