import type { NodeState } from "../../../src/domain/changes/change-set";
import { nodeId, type NodeId } from "../../../src/domain/ids";
import { WordIndex } from "../../../src/domain/recommendation/word-index";

const question = (slug: string, title: string, prompt = ""): NodeState => ({
  id: nodeId("Question", slug),
  kind: "Question",
  slug,
  formerSlugs: [],
  fields: { title },
  texts: prompt ? { prompt } : {},
});
const answer = (of: string, body: string): NodeState => ({
  id: nodeId("ModelAnswer", `${of}/full`),
  kind: "ModelAnswer",
  slug: `${of}/full`,
  formerSlugs: [],
  fields: { summary: "In short." },
  texts: { body },
});
const indexOf = (...nodes: NodeState[]): WordIndex => {
  const index = new WordIndex();
  for (const node of nodes) index.put(node);
  return index;
};
const [a, b, c] = [nodeId("Question", "a"), nodeId("Question", "b"), nodeId("Question", "c")];
const similarity = (index: WordIndex, of: NodeId, other: NodeId): number => index.similarity(of).with(other);

describe("the words of questions", () => {
  it("are alike by rare words, whatever their form or case, and not by everyday ones", () => {
    const index = indexOf(
      question("a", "Tuning HNSW graphs"),
      question("b", "The hnsw graph of the day"),
      question("c", "The queue of the day"),
    );
    expect(similarity(index, a, b)).toBeGreaterThan(0);
    expect(
      index
        .similarity(a)
        .shared(b)
        .map(({ word }) => word)
        .sort(),
    ).toEqual(["graph", "hnsw"]);
    expect(similarity(index, a, c)).toBe(0);
    expect(
      index
        .similarity(b)
        .shared(c)
        .map(({ word }) => word),
    ).toEqual(["day"]);
  });

  it("add up to the likeness", () => {
    const index = indexOf(
      question("a", "Cache eviction", "Which cache eviction policy, and what does a scan do to the cache?"),
      question("b", "Scan resistance", "How does an eviction policy stand a scan?"),
      question("c", "Something else"),
    );
    const sum = index
      .similarity(a)
      .shared(b)
      .reduce((total, { value }) => total + value, 0);
    expect(sum).toBeCloseTo(similarity(index, a, b), 12);
    expect(similarity(index, b, a)).toBeCloseTo(similarity(index, a, b), 12);
  });

  it("count in model answers, but are not told from there", () => {
    const index = indexOf(
      question("a", "One"),
      question("b", "Two"),
      answer("a", "Use quantization."),
      answer("b", "Quantization again."),
      question("c", "Other"),
    );
    expect(similarity(index, a, b)).toBeGreaterThan(0);
    expect(
      index
        .similarity(a)
        .shared(b)
        .every(({ word }) => word === null),
    ).toBe(true);
  });

  it("do not count in the destinations of links", () => {
    const index = indexOf(
      question("a", "One", "See [this](concept:hnsw)."),
      question("b", "Two", "See [that](concept:hnsw)."),
    );
    expect(
      index
        .similarity(a)
        .shared(b)
        .map(({ word }) => word),
    ).toEqual(["see"]);
  });

  it("follow changes: a text replaced, an answer removed, a question gone", () => {
    const texts = [question("a", "Paxos"), question("b", "Two"), answer("b", "Paxos it is."), question("c", "Raft")];
    const index = indexOf(...texts);
    const before = similarity(index, a, b);
    index.apply([{ node: texts[2]!.id, before: null, after: null }]);
    expect(similarity(index, a, b)).toBe(0);
    index.apply([{ node: texts[2]!.id, before: null, after: texts[2]! }]);
    expect(similarity(index, a, b)).toBe(before);
    index.apply([{ node: texts[0]!.id, before: null, after: question("a", "Raft") }]);
    expect(similarity(index, a, b)).toBe(0);
    expect(similarity(index, a, c)).toBeGreaterThan(0);
    index.apply([{ node: c, before: null, after: null }]);
    expect(similarity(index, a, c)).toBe(0);
  });

  it("are the same in whichever order they came, with thousands of words", () => {
    const many = Array.from({ length: 60 }, (_, i) =>
      question(
        `q${i}`,
        `Title ${i}`,
        Array.from({ length: 200 }, (_, w) => `w${(i * 131 + w * 7) % 9_000}x`).join(" "),
      ),
    );
    const forward = indexOf(...many);
    const backward = indexOf(...[...many].reverse());
    const [first, second] = [many[3]!.id, many[4]!.id];
    expect(forward.similarity(first).with(second)).toBeCloseTo(backward.similarity(first).with(second), 12);
    const words = (index: WordIndex) =>
      index
        .similarity(first)
        .shared(second)
        .map(({ word }) => word)
        .sort();
    expect(words(forward)).toEqual(words(backward));
  });
});
