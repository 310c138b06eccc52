import { minWeight } from "../../ontology/edge-weights";
import { type Adjacent, type GraphView, nodeAt } from "../graph-view";
import { BitsPerNode, dropNumbers, idOfNumber, kindOfNumber, numbered, type NumberedLinks, numberOf } from "./numbered";
import { type FoundPaths, type Hop, maxHops, type GraphPath, type PathQuery } from "./path";
import { type Step, type PathSteps, pathSteps } from "./steps";

/** What one search may look at: a link counts one, and a list of links as many as take the time that it takes to find it. */
export const workBudget = 250_000;
const workOfList = 10;

/**
 * The first paths between two nodes of the view, exactly in the order that `FoundPaths` tells.
 *
 * For each number of hops from one on, it finds out which weights walks of so many hops can have, then walks down, in order,
 * only where one of the weight sought can still be completed. Weights are small, so what can complete a walk from a node is
 * a set of bits, bit w for a surplus of w over the lightest. These come from the target, hop by hop backward, and from the
 * start forward until both meet: whichever side is the smaller takes the next hop. A walk that comes to a node of its own is
 * given up there.
 */
export function findPaths(view: GraphView, query: PathQuery, budget = workBudget): FoundPaths {
  if (query.from === query.to) return { paths: [{ hops: [], weight: 0 }], complete: true, searchedHops: 0 };
  try {
    return new Search(view, query, budget).run();
  } finally {
    for (const layer of layers) layer.clear();
    dropNumbers();
  }
}

/** Entry j: the nodes from which walks of exactly j hops lead to the target, with their surpluses. One search uses them at a time. */
const layers = Array.from({ length: maxHops + 1 }, () => new BitsPerNode());
const layer = (hops: number): BitsPerNode => layers[hops] as BitsPerNode;

interface Walked {
  readonly step: Step;
  readonly link: Adjacent;
}

class Search {
  private readonly steps: PathSteps;
  private readonly from: number;
  private readonly to: number;
  /** How many layers there are besides that of the target itself. */
  private back = 0;
  /** Entry r: the surpluses of walks from nodes that are r hops from the target, where the layers do not tell. */
  private ahead: Map<number, number>[] = [];
  /** How many links were looked at where the forward side ended. */
  private frontier = 0;
  private readonly found: GraphPath[] = [];

  constructor(
    private readonly view: GraphView,
    private readonly query: PathQuery,
    private budget: number,
  ) {
    this.steps = pathSteps(query);
    this.from = numberOf(query.from);
    this.to = numberOf(query.to);
    layer(0).add(this.to, 1);
  }

  run(): FoundPaths {
    const { maxHops } = this.query;
    for (let hops = 1; hops <= maxHops; hops++) {
      if (hops > 1 && layer(this.back).nodes.length <= this.frontier) this.goBackward();
      this.ahead = [];
      this.frontier = 0;
      const surpluses = this.lookAhead(this.from, hops);
      for (let surplus = 0; surpluses >> surplus !== 0 && !this.isOver(); surplus++)
        if ((surpluses >> surplus) & 1) this.walkOn([], this.from, hops, surplus);
      if (this.isOver()) return this.budget < 0 ? this.result(false, hops - 1) : this.result(true, hops);
      if (this.frontier === 0 || layer(this.back).nodes.length === 0) break;
    }
    return this.result(true, maxHops);
  }

  private isOver(): boolean {
    return this.budget < 0 || this.found.length === this.query.first;
  }

  private result(complete: boolean, searchedHops: number): FoundPaths {
    return { paths: this.found, complete, searchedHops };
  }

