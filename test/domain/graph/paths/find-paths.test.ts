import fc from "fast-check";
import { findPaths } from "../../../../src/domain/graph/paths/find-paths";
import { pathNumbers } from "../../../../src/domain/graph/paths/numbered";
import type { GraphPath, PathQuery } from "../../../../src/domain/graph/paths/path";
import type { EdgeKind } from "../../../../src/domain/ontology/edge-kinds";
import { aView, type GivenEdge } from "../../../builders/a-view";
import { id } from "../../../builders/changes";
import { everyPath } from "./every-path";

const asking = (from: string, to: string, rest: Partial<PathQuery> = {}): PathQuery => ({
  from: id(from),
  to: id(to),
  direction: "BOTH",
  maxHops: 6,
  first: 10,
  reveal: false,
  ...rest,
});
const inWords = ({ hops }: GraphPath): string =>
  hops.map(({ edge, heading, node }) => `${edge} ${heading} ${node.id}`).join(", ");
const pathsIn = (edges: readonly GivenEdge[], query: PathQuery): string[] =>
  findPaths(aView(edges), query).paths.map(inWords);

describe("paths", () => {
  it("come with the kind, heading and reason of each edge, and the node that it leads to", () => {
    const view = aView([
      ["ABOUT", "Question:q", "Concept:hnsw", { reason: "The index is one.", emphasis: "TEACHES" }],
      ["IMPLEMENTS", "Tool:faiss", "Concept:hnsw", { reason: "As IndexHNSWFlat." }],
    ]);
    expect(findPaths(view, asking("Question:q", "Tool:faiss"))).toEqual({
      paths: [
        {
          weight: 3,
          hops: [
            { edge: "ABOUT", heading: "OUT", reason: "The index is one.", node: view.node(id("Concept:hnsw")) },
            { edge: "IMPLEMENTS", heading: "IN", reason: "As IndexHNSWFlat.", node: view.node(id("Tool:faiss")) },
          ],
        },
      ],
      complete: true,
      searchedHops: 6,
    });
  });

  it("come by hops, then weight, then edge kind, heading and id", () => {
    const edges: GivenEdge[] = [
      ["RELATED_TO", "Question:a", "Question:z"],
      ["FOLLOWED_BY", "Question:z", "Question:a"],
      ["FOLLOWED_BY", "Question:a", "Question:z"],
      ["USES", "Question:a", "Tool:t"],
      ["USES", "Question:z", "Tool:t"],
      ["ABOUT", "Question:a", "Concept:d"],
      ["ABOUT", "Question:z", "Concept:d"],
      ["ABOUT", "Question:a", "Concept:c"],
      ["ABOUT", "Question:z", "Concept:c"],
    ];
    expect(pathsIn(edges, asking("Question:a", "Question:z"))).toEqual([
      "FOLLOWED_BY OUT Question:z",
      "FOLLOWED_BY IN Question:z",
      "RELATED_TO BOTH Question:z",
      "ABOUT OUT Concept:c, ABOUT IN Question:z",
      "ABOUT OUT Concept:d, ABOUT IN Question:z",
      "USES OUT Tool:t, USES IN Question:z",
    ]);
  });

  it("follow the direction asked for, and undirected edges in any", () => {
    const edges: GivenEdge[] = [
      ["PREREQUISITE_OF", "Concept:a", "Concept:b"],
      ["RELATED_TO", "Concept:b", "Concept:c"],
    ];
    const from = (start: string, end: string, direction: PathQuery["direction"]) =>
      pathsIn(edges, asking(start, end, { direction }));
    expect(from("Concept:a", "Concept:c", "OUT")).toEqual(["PREREQUISITE_OF OUT Concept:b, RELATED_TO BOTH Concept:c"]);
    expect(from("Concept:a", "Concept:c", "IN")).toEqual([]);
    expect(from("Concept:c", "Concept:a", "IN")).toEqual(["RELATED_TO BOTH Concept:b, PREREQUISITE_OF IN Concept:a"]);
    expect(from("Concept:c", "Concept:a", "OUT")).toEqual([]);
  });

  it("walk only the kinds named, which may be none", () => {
    const edges: GivenEdge[] = [
      ["ABOUT", "Question:a", "Concept:c"],
      ["ABOUT", "Question:b", "Concept:c"],
      ["FOLLOWED_BY", "Question:a", "Question:b"],
    ];
    const via = (...kinds: EdgeKind[]) => pathsIn(edges, asking("Question:a", "Question:b", { via: kinds }));
    expect(via("ABOUT")).toEqual(["ABOUT OUT Concept:c, ABOUT IN Question:b"]);
    expect(via("FOLLOWED_BY", "WEIGHS")).toEqual(["FOLLOWED_BY OUT Question:b"]);
    expect(via()).toEqual([]);
  });

  it("lead through no spoiler unless it is named or revealed", () => {
    const edges: GivenEdge[] = [
      ["ANSWERED_BY", "Question:a", "ModelAnswer:a/full"],
      ["EVIDENCED_BY", "ModelAnswer:a/full", "Measurement:b/m", { reason: "It shows it." }],
      ["CITES", "ModelAnswer:a/full", "Source:s"],
    ];
    expect(pathsIn(edges, asking("Question:a", "Source:s"))).toEqual([]);
    expect(pathsIn(edges, asking("Measurement:b/m", "Source:s"))).toEqual([]);
    expect(pathsIn(edges, asking("Measurement:b/m", "Source:s", { via: ["EVIDENCED_BY", "CITES"] }))).toEqual([]);
    expect(pathsIn(edges, asking("Question:a", "Source:s", { reveal: true }))).toEqual([
      "ANSWERED_BY OUT ModelAnswer:a/full, CITES OUT Source:s",
    ]);
    expect(pathsIn(edges, asking("Question:a", "Source:s", { via: ["ANSWERED_BY", "CITES"] }))).toHaveLength(1);
    expect(pathsIn(edges, asking("ModelAnswer:a/full", "Source:s"))).toEqual(["CITES OUT Source:s"]);
  });

  it("walk no mention unless it is named, even where spoilers are revealed", () => {
    const edges: GivenEdge[] = [["MENTIONS", "Question:a", "Concept:c"]];
    expect(pathsIn(edges, asking("Question:a", "Concept:c", { reveal: true }))).toEqual([]);
    expect(pathsIn(edges, asking("Question:a", "Concept:c", { via: ["MENTIONS"] }))).toHaveLength(1);
  });

  it("lead through a role or another kind that sorts only where edge kinds are named, but start and end there always", () => {
    const edges: GivenEdge[] = [
      ["ASKED_OF", "Question:a", "Role:r"],
      ["ASKED_OF", "Question:b", "Role:r"],
      ["ABOUT", "Question:b", "Concept:c"],
    ];
    expect(pathsIn(edges, asking("Question:a", "Question:b"))).toEqual([]);
    expect(pathsIn(edges, asking("Question:a", "Question:b", { via: ["ASKED_OF"] }))).toHaveLength(1);
    expect(pathsIn(edges, asking("Role:r", "Concept:c"))).toEqual(["ASKED_OF IN Question:b, ABOUT OUT Concept:c"]);
    expect(pathsIn(edges, asking("Concept:c", "Role:r"))).toEqual(["ABOUT IN Question:b, ASKED_OF OUT Role:r"]);
  });

  it("have no hop from a node to itself", () => {
    expect(findPaths(aView([["RELATED_TO", "Concept:a", "Concept:b"]]), asking("Concept:a", "Concept:a"))).toEqual({
      paths: [{ hops: [], weight: 0 }],
      complete: true,
      searchedHops: 0,
    });
  });

  it("are none between nodes that nothing links, however far one looks", () => {
    const view = aView([
      ["PREREQUISITE_OF", "Concept:a", "Concept:b"],
      ["PREREQUISITE_OF", "Concept:c", "Concept:d"],
    ]);
    expect(findPaths(view, asking("Concept:a", "Concept:d", { maxHops: 8 }))).toEqual({
      paths: [],
      complete: true,
      searchedHops: 8,
    });
  });

  it("end where maxHops says", () => {
    const chain: GivenEdge[] = Array.from({ length: 8 }, (_, i) => [
      "PREREQUISITE_OF",
      `Concept:c${i}`,
      `Concept:c${i + 1}`,
    ]);
    expect(pathsIn(chain, asking("Concept:c0", "Concept:c8", { maxHops: 7 }))).toEqual([]);
    expect(pathsIn(chain, asking("Concept:c0", "Concept:c8", { maxHops: 8 }))).toHaveLength(1);
  });

  it("say so when the search grew too large, and are the first ones nevertheless", () => {
    const fan = Array.from({ length: 50 }, (_, i): GivenEdge[] => [
      ["ABOUT", "Question:a", `Concept:c${i}`],
      ["RELATED_TO", `Concept:c${i}`, `Concept:d${i}`],
      ["ABOUT", "Question:z", `Concept:d${i}`],
    ]).flat();
    const view = aView([["FOLLOWED_BY", "Question:a", "Question:z"], ...fan]);
    const query = asking("Question:a", "Question:z", { maxHops: 4 });
    const cut = findPaths(view, query, 60);
    expect(cut.complete).toBe(false);
    expect(cut.searchedHops).toBeLessThan(3);
    expect(cut.paths).toEqual(everyPath(view, query).slice(0, cut.paths.length));
    expect(findPaths(view, query)).toMatchObject({ complete: true, searchedHops: 3 });
  });

  it("through hubs are found within the budget", () => {
    const spokes = Array.from({ length: 5_000 }, (_, i): GivenEdge[] => [
      ["ABOUT", `Question:q${i}`, "Concept:hub-a"],
      ["ABOUT", `Question:q${i}`, "Concept:hub-b"],
    ]).flat();
    const view = aView([
      ["ABOUT", "Question:start", "Concept:hub-a"],
      ["ABOUT", "Question:end", "Concept:hub-b"],
      ...spokes,
    ]);
    const { paths, complete } = findPaths(view, asking("Question:start", "Question:end", { first: 3 }));
    expect(complete).toBe(true);
    expect(paths.map(({ hops }) => hops.map(({ node }) => node.id))).toEqual(
      ["q0", "q1", "q10"].map((slug) => ["Concept:hub-a", `Question:${slug}`, "Concept:hub-b", "Question:end"]),
    );
  });
});

