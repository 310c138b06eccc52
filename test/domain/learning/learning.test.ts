import fc from "fast-check";
import { learningPlan, teachersOf } from "../../../src/domain/learning/learning-plan";
import { withPrerequisites } from "../../../src/domain/learning/learning-plan";
import { readiness } from "../../../src/domain/learning/learning-plan";
import { aView, type GivenEdge } from "../../builders/a-view";
import { id } from "../../builders/changes";

const before = (first: string, second: string): GivenEdge => [
  "PREREQUISITE_OF",
  `Concept:${first}`,
  `Concept:${second}`,
  { reason: `${second} needs ${first}.` },
];

const about = (question: string, concept: string, emphasis: "ASSUMES" | "TEACHES"): GivenEdge => [
  "ABOUT",
  `Question:${question}`,
  `Concept:${concept}`,
  { reason: `${question} is about ${concept}.`, emphasis },
];

const concepts = (...slugs: string[]) => slugs.map((slug) => id(`Concept:${slug}`));

/** recall → ann → hnsw, scan → ann, and layers → hnsw. */
const search = [before("recall", "ann"), before("scan", "ann"), before("ann", "hnsw"), before("layers", "hnsw")];
const stepsOf = (edges: readonly GivenEdge[], goals: string[], known: string[] | null): string[] =>
  learningPlan(aView(edges), concepts(...goals), known && concepts(...known)).steps.map(({ concept }) => concept.slug);

describe("a learning plan", () => {
  it("has each concept after what it builds on, these by id and right before it", () => {
    expect(stepsOf(search, ["hnsw"], [])).toEqual(["recall", "scan", "ann", "layers", "hnsw"]);
  });

  it("says of each step what needs it and why, and whether it is wanted for itself", () => {
    const { steps } = learningPlan(aView(search), concepts("ann", "hnsw"), concepts("scan", "layers"));
    expect(
      steps.map(({ concept, goal, needs }) => [
        concept.slug,
        goal,
        needs.map(({ node, reason }) => [node.slug, reason]),
      ]),
    ).toEqual([
      ["recall", false, [["ann", "ann needs recall."]]],
      ["ann", true, [["hnsw", "hnsw needs ann."]]],
      ["hnsw", true, []],
    ]);
  });

  it("takes goals in the order given, each once", () => {
    const edges = [...search, before("bits", "quantization")];
    expect(stepsOf(edges, ["quantization", "ann", "quantization"], [])).toEqual([
      "bits",
      "quantization",
      "recall",
      "scan",
      "ann",
    ]);
  });

  it("leaves out what is known and what that builds on", () => {
    expect(stepsOf(search, ["hnsw"], ["ann"])).toEqual(["layers", "hnsw"]);
    expect(stepsOf(search, ["hnsw"], ["hnsw"])).toEqual([]);
  });

  it("leaves out nothing where nobody said what is known", () => {
    expect(stepsOf(search, ["ann"], null)).toEqual(["recall", "scan", "ann"]);
  });

  it("is empty for no concepts", () => {
    expect(stepsOf(search, [], [])).toEqual([]);
  });

  it("ends where prerequisites run in a circle", () => {
    const circle = [before("a", "b"), before("b", "c"), before("c", "a")];
    expect(stepsOf(circle, ["a"], [])).toEqual(["b", "c", "a"]);
    expect(stepsOf([before("a", "a")], ["a"], [])).toEqual(["a"]);
  });

  it("is made of a chain of ten thousand", () => {
    const chain = Array.from({ length: 10_000 }, (_, i) => before(`c${i}`, `c${i + 1}`));
    const steps = stepsOf(chain, ["c10000"], []);
    expect(steps).toHaveLength(10_001);
    expect(steps.slice(0, 2)).toEqual(["c0", "c1"]);
  });

  it("holds exactly what is missing, in a right order, whatever the graph", () => {
    const anEdge = fc.tuple(fc.nat(11), fc.nat(11)).filter(([a, b]) => a < b);
    const anyConcepts = fc.uniqueArray(fc.nat(11), { maxLength: 4 });
    fc.assert(
      fc.property(
        fc.array(anEdge, { minLength: 3, maxLength: 30 }),
        anyConcepts,
        anyConcepts,
        (pairs, goals, known) => {
          const names = Array.from({ length: 12 }, (_, i) => [`Concept:c${i}`, {}] as const);
          const view = aView(
            pairs.map(([a, b]) => before(`c${a}`, `c${b}`)),
            Object.fromEntries(names),
          );
          const [wanted, given] = [goals, known].map((each) => concepts(...each.map((i) => `c${i}`))) as [
            ReturnType<typeof concepts>,
            ReturnType<typeof concepts>,
          ];
          const order = learningPlan(view, wanted, given).steps.map(({ concept }) => concept.id);
          const knownToo = withPrerequisites(view, given);
          const missing = [...withPrerequisites(view, wanted)].filter((each) => !knownToo.has(each));
          expect([...order].sort()).toEqual(missing.sort());
          for (const [a, b] of pairs) {
            const [first, second] = [a, b].map((i) => order.indexOf(id(`Concept:c${i}`))) as [number, number];
            if (first >= 0 && second >= 0) expect(first).toBeLessThan(second);
          }
        },
      ),
      { seed: 20_261_128, numRuns: 300 },
    );
  });
});

