"""Exact against approximate vector search: recall, latency of one query, throughput of many, build time and size, by number of vectors.

python vector_search.py [--largest 1000000] [--out runs]; see README.md. Seed 7; data and indexes are those of vector_indexes.py."""
import argparse
import gc

import faiss
import numpy as np

from record import ELAPSED, Record, quantile, seconds
from vector_indexes import CORES, DATASET, KINDS, NEAREST, PACKAGES, SOURCE, exact, rescored, stream


def one_by_one(held, queries, passes=3):
    """Microseconds of each call with one query, garbage collection off, and the range of the medians of the passes."""
    held.threads(1)
    for query in queries[:50]:
        held.search(query[None])
    gc.disable()
    runs = [[seconds(held.search, query[None])[0] * 1e6 for query in queries] for _ in range(passes)]
    gc.enable()
    middles = [quantile(run, 0.5) for run in runs]
    return sum(runs, []), quantile(middles, 0.5), f"p50 of passes {min(middles):.4g}-{max(middles):.4g} us"


def examine(record, slug, label, held, params, queries, truth, about):
    few = queries[:300] if slug.startswith("exact") and params["vectors"] > 200_000 else queries
    times, middle, spread = one_by_one(held, few)
    held.threads(CORES)
    recall = float(np.mean([len(set(a) & set(b)) for a, b in zip(held.search(queries).tolist(), truth.tolist())])) / NEAREST
    held.search(queries[:1000])
    rates = [1000 / seconds(held.search, queries[:1000], clock=ELAPSED)[0] for _ in range(3)]
    tail, alone = quantile(times, 0.99), {**params, "threads": 1}
    record.row(f"{slug}-recall", recall, "1", "recall-at-10", label, params, **about)
    record.row(f"{slug}-p50", middle, "us", "latency-p50", label, alone, len(times), spread, **about)
    record.row(f"{slug}-p99", tail, "us", "latency-p99", label, alone, len(times), **about)
    record.row(f"{slug}-batched", quantile(rates, 0.5), "requests/s", "request-throughput", label, {**params, "batch": 1000, "threads": CORES},
               spread=f"median of 3 (min {min(rates):.4g}, max {max(rates):.4g})", **about)
    return recall, middle, tail


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--largest", type=int, default=300_000)
    options.add_argument("--out", default="runs")
    chosen = options.parse_args()
    sizes = [n for n in (1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000) if n <= chosen.largest]
    made = stream(sizes[-1] + 5000)
    queries, base = made[:2000], made[2000:]
    caveat = "One synthetic distribution, chosen because both kinds of index need effort on it; one build each."
    families = Record("vector-index-families-lab", SOURCE, "vector_search.py", "Vector index families by number of vectors",
                      "Recall, latency, throughput, build time and size of an exact and of approximate indexes.", DATASET, caveat, PACKAGES)
    curve = Record("vector-search-size-curve-lab", SOURCE, "vector_search.py", "Exact scan against the fastest index at recall 0.95",
                   "Latency of one query by the scan and by the cheapest setting that finds 95 % of the true ten.", DATASET, caveat, PACKAGES)
    for n in sizes:
        part, size = np.ascontiguousarray(base[:n]), f"{n // 1000}k" if n < 1_000_000 else "1m"
        detail = n in (10_000, 100_000, 1_000_000)
        faiss.omp_set_num_threads(CORES)
        truth = exact(part).search(queries)
        for kind, (label, build, efforts, concepts) in KINDS.items():
            if not detail and kind != "exact" and (n > 10_000 or kind == "ivfpq"):
                continue
            faiss.omp_set_num_threads(CORES)
            took, held = seconds(build, part, clock=ELAPSED)
            about, enough = {"tools": [held.tool], "concepts": concepts}, []
            quiet = families if detail else Record("x", "x", "x", "x", "x", "x", "x", [])
            for effort in efforts:
                params = {"vectors": n} if effort is None else {"vectors": n, held.knob: effort}
                if effort is not None:
                    held.effort(effort)
                slug = f"{kind}-{size}" + ("" if effort is None else f"-{'nprobe' if held.knob == 'nprobe' else 'ef'}-{effort}")
                recall, middle, tail = examine(quiet, slug, label, held, params, queries, truth, about)
                enough += [(middle, tail, {**params, "recallAt10": round(recall, 3)})] if recall >= 0.95 else []
            quiet.row(f"{kind}-{size}-build", took, "s", "build-time", label, {"vectors": n, "threads": CORES}, **about)
            quiet.row(f"{kind}-{size}-size", held.bytes(), "By", "index-size", label, {"vectors": n}, **about)
            if kind == "ivfpq":
                examine(quiet, f"ivfpq-rescored-{size}", label + " + re-rank", rescored(held, part), {"vectors": n, "nprobe": 64, "rescored": 100},
                        queries, truth, {"tools": ["faiss"], "concepts": [*concepts, "rescoring"]})
            if enough:
                middle, tail, params = min(enough, key=lambda each: each[0])
                for name, value in (("p50", middle), ("p99", tail)):
                    curve.row(f"{kind}-{size}-{name}", value, "us", f"latency-{name}", label, params, **about)
                curve.row(f"{kind}-{size}-build", took, "s", "build-time", label, {"vectors": n, "threads": CORES}, **about)
            del held
    families.write(chosen.out)
    curve.write(chosen.out)


if __name__ == "__main__":
    main()
