"""What a hit and a miss cost where the index lies on disk, and the latency behind a cache of a given hit ratio.

python index_on_disk.py [--out runs]; see README.md. Seed 5. A hit is a look-up in a dictionary; a miss searches a memory-mapped inverted-list
index or scans a memory-mapped array of 200,000 vectors, with its pages in memory (warm) or dropped before each query (cold). The folder must lie
on a real disk. Mixed latencies weigh these samples by the hit ratios that cache_policies.py simulates. Linux."""
import argparse
import ctypes
import mmap
import os
import tempfile

import faiss
import numpy as np

from cache_policies import QUERIES, SOURCE, hit_ratio, week
from policies import POLICIES, Lru
from record import ELAPSED, Record, quantile, seconds

COUNT, WIDTH = 200_000, 128
DATASET = "200,000 synthetic 128-d vectors on disk, seed 5; hit ratios of the trace of cache_policies.py"


def forget(path):
    """Asks the kernel to drop the pages of a file; those that a process maps stay, so the file is unmapped before."""
    with open(path, "rb") as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def read_so_far():
    """Bytes that the disk delivered to this process: whether a cold query was cold."""
    with open("/proc/self/io") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("read_bytes"))


def no_read_ahead(path):
    """madvise(MADV_RANDOM) for each mapping of the file; FAISS has no switch for it."""
    with open("/proc/self/maps") as file:
        for line in file:
            if line.rstrip().endswith(os.path.realpath(path)):
                low, high = (int(end, 16) for end in line.split()[0].split("-"))
                ctypes.CDLL(None).madvise(ctypes.c_void_p(low), ctypes.c_size_t(high - low), mmap.MADV_RANDOM)


def make(folder):
    draw = np.random.default_rng(5)
    base = (draw.normal(size=(500, WIDTH))[draw.integers(500, size=COUNT)] + draw.normal(size=(COUNT, WIDTH))).astype(np.float32)
    queries = base[draw.integers(COUNT, size=500)] + 0.1 * draw.normal(size=(500, WIDTH)).astype(np.float32)
    index = faiss.index_factory(WIDTH, "IVF900,Flat")
    index.cp.max_points_per_centroid, index.cp.seed = 64, 5
    index.train(base)
    index.add(base)
    faiss.write_index(index, os.path.join(folder, "lists"))
    base.tofile(os.path.join(folder, "flat"))
    return queries, (base ** 2).sum(1), draw


def lists(folder, queries, threads, ahead):
    """Microseconds of warm and of cold searches with 32 of 900 lists, and MB that a cold one read."""
    path = os.path.join(folder, "lists")

    def opened():
        index = faiss.read_index(path, faiss.IO_FLAG_MMAP)
        index.nprobe = 32
        faiss.downcast_InvertedLists(index.invlists).prefetch_nthread = threads
        return index

    index, cold, read = opened(), [], 0
    for query in queries[:100]:
        index.search(query[None], 10)
    warm = [seconds(index.search, query[None], 10)[0] * 1e6 for query in queries]
    for query in queries[:100]:
        index = None  # unmaps
        forget(path)
        index = opened()
        if not ahead:
            no_read_ahead(path)
        before = read_so_far()
        cold.append(seconds(index.search, query[None], 10, clock=ELAPSED)[0] * 1e6)
        read += read_so_far() - before
    return warm, cold, read / 1e6 / len(cold)


def flat(folder, queries, norms):
    path, step = os.path.join(folder, "flat"), 20_000
    table = np.memmap(path, np.float32, "r", shape=(COUNT, WIDTH))

    def scan(query):
        return min(np.partition(norms[i:i + step] - 2 * (table[i:i + step] @ query), 10)[:10].tolist() for i in range(0, COUNT, step))

    scan(queries[0])
    warm, cold, before = [seconds(scan, query)[0] * 1e6 for query in queries[:100]], [], read_so_far()
    for query in queries[:30]:
        table._mmap.madvise(mmap.MADV_DONTNEED)
        forget(path)
        cold.append(seconds(scan, query, clock=ELAPSED)[0] * 1e6)
    return warm, cold, (read_so_far() - before) / 1e6 / len(cold)


def mixed(ratio, hits, misses):
    """Mean and p99 where `ratio` of the requests cost what hits cost and the others what misses cost; misses do not queue."""
    cost = np.concatenate([hits, misses])
    weight = np.repeat([ratio / len(hits), (1 - ratio) / len(misses)], [len(hits), len(misses)])
    order = np.argsort(cost)
    return cost @ weight, cost[order][np.searchsorted(weight[order].cumsum(), 0.99)]


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--out", default="runs")
    out = options.parse_args().out
    faiss.omp_set_num_threads(1)
    record = Record("embedding-cache-latency-lab", SOURCE, "index_on_disk.py", "Hits, misses and the latency behind a cache before an index on disk",
                    "Measures hits and misses and mixes them by simulated hit ratios.", DATASET, "The host may hold the disk in memory: cold is a lower bound.", ["numpy", "faiss-cpu"])
    cache, answers, costs = Lru(1000), {key: (np.arange(10), np.zeros(10, np.float32)) for key in range(1000)}, {}
    with tempfile.TemporaryDirectory(dir=".") as folder:  # /tmp may be memory
        queries, norms, draw = make(folder)
        for key in answers:
            cache.ask(key)
        hits = [seconds(lambda: cache.ask(key) and answers[key])[0] * 1e6 for key in draw.integers(1000, size=20_000).tolist()]
        for slug, label, threads, ahead in (("", "", 0, True), ("-no-read-ahead", ", no read-ahead", 0, False), ("-32-prefetch-threads", ", 32 prefetch threads", 32, True)):
            warm, cold, read = lists(folder, queries, threads, ahead)
            costs |= {f"ivf-warm{slug}": ("IVF warm" + label, warm, None), f"ivf-cold{slug}": ("IVF cold" + label, cold, read)}
        warm, cold, read = flat(folder, queries, norms)
    costs = {"hit": ("hit", hits, None), **costs, "flat-scan-warm": ("flat scan warm", warm, None), "flat-scan-cold": ("flat scan cold", cold, read)}
    for slug, (label, took, read) in costs.items():
        params = {"searchThreads": 1, **({"diskReadPerQueryMB": round(read, 2)} if read is not None else {})}
        for name, value in (("p50", quantile(took, 0.5)), ("p99", quantile(took, 0.99)), ("mean", float(np.mean(took)))):
            record.row(f"{slug}-{name}", value, "us", f"latency-{name}", label, params, len(took))
    requests = week(1.0)
    for share in (0.001, 0.003, 0.01, 0.03, 0.1):
        for policy in ("lru", "wtinylfu"):
            ratio = hit_ratio(POLICIES[policy][1], int(share * QUERIES), requests)
            for state in ("warm", "cold", "cold-no-read-ahead"):
                params = {"cacheShareOfQueries": f"{share:.1%}", "hitRatio": round(ratio, 3), "misses": costs[f"ivf-{state}"][0][4:], "zipf": 1}
                for name, value in zip(("mean", "p99"), mixed(ratio, hits, costs[f"ivf-{state}"][1])):
                    record.row(f"{policy}-{share * 100:.1f}pct-{state}-{name}".replace(".", "-"), value, "us", f"latency-{name}",
                               f"{POLICIES[policy][0]}, {params['misses']} misses", params, concepts=POLICIES[policy][2])
    record.write(out)


if __name__ == "__main__":
    main()
