"""The vectors and the indexes of vector_search.py and vector_updates.py. Seed 7.

1,000 overlapping Gaussian clusters in 64 latent dimensions of falling scale, turned into 128 by a random rotation, plus a little noise: no
dimension is useless and no cluster is an island. A smaller collection is a prefix of a larger one; queries are other draws of the same stream."""
import os
import tempfile

import faiss
import hnswlib
import numpy as np

WIDTH, NEAREST, SEED, LINKS, EFFORT = 128, 10, 7, 16, 100
CORES = os.cpu_count()
DATASET = "synthetic: 1,000 overlapping Gaussian clusters, 64 latent dimensions of falling scale rotated to 128-d, float32, seed 7; 2,000 fresh queries"
PACKAGES = ["numpy", "faiss-cpu", "hnswlib"]
SOURCE = "fulcrum-labs-vector-search"


def stream(total):
    draw = np.random.default_rng(SEED)
    centres = draw.normal(0, 1, (1000, 64))
    fall = np.arange(1, 65) ** -0.5
    turn = np.linalg.qr(draw.normal(size=(WIDTH, 64)))[0].T
    made = np.empty((-(-total // 100_000) * 100_000, WIDTH), np.float32)  # whole chunks, or a shorter stream would not be a prefix
    for some in made.reshape(-1, 100_000, WIDTH):
        latent = (centres[draw.integers(1000, size=len(some))] + draw.normal(size=(len(some), 64))) * fall
        some[:] = latent @ turn + 0.02 * draw.normal(size=some.shape)
    return made[:total]


class Held:
    """An index under test: how to search it, set its effort, choose its threads and tell its bytes."""
    knob, tool = None, "faiss"

    def __init__(self, index):
        self.index, self.threads = index, faiss.omp_set_num_threads

    def search(self, queries):
        return self.index.search(queries, NEAREST)[1]

    def bytes(self):
        return faiss.serialize_index(self.index).nbytes


class Lists(Held):
    knob = "nprobe"

    def effort(self, value):
        self.index.nprobe = value


class Graph(Held):
    knob = "efSearch"

    def effort(self, value):
        self.index.hnsw.efSearch = value


class OtherGraph(Held):
    knob, tool = "efSearch", "hnswlib"

    def __init__(self, base):
        self.index = hnswlib.Index("l2", WIDTH)
        self.index.init_index(len(base) + 3000, M=LINKS, ef_construction=EFFORT, random_seed=SEED)
        self.threads, self.effort = self.index.set_num_threads, self.index.set_ef
        self.threads(CORES)
        self.index.add_items(base)

    def search(self, queries):
        return self.index.knn_query(queries, k=NEAREST)[0]

    def bytes(self):
        with tempfile.NamedTemporaryFile() as file:
            self.index.save_index(file.name)
            return os.path.getsize(file.name)


def exact(base):
    index = faiss.IndexFlatL2(WIDTH)
    index.add(base)
    return Held(index)


def graph(base):
    index = faiss.IndexHNSWFlat(WIDTH, LINKS)
    index.hnsw.efConstruction = EFFORT
    index.add(base)
    return Graph(index)


def lists(base, codes=False):
    coarse, count = faiss.IndexFlatL2(WIDTH), int(2 * np.sqrt(len(base)))
    index = faiss.IndexIVFPQ(coarse, WIDTH, count, 16, 8) if codes else faiss.IndexIVFFlat(coarse, WIDTH, count)
    index.cp.max_points_per_centroid, index.cp.seed, index.cp.niter = 64, SEED, 10
    index.train(base)
    index.add(base)
    return Lists(index)


def rescored(held, base):
    index = faiss.IndexRefineFlat(held.index, faiss.swig_ptr(base))
    index.k_factor = 10
    return Held(index)


# slug: (label, build, efforts, concepts)
KINDS = {
    "exact": ("exact (IndexFlat)", exact, [None], ["brute-force-search"]),
    "ivf": ("IVF-Flat", lists, [4, 16, 64, 128], ["inverted-file-index"]),
    "ivfpq": ("IVF-PQ 16 bytes", lambda base: lists(base, True), [16, 64], ["product-quantization"]),
    "hnsw": ("HNSW (FAISS)", graph, [16, 64, 256], ["hnsw"]),
    "hnswlib": ("HNSW (hnswlib)", OtherGraph, [16, 64, 256], ["hnsw"]),
}