describe("the questions that teach a concept", () => {
  it("come by minutes, then difficulty, then id; those without an estimate last", () => {
    const given = {
      d: { estimatedMinutes: 10, difficulty: "HARD" },
      c: { estimatedMinutes: 10, difficulty: "EASY" },
      b: { difficulty: "EASY" },
      e: { estimatedMinutes: 5, difficulty: "HARD" },
      a: { difficulty: "EASY" },
      f: { estimatedMinutes: 1, difficulty: "EASY" },
    };
    const edges = Object.keys(given).map((slug) => about(slug, "hnsw", slug === "f" ? "ASSUMES" : "TEACHES"));
    const fields = Object.fromEntries(Object.entries(given).map(([slug, each]) => [`Question:${slug}`, each]));
    expect(teachersOf(aView(edges, fields), id("Concept:hnsw")).map(({ node }) => node.slug)).toEqual([
      "e",
      "c",
      "d",
      "a",
      "b",
    ]);
  });
});

describe("readiness", () => {
  it("does not send one to the question itself to learn what it assumes", () => {
    const view = aView([about("q", "hnsw", "ASSUMES"), about("q", "ann", "TEACHES"), before("ann", "hnsw")]);
    const { missing } = readiness(view, id("Question:q"), []);
    expect(missing.before).toBe("Question:q");
    expect(teachersOf(view, id("Concept:ann")).map(({ node }) => node.slug)).toEqual(["q"]);
    expect(teachersOf(view, id("Concept:ann"), missing.before)).toEqual([]);
  });

  const edges = [...search, about("q", "hnsw", "ASSUMES"), about("q", "tuning", "TEACHES"), before("theory", "tuning")];
  const of = (known: string[] | null) => {
    const { ready, missing } = readiness(aView(edges), id("Question:q"), known && concepts(...known));
    return { ready, missing: missing.steps.map(({ concept }) => concept.slug) };
  };

  it("is what is missing of that which the question assumes, prerequisites first; not of what it teaches", () => {
    expect(of([])).toEqual({ ready: false, missing: ["recall", "scan", "ann", "layers", "hnsw"] });
    expect(of(["ann"])).toEqual({ ready: false, missing: ["layers", "hnsw"] });
    expect(of(["hnsw"])).toEqual({ ready: true, missing: [] });
  });

  it("is unknown, and blocks nothing, where nobody said what is known", () => {
    expect(of(null)).toEqual({ ready: null, missing: [] });
  });

  it("gives the question itself as what needs a concept that it assumes", () => {
    const { missing } = readiness(aView(edges), id("Question:q"), concepts("ann", "layers"));
    expect(missing.steps.map(({ goal, needs }) => [goal, needs.map(({ node, reason }) => [node.id, reason])])).toEqual([
      [true, [["Question:q", "q is about hnsw."]]],
    ]);
  });

  it("is there for a question that assumes nothing", () => {
    expect(readiness(aView([about("q", "hnsw", "TEACHES")]), id("Question:q"), []).ready).toBe(true);
  });
});
