"""One nearest-centre step in five forms: time, peak memory, and what cancellation does to the answer. CPU time, seed fixed."""
import time, tracemalloc
import numpy as np
from numba import njit

def broadcast(points, centres):
    return ((points[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2).argmin(axis=1)

def by_centre(points, centres):
    best = np.full(len(points), np.inf); label = np.zeros(len(points), dtype=np.int64)
    for k, centre in enumerate(centres):
        distance = ((points - centre) ** 2).sum(axis=1)
        nearer = distance < best
        best[nearer] = distance[nearer]; label[nearer] = k
    return label

def by_product(points, centres):
    return ((centres ** 2).sum(axis=1) - 2 * points @ centres.T).argmin(axis=1)

@njit
def compiled(points, centres):
    label = np.zeros(len(points), dtype=np.int64)
    for i in range(len(points)):
        best = np.inf
        for k in range(len(centres)):
            distance = 0.0
            for j in range(points.shape[1]):
                step = points[i, j] - centres[k, j]
                distance += step * step
            if distance < best:
                best = distance; label[i] = k
    return label

def plain(points, centres):
    label = []
    for point in points.tolist():
        best, at = float("inf"), 0
        for k, centre in enumerate(centres_list):
            distance = sum((a - b) ** 2 for a, b in zip(point, centre))
            if distance < best: best, at = distance, k
        label.append(at)
    return np.array(label)

def cpu(f, repeats):
    best = float("inf")
    for _ in range(repeats):
        start = time.process_time(); f(); best = min(best, time.process_time() - start)
    return best * 1e3

random = np.random.default_rng(1)
centres = random.normal(size=(64, 8)); centres_list = centres.tolist()
start = time.process_time(); compiled(random.normal(size=(2, 8)), centres)
print("compiling", round((time.process_time() - start) * 1e3), "ms")
for n in (100, 10_000, 100_000):
    points = random.normal(size=(n, 8))
    want = compiled(points, centres)
    for form in (broadcast, by_centre, by_product, compiled, plain):
        if form is plain and n > 10_000: continue
        assert (form(points, centres) == want).all(), form
        took = cpu(lambda: form(points, centres), 200 if n == 100 else 5)
        tracemalloc.start(); form(points, centres); peak = tracemalloc.get_traced_memory()[1]; tracemalloc.stop()
        print(n, form.__name__, f"{took:.4g} ms, peak {peak / 2**20:.2f} MiB")
for shift in (0, 1e3, 1e6, 1e8):
    points = random.normal(size=(10_000, 8)) + shift
    wrong = {f.__name__: float((f(points, centres + shift) != compiled(points, centres + shift)).mean()) for f in (broadcast, by_product)}
    print("shift", shift, wrong)
