import fc from "fast-check";
import { cycleIn, cyclicGroups } from "../../../src/domain/changes/invariants/acyclic-links";

type Graph = Readonly<Record<string, readonly string[]>>;
const next = (graph: Graph) => (node: string) => graph[node] ?? [];

const graphs: fc.Arbitrary<Graph> = fc
  .array(fc.tuple(fc.constantFrom(..."abcdefg"), fc.constantFrom(..."abcdefg")), { maxLength: 14 })
  .map((edges) =>
    Object.fromEntries(
      [..."abcdefg"].map((node) => [node, edges.filter(([from]) => from === node).map(([, to]) => to)]),
    ),
  );

function reaches(graph: Graph, from: string, to: string): boolean {
  const seen = new Set<string>();
  const queue = [...next(graph)(from)];
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    if (node === to) return true;
    if (!seen.has(node)) queue.push(...next(graph)(node));
    seen.add(node);
  }
  return false;
}

describe("cyclic groups", () => {
  it("are the nodes that can reach one another, those alone that lead to themselves included", () => {
    expect(cyclicGroups("abcdefg", next({ a: ["b"], b: ["c"], c: ["a", "d"], d: ["e"], e: ["e"], f: ["a"] }))).toEqual([
      ["e"],
      ["a", "b", "c"],
    ]);
  });

  it("hold each node that can reach itself, once, with those that it reaches and is reached from", () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const groups = cyclicGroups("abcdefg", next(graph));
        const groupOf = (node: string) => groups.filter((group) => group.includes(node));
        for (const node of "abcdefg") expect(groupOf(node).length).toBe(reaches(graph, node, node) ? 1 : 0);
        for (const a of "abcdefg") {
          for (const b of "abcdefg") {
            const together = groupOf(a)[0] !== undefined && groupOf(a)[0] === groupOf(b)[0];
            expect(together).toBe(reaches(graph, a, b) && reaches(graph, b, a));
          }
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it("are found along a chain of 100,000 without running out of stack", () => {
    const size = 100_000;
    const nodes = Array.from({ length: size }, (_, index) => index);
    expect(cyclicGroups(nodes, (node) => [(node + 1) % size])).toHaveLength(1);
  });
});

describe("the cycle shown of a group", () => {
  it("starts at its first member, follows links, and is a shortest one", () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        for (const group of cyclicGroups("abcdefg", next(graph))) {
          const cycle = cycleIn(group, next(graph));
          expect(cycle[0]).toBe(group[0]);
          expect(new Set(cycle).size).toBe(cycle.length);
          cycle.forEach((node, index) => expect(next(graph)(node)).toContain(cycle[(index + 1) % cycle.length]));
        }
      }),
      { seed: 2, numRuns: 300 },
    );
    expect(cycleIn(["a", "b", "c"], next({ a: ["b", "c"], b: ["c"], c: ["a"] }))).toEqual(["a", "c"]);
  });
});
