"""What adding or deleting one vector costs in an index that is already built.

python vector_updates.py [--held 100000 1000000] [--out runs]; see README.md. Seed 7 for the vectors, 3 for the ids."""
import argparse

import faiss
import numpy as np

from record import Record, quantile, seconds
from vector_indexes import CORES, DATASET, KINDS, PACKAGES, SOURCE, stream


def examine(record, kind, held, more, n, size, about):
    label = KINDS[kind][0]
    doomed = np.random.default_rng(3).choice(n, 600, replace=False).astype(np.int64)
    held.threads(1)
    add = held.index.add_items if kind == "hnswlib" else held.index.add
    took = [seconds(add, one[None])[0] * 1e6 for one in more[:1000]]
    for name, share in (("p50", 0.5), ("p99", 0.99)):
        record.row(f"{kind}-{size}-add-{name}", quantile(took, share), "us", f"insert-latency-{name}", label, {"vectorsHeld": n, "threads": 1}, 1000, **about)
    if kind == "hnsw":
        return  # FAISS raises on remove_ids of a graph
    if kind == "hnswlib":
        gone, call = [seconds(held.index.mark_deleted, int(one))[0] * 1e6 for one in doomed], "mark_deleted, a tombstone"
    else:
        gone, call = [seconds(held.index.remove_ids, doomed[i:i + 1])[0] * 1e6 for i in range(20)], "remove_ids with one id"
        if kind != "exact":  # a flat index renumbers what is left, so the same ids would mean others
            record.row(f"{kind}-{size}-delete-500", seconds(held.index.remove_ids, doomed[100:])[0] * 1e3, "ms", "bulk-delete-time", label,
                       {"vectorsHeld": n, "call": "one remove_ids call for 500 ids"}, **about)
    record.row(f"{kind}-{size}-delete-p50", quantile(gone, 0.5), "us", "delete-latency-p50", label, {"vectorsHeld": n, "call": call}, len(gone), **about)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--held", type=int, nargs="+", default=[100_000])
    options.add_argument("--out", default="runs")
    chosen = options.parse_args()
    made = stream(max(chosen.held) + 5000)
    base, more = made[2000:-3000], made[-3000:]
    record = Record("vector-index-updates-lab", SOURCE, "vector_updates.py", "Adding and deleting single vectors in five vector indexes",
                    "Adds 1,000 single vectors to a built index, then deletes ids one by one and 500 in one call.", DATASET,
                    "Recall and latency after many deletes, compaction and reads during writes were not measured.", PACKAGES)
    for n in chosen.held:
        for kind, (_, build, _, concepts) in KINDS.items():
            faiss.omp_set_num_threads(CORES)
            held = build(np.ascontiguousarray(base[:n]))
            examine(record, kind, held, more, n, f"{n // 1000}k" if n < 1_000_000 else "1m", {"tools": [held.tool], "concepts": concepts})
    record.write(chosen.out)


if __name__ == "__main__":
    main()