  /** Adds a layer. */
  private goBackward(): void {
    const last = layer(this.back);
    const next = layer(this.back + 1);
    for (const node of last.nodes) {
      if (node === this.from) continue;
      const surpluses = last.get(node);
      for (const step of this.steps.backward(kindOfNumber(node))) {
        const { ends } = this.linksOf(node, step);
        for (let i = 0; i < ends.length; i++) {
          const end = ends[i] as number;
          if (end !== this.to && (end === this.from || this.mayPass(step, end)))
            next.add(end, surpluses << step.surplus);
        }
      }
      if (this.budget < 0) return;
    }
    this.back++;
  }

  /** The surpluses of walks of so many hops from the node to the target. */
  private lookAhead(node: number, hops: number): number {
    if (hops <= this.back) return layer(hops).get(node);
    const known = (this.ahead[hops] ??= new Map<number, number>());
    let surpluses = known.get(node);
    if (surpluses === undefined) known.set(node, (surpluses = this.lookAround(node, hops)));
    return surpluses;
  }

  private lookAround(node: number, hops: number): number {
    const meets = hops - 1 <= this.back;
    const rest = layer(meets ? hops - 1 : 0);
    let surpluses = 0;
    for (const step of this.steps.forward(kindOfNumber(node))) {
      if (!leadsOn(step, hops)) continue;
      const { ends } = this.linksOf(node, step);
      if (meets) this.frontier += ends.length;
      let beyond = 0;
      if (meets) for (let i = 0; i < ends.length; i++) beyond |= rest.get(ends[i] as number);
      else for (let i = 0; i < ends.length; i++) beyond |= this.lookBeyond(step, ends[i] as number, hops - 1);
      surpluses |= beyond << step.surplus;
      if (this.budget < 0) break;
    }
    return surpluses;
  }

  private lookBeyond(step: Step, node: number, hops: number): number {
    if (hops <= this.back) return layer(hops).get(node);
    return node === this.from || node === this.to || !this.mayPass(step, node) ? 0 : this.lookAhead(node, hops);
  }

  /** Finds the paths that go on from `walked` by `left` more hops, of this surplus, in order, until the search is over. */
  private walkOn(walked: readonly Walked[], node: number, left: number, surplus: number): void {
    if (left === 0) {
      this.found.push(pathOf(this.view, walked));
      return;
    }
    for (const step of this.steps.forward(kindOfNumber(node))) {
      if (!leadsOn(step, left) || step.surplus > surplus) continue;
      const rest = surplus - step.surplus;
      const { links, ends } = this.linksOf(node, step);
      for (let i = 0; i < ends.length && !this.isOver(); i++) {
        const end = ends[i] as number;
        if (((this.lookBeyond(step, end, left - 1) >> rest) & 1) === 0) continue;
        const link = links[i] as Adjacent;
        if (end === this.from || walked.some((each) => each.link.other === link.other)) continue;
        this.walkOn([...walked, { step, link }], end, left - 1, rest);
      }
    }
  }

  private linksOf(node: number, { relation, sorted }: Step): NumberedLinks {
    const links = this.view.links(idOfNumber(node), relation);
    this.budget -= workOfList + links.length;
    return this.budget < 0 ? nothing : numbered(links, sorted);
  }

  private mayPass({ passes }: Step, node: number): boolean {
    return passes === "some" ? this.steps.passes(kindOfNumber(node)) : passes === "all";
  }
}

const nothing: NumberedLinks = Object.freeze({ links: [], ends: [] });

/** The target may be any node; before it, a path only comes to nodes that it may pass. */
const leadsOn = ({ passes }: Step, hops: number): boolean => hops === 1 || passes !== "none";

function pathOf(view: GraphView, walked: readonly Walked[]): GraphPath {
  const hops = walked.map(({ step: { edge, heading }, link: { edge: state, other } }): Hop => {
    const reason = state.properties["reason"];
    return Object.freeze({ edge, heading, ...(typeof reason === "string" && { reason }), node: nodeAt(view, other) });
  });
  const weight = walked.reduce((sum, { step }) => sum + step.surplus + minWeight, 0);
  return Object.freeze({ hops: Object.freeze(hops), weight });
}
