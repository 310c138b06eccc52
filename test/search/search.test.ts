import { aLink } from "../builders/links";
import { aConcept, aMetric, aQuestion, aTool, aTradeOff } from "../builders/nodes";
import { aCriterion, aModelAnswer, anOption } from "../builders/owned-nodes";
import { atOnce } from "../builders/at-once";
import { aSearch, type SearchedBank } from "./a-search";

const bank = [
  aConcept({
    slug: "qat",
    title: "Quantization-aware training",
    aliases: ["QAT"],
    summary: "Trains through rounding.",
  }),
  aConcept({ slug: "int8", title: "Model quantization", aliases: ["quantization", "int8"], summary: "Fewer bits." }),
  aConcept({ slug: "int4", title: "Four bits", aliases: ["int4"], summary: "Fewer still." }),
  aConcept({ slug: "tail", title: "Tail latency", aliases: ["p99"], summary: "The slowest few requests." }),
  aConcept({ slug: "b-tree", title: "B-tree", summary: "Keeps keys sorted in pages." }),
  aConcept({ slug: "native", title: "Native code", aliases: ["C++", "C"], summary: "Compiled ahead of time." }),
  aConcept({ slug: "sort", title: "Comparison sort", summary: "Takes O(n log n) comparisons." }),
  aTool({ slug: "line-profiler", title: "line_profiler", summary: "Times each line." }),
  aTool({ slug: "kubernetes", title: "Kubernetes", summary: "Runs containers." }),
  aMetric({ slug: "p999", title: "p99.9 latency" }),
  aMetric({ slug: "p95", title: "p95 latency" }),
  aQuestion({ slug: "pays", title: "When does QAT pay", prompt: "A classifier lost eight points." }),
  aQuestion({
    slug: "llm",
    title: "Cost of a language model",
    prompt: "Serving takes most of the price.",
    hints: ["Think of zebras."],
  }),
  aQuestion({ slug: "slow", title: "The int8 model that is not faster", prompt: "Why?" }),
  aLink("ABOUT", "Question:slow", "Concept:int8", { emphasis: "TEACHES" }),
  aCriterion({ question: "llm", slug: "c", statement: "Names the giraffe." }),
  aModelAnswer({ question: "llm", slug: "concise", summary: "It is an okapi.", body: "A walrus." }),
  aTradeOff({ slug: "scan", title: "Scan or index" }),
  anOption({ tradeOff: "scan", slug: "scan", title: "Linear scan" }),
];

let search: SearchedBank;
beforeAll(async () => {
  search = await aSearch(bank);
});

describe("what a query is understood as", () => {
  it.each([
    ["a title", "tail latency", "Concept:tail"],
    ["a title in another case and with other signs", "  TAIL–Latency? ", "Concept:tail"],
    ["a slug", "p999", "Metric:p999"],
    ["an alias", "QAT", "Concept:qat"],
    ["an abbreviation of what a text says in full", "quantization aware training", "Concept:qat"],
    ["a code with a hyphen", "INT-8", "Concept:int8"],
    ["a code with a blank", "int 8", "Concept:int8"],
    ["a decimal", "p99.9", "Metric:p999"],
    ["a name with signs", "C++", "Concept:native"],
    ["growth", "o( n log n )", "Concept:sort"],
    ["words written as one", "lineprofiler", "Tool:line-profiler"],
    ["a name with a hyphen written as one", "btree", "Concept:b-tree"],
    ["two words written as one", "taillatency", "Concept:tail"],
    ["another form of a word", "quantized models", "Concept:int8"],
    ["British spelling", "quantisation", "Concept:int8"],
    ["a missing letter", "kubernets", "Tool:kubernetes"],
    ["a swapped pair", "kubenretes", "Tool:kubernetes"],
    ["two wrong letters of many", "kubernatis", "Tool:kubernetes"],
    ["a phrase of every day", "cheapest way to serve an llm", "Question:llm"],
    ["nothing but little words beside a name", "what is a b-tree and how do I use it", "Concept:b-tree"],
  ])("%s: %s", (_name, text, expected) => {
    expect(search.find(text)[0]).toBe(expected);
  });

  it("an alias finds what says the title, and a title what says the alias", () => {
    expect(search.find("quantization aware training")).toContain("Question:pays");
    expect(search.find("QAT")).toEqual(["Concept:qat", "Question:pays"]);
  });

  it("never takes one short code for another", () => {
    expect(search.find("int4")).toEqual(["Concept:int4"]);
    expect(search.find("p95")).toEqual(["Metric:p95"]);
    expect(search.find("p96")).toEqual([]);
  });

  it("says how it would have been spelt, in the text as it was given", () => {
    expect(search.didYouMean("Kuberntes, please")).toBe("kubernetes, please");
    expect(search.didYouMean("taillatency of Kubernetes")).toBe("tail latency of Kubernetes");
    expect(search.didYouMean("tail latency")).toBeNull();
    expect(search.didYouMean("xyzzyplugh")).toBeNull();
  });

  it("puts the concept first and then what is linked to it", () => {
    expect(search.find("int8").slice(0, 2)).toEqual(["Concept:int8", "Question:slow"]);
  });

  it("keeps to the kinds asked for, and to what is to be kept", () => {
    expect(search.find("int8", { kinds: ["Question"] })).toEqual(["Question:slow"]);
    expect(search.find("int8", { kinds: [] })).toEqual([]);
    expect(search.find("int8", { keep: (id) => id !== "Question:slow" })).not.toContain("Question:slow");
  });

  it("breaks ties by id", async () => {
    const twins = ["c", "a", "b"].map((slug) => aConcept({ slug, title: `Twin`, summary: "Alike." }));
    expect((await aSearch(twins)).find("twin")).toEqual(["Concept:a", "Concept:b", "Concept:c"]);
  });

  it("refuses a text of blanks, and a long one", () => {
    expect(() => search.find(" \n\t")).toThrow("text must hold something to search for.");
    expect(() => search.find("x".repeat(201))).toThrow("text must be at most 200 characters, but has 201.");
    expect(search.find("x".repeat(200))).toEqual([]);
  });
});

