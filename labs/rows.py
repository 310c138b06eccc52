"""Fewer steps over rows: selection and joins. rows.py [PART]; CPU time, least of repeats, seed fixed."""
import math, sys, time
import numpy as np, pandas as pd, polars as pl
def cpu(f, repeats=5):
    best = math.inf
    for _ in range(repeats):
        t = time.process_time(); f(); best = min(best, time.process_time() - t)
    return best
def note(name, seconds): print(f"{name}: {seconds*1e3:.4g} ms", flush=True)
# selection
def select():
    g = np.random.default_rng(1); x = g.random(10_000_000, dtype=np.float64); y = np.sort(x); tail = g.random(1000)
    note("sort 10m", cpu(lambda: np.sort(x), 3)); note("partition 10m", cpu(lambda: np.partition(x, 9_900_000), 3)); note("max 10m", cpu(lambda: x.max(), 3))
    z = np.concatenate([y, tail])
    note("stable sort of sorted 10m and 1000 new", cpu(lambda: np.sort(z, kind="stable"), 3)); note("quick sort of the same", cpu(lambda: np.sort(z), 3))
    note("insert 1000 into sorted 10m", cpu(lambda: np.insert(y, np.searchsorted(y, np.sort(tail)), np.sort(tail)), 3))
# 5 price valid at the time of each event, m price changes
def joins():
    for n, m in ((2000, 1000), (20000, 10000), (200000, 100000)):
        g = np.random.default_rng(1); at = np.sort(g.choice(10**8, m, replace=False)); price = g.random(m); when = g.integers(at[0], 10**8, n)
        lists, ev = (at.tolist(), price.tolist()), when.tolist()
        def loop():
            total = 0.0
            for w in ev:
                for i in range(m - 1, -1, -1):
                    if lists[0][i] <= w: total += lists[1][i]; break
            return total
        def masks(): return sum(price[np.flatnonzero(at <= w)[-1]] for w in when)
        def halving(): return price[np.searchsorted(at, when, side="right") - 1].sum()
        e, p = pd.DataFrame({"t": when}), pd.DataFrame({"t": at, "price": price}); le, lp = pl.from_pandas(e), pl.from_pandas(p)
        def asof(): return pd.merge_asof(e.sort_values("t"), p, on="t")["price"].sum()
        def polars(): return le.sort("t").join_asof(lp, on="t")["price"].sum()
        if n <= 20000: note(f"prices loop {n}x{m}", cpu(loop, 1)); note(f"prices mask per event {n}x{m}", cpu(masks, 1))
        note(f"prices halving {n}x{m}", cpu(halving)); note(f"prices merge_asof {n}x{m}", cpu(asof)); note(f"prices polars join_asof {n}x{m}", cpu(polars))
        assert math.isclose(halving(), asof(), rel_tol=1e-9)
for part in sys.argv[1:] or ["select", "joins"]: globals()[part]()