/** A few nodes of several kinds, so that paths cross, run in parallel and come back. */
const ends: readonly (readonly [EdgeKind, string, string])[] = [
  ["FOLLOWED_BY", "Question", "Question"],
  ["RELATED_TO", "Question", "Question"],
  ["ABOUT", "Question", "Concept"],
  ["USES", "Question", "Tool"],
  ["ASKED_OF", "Question", "Role"],
  ["COVERS", "Topic", "Question"],
  ["PREREQUISITE_OF", "Concept", "Concept"],
  ["RELATED_TO", "Concept", "Concept"],
  ["IMPLEMENTS", "Tool", "Concept"],
  ["ANSWERED_BY", "Question", "ModelAnswer"],
  ["CITES", "ModelAnswer", "Source"],
  ["CITES", "Concept", "Source"],
  ["MENTIONS", "Question", "Concept"],
  ["MENTIONS", "ModelAnswer", "Tool"],
];
const anEdge = fc
  .tuple(fc.constantFrom(...ends), fc.nat(2), fc.nat(2))
  .filter(([[, from, to], i, j]) => from !== to || i !== j)
  .map(([[edge, from, to], i, j]): GivenEdge => {
    const pair = [`${from}:n${i}`, `${to}:n${j}`].map((each) => (each.startsWith("ModelAnswer") ? `${each}/a` : each));
    const [first, second] = edge === "RELATED_TO" ? pair.sort() : pair;
    return [edge, first as string, second as string, { reason: `${edge} matters.` }];
  });