describe("what gives answers away", () => {
  const secrets: [string, string][] = [
    ["zebras", "Question:llm"],
    ["giraffe", "Criterion:llm/c"],
    ["okapi", "ModelAnswer:llm/concise"],
  ];

  it.each(secrets)("%s is found only on request", (text, id) => {
    expect(search.find(text)).toEqual([]);
    expect(search.find(text, { reveal: true })).toEqual([id]);
  });

  it.each([["zebra"], ["giraff"], ["okapy"], ["girafe"]])("%s mends to no word of it", (text) => {
    expect(search.didYouMean(text)).toBeNull();
    expect(search.suggest(text)).toEqual([]);
  });

  it("the bodies of answers are not searched at all", () => {
    expect(search.find("walrus", { reveal: true })).toEqual([]);
  });
});

describe("suggestions", () => {
  it.each([
    ["the beginning of a word", "kube", "Tool:kubernetes Kubernetes"],
    ["one letter", "k", "Tool:kubernetes Kubernetes"],
    ["words that are begun", "quant aw tra", "Concept:qat Quantization-aware training"],
    ["an alias", "qa", "Concept:qat QAT"],
    ["a misspelt beginning", "kubrne", "Tool:kubernetes Kubernetes"],
    ["a misspelt word before", "tial lat", "Concept:tail Tail latency"],
  ])("go on from %s: %s", (_name, text, expected) => {
    expect(search.suggest(text)[0]).toBe(expected);
  });

  it("name a node once", () => {
    expect(search.suggest("quantization")).toEqual([...new Set(search.suggest("quantization"))]);
  });

  it("leave none out because others have many names", async () => {
    const many = Array.from({ length: 20 }, (_, index) => `Cache ${String.fromCharCode(97 + index)}x`);
    const crowded = await aSearch([
      ...["a", "b", "c", "d", "e"].map((slug) => aConcept({ slug, title: `Cached ${slug}`, aliases: many })),
      ...["f", "g"].map((slug) => aConcept({ slug, title: `On the cache of ${slug} and others` })),
    ]);
    const ids = crowded.suggest("cac").map((each) => each.split(" ")[0]);
    expect(ids).toEqual(["a", "b", "c", "d", "e", "f", "g"].map((slug) => `Concept:${slug}`));
  });

  it("leave out what the graph that is looked at does not hold yet", async () => {
    const early = await aSearch([aConcept({ slug: "a", title: "Cache" })]);
    const late = await aSearch([aConcept({ slug: "a", title: "Cache" }), aConcept({ slug: "b", title: "Cachet" })]);
    expect(atOnce(late.index.suggest({ text: "cach", max: 10 }, early.view))).toEqual([
      { id: "Concept:a", name: "Cache" },
    ]);
  });

  it("refuse what a search refuses", () => {
    expect(() => search.suggest("")).toThrow("text must hold something to search for.");
  });
});
