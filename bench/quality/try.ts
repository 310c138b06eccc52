import { SearchIndex } from "../../src/search/search-index";
import { seededBank } from "./seeded-bank";
(async () => {
  const index = new SearchIndex();
  const view = await seededBank(index);
  for (const q of [
    "quantization",
    "caching",
    "cheapest way to serve an llm",
    "QAT",
    "rollback fails because of the schema",
    "benchmark gate in continuous integration",
    "p99",
    "int8",
    "hnsw recall",
    "kuberntes pods",
    "batch size",
    "latency",
  ]) {
    const f = index.search({ text: q, most: 8 }, view);
    console.log(q, "→", f.total, f.didYouMean ?? "", "\n   ", f.hits.map((h) => `${h.id} ${h.score}`).join("  "));
  }
  for (const q of [
    "q",
    "quant",
    "nsi",
    "nsigt",
    "quant aw",
    "tail la",
    "qat",
    "how to cach",
    "hnsw",
    "p9",
    "flamegr",
    "distilat",
    "rate lim",
  ]) {
    const s = performance.now();
    const f = index.suggest({ text: q, most: 6 }, view);
    console.log("suggest", q, (performance.now() - s).toFixed(2), f.map((h) => `${h.id}=${h.name}`).join(" | "));
  }
})();