const aQuery = fc.record({
  via: fc.option(fc.uniqueArray(fc.constantFrom(...new Set(ends.map(([edge]) => edge))), { maxLength: 6 }), {
    nil: undefined,
  }),
  direction: fc.constantFrom("OUT" as const, "IN" as const, "BOTH" as const, "BOTH" as const),
  maxHops: fc.integer({ min: 1, max: 8 }),
  first: fc.integer({ min: 1, max: 10 }),
  reveal: fc.boolean(),
});

describe("on random graphs", () => {
  it("the paths and their order are those that trying every path gives", () => {
    fc.assert(
      fc.property(
        fc.array(anEdge, { minLength: 4, maxLength: 26 }),
        fc.nat(),
        fc.nat(),
        aQuery,
        (edges, a, b, rest) => {
          const view = aView(edges);
          const nodes = [...new Set(edges.flatMap(([, from, to]) => [from, to]))].sort();
          const query = asking(nodes[a % nodes.length]!, nodes[b % nodes.length]!, rest as Partial<PathQuery>);
          const { paths, complete } = findPaths(view, query);
          expect(complete).toBe(true);
          expect(paths).toEqual(everyPath(view, query));
        },
      ),
      { seed: 20_261_128, numRuns: 600 },
    );
  });

  it("whatever a small budget leaves is the beginning of the whole answer", () => {
    fc.assert(
      fc.property(
        fc.array(anEdge, { minLength: 10, maxLength: 26 }),
        aQuery,
        fc.integer({ min: 1, max: 200 }),
        (edges, rest, budget) => {
          const view = aView(edges);
          const nodes = [...new Set(edges.flatMap(([, from, to]) => [from, to]))].sort();
          const query = asking(nodes[0]!, nodes.at(-1)!, rest as Partial<PathQuery>);
          const cut = findPaths(view, query, budget);
          const all = everyPath(view, query);
          expect(cut.paths).toEqual(cut.complete ? all : all.slice(0, cut.paths.length));
          const within = all.filter(({ hops }) => hops.length <= cut.searchedHops);
          expect(cut.paths.length).toBeGreaterThanOrEqual(within.length);
        },
      ),
      { seed: 20_261_129, numRuns: 400 },
    );
  });

  it("are found by numbers that stay within their bytes, whatever was searched before, and are the same ever after", () => {
    const spokes = Array.from({ length: 3_000 }, (_, at) => at);
    let largest = 0;
    for (let turn = 0; turn < 60 && pathNumbers.bytes() >= largest; turn++) {
      largest = pathNumbers.bytes();
      const edges = spokes.map((at): GivenEdge => ["ABOUT", `Question:q${turn}-${at}`, "Concept:hub"]);
      const query = asking(`Question:q${turn}-0`, `Question:q${turn}-2999`);
      expect(pathsIn(edges, query)).toEqual([`ABOUT OUT Concept:hub, ABOUT IN Question:q${turn}-2999`]);
      expect(pathNumbers.bytes()).toBeLessThanOrEqual(pathNumbers.maxBytes);
    }
    // They have begun anew.
    expect(pathNumbers.bytes()).toBeLessThan(largest);
    expect(largest).toBeGreaterThan(pathNumbers.maxBytes / 2);
  });
});
