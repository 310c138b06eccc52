import { aLink } from "../builders/links";
import { aConcept, aQuestion, aTopic } from "../builders/nodes";
import { slowClock, turnsOf } from "../builders/slow-clock";
import { type Api, anApi } from "./api";

const count = 60;

/** What is asked for, and how many turns of the event loop it takes at least where each step is long. */
const asked: readonly (readonly [name: string, query: string, turns: number])[] = [
  ["search", '{ search(text: "cache tree hash") { totalCount } }', 6],
  ["suggest", '{ suggest(text: "cache tree") { name } }', 4],
  ["facets of a search", '{ search(text: "cache") { facets(by: TOPICS) { count } } }', 4],
  [
    "highlights",
    `{ search(text: "cache", first: ${count}) { edges { highlights { field pieces { text } } } } }`,
    count,
  ],
  ["nextQuestions", `{ nextQuestions(first: ${count}) { score } }`, 2 * count],
  ["whyNot", `{ whyNot(question: "Question:q1", first: ${count}) { rank } }`, 2 * count],
  ["similar", `{ question(slug: "q1") { similar(first: ${count}) { score } } }`, 2 * count - 2],
  ["recommended", `{ question(slug: "q1") { recommended(first: ${count}) { score } } }`, 2 * count - 2],
];

describe("what takes long over a large bank", () => {
  let api: Api;
  beforeAll(async () => {
    api = await anApi([
      aTopic({ slug: "t" }),
      aConcept({ slug: "c" }),
      ...Array.from({ length: count }, (_, q) =>
        aQuestion({ slug: `q${q}`, title: `Cache tree hash ${q}`, prompt: `Why is this cache ${q}?` }),
      ),
      ...Array.from({ length: count }, (_, q) => [
        aLink("COVERS", "Topic:t", `Question:q${q}`),
        aLink("ABOUT", `Question:q${q}`, "Concept:c"),
      ]).flat(),
    ]);
  });
  let endSlowness: () => void = () => undefined;
  afterEach(() => endSlowness());

  it.each(asked)("gives other requests their turn: %s", async (_name, query, atLeast) => {
    const quick = await api.data(query);
    endSlowness = slowClock();
    const { value, turns } = await turnsOf(() => api.data(query));
    expect(value).toEqual(quick);
    expect(turns).toBeGreaterThanOrEqual(atLeast);
  });
});
