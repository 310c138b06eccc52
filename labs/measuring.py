"""What measuring gets wrong: simulations with a fixed seed, standard library only."""
import math, random, statistics as st, sys
def note(*a): print(*a, flush=True)
def q(v, p): v = sorted(v); return v[min(len(v) - 1, math.ceil(p * len(v)) - 1)]
def summary(name, v): note(name, *(f"{p}={q(v, p):.1f}" for p in (.5, .99, .999)), f"mean={st.mean(v):.1f} max={max(v):.0f} n={len(v)}")

def omission(seconds=600, gap=10.0):
    """One server, 4 ms a request; every 60 s it stalls for 2 s. Times in ms."""
    r = random.Random(1); stalls = [(60e3 * k + 30e3, 60e3 * k + 32e3) for k in range(10)]
    def serve(start):
        for a, b in stalls:
            if a <= start < b: start = b
        return start + r.lognormvariate(math.log(4), .3)
    t, closed = 0.0, []                       # one client that waits for each reply, then for its next slot
    while t < seconds * 1e3: done = serve(t); closed.append(done - t); t = max(done, t + gap)
    open_, free = [], 0.0                     # the same rate, arrivals do not wait
    for k in range(int(seconds * 1e3 / gap)):
        arrival = k * gap; free = serve(max(arrival, free)); open_.append(free - arrival)
    fixed = list(closed)                      # add what would have been sent during a long reply
    for x in closed: fixed += [x - gap * i for i in range(1, int(x / gap))]
    for name, v in (("closed", closed), ("open", open_), ("corrected", fixed)):
        summary("omission " + name, v); note("  share over 100 ms, %", 100 * sum(x > 100 for x in v) / len(v))
def windows():
    """A day of minutes; 1,000 to 20 requests a minute by hour; nights have a slow batch; one incident of 20 minutes at the peak."""
    r = random.Random(2); minutes = []
    for m in range(1440):
        n = 1000 if 8 * 60 <= m < 20 * 60 else 20
        slow = 10 if 14 * 60 <= m < 14 * 60 + 20 else 3 if n == 20 else 1
        minutes.append([slow * r.lognormvariate(math.log(50), .6) for _ in range(n)])
    each = [q(v, .99) for v in minutes]; every = [x for v in minutes for x in v]
    note("windows exact p99", q(every, .99), "mean of minutes", st.mean(each), "weighted", sum(e * len(v) for e, v in zip(each, minutes)) / len(every),
         "max of minutes", max(each), "median of minutes", st.median(each), "n", len(every), "share over 300 ms %", 100 * sum(x > 300 for x in every) / len(every))
def lock():
    """Poisson arrivals, one FIFO lock held for 20 us, by one request in 20,000 for 50 ms; 10,000 requests a second."""
    for rate, rare in ((10000, 20000), (10000, 0), (20000, 20000)):
        r = random.Random(3); t = free = 0.0; waits = []; held = 0.0
        for k in range(1_000_000):
            t += r.expovariate(rate) * 1e6; start = max(t, free); hold = 50e3 if rare and r.randrange(rare) == 0 else 20
            free = start + hold; held += hold; waits.append(start - t)
        summary(f"lock us rate={rate} rare={rare} held%={100 * held / free:.1f}", waits); note("  % over 10 ms", 100 * sum(w > 10e3 for w in waits) / len(waits))
def users(trials=1000, people=400, true=0.0):
    """Share of A/A tests that come out significant at 5 %, by page view and by user. Views of one person are alike; some view much."""
    r = random.Random(4); bad = {"views": 0, "users": 0}
    def z(a, b): return abs(st.fmean(a) - st.fmean(b)) / math.sqrt(st.variance(a) / len(a) + st.variance(b) / len(b)) > 1.96
    for _ in range(trials):
        arms = []
        for arm in (0, 1):
            one = []
            for _ in range(people):
                base = r.gauss(6.0, .5); one.append([r.gauss(base, .4) for _ in range(1 + int(r.expovariate(.12)))])
            arms.append(one)
        bad["views"] += z(*([x for u in a for x in u] for a in arms)); bad["users"] += z(*([st.fmean(u) for u in a] for a in arms))
    note("A/A significant %", {k: 100 * v / trials for k, v in bad.items()})
def runs(trials=2000):
    """How often n runs a side find a true slow-down of 5 %, run-to-run spread 5 %, one run in ten disturbed by a further 30 %."""
    r = random.Random(5)
    def one(mean): return mean * r.gauss(1, .05) * (1.3 if r.random() < .1 else 1)
    for n in (3, 5, 10, 20, 40):
        hits = {"mean": 0, "rank": 0}; false = 0; gate = 0; gate_false = 0
        for effect in (1.05, 1.0):
            for _ in range(trials):
                a, b = [one(1) for _ in range(n)], [one(effect) for _ in range(n)]
                u = sum((y > x) + .5 * (y == x) for x in a for y in b); zed = (u - n * n / 2) / math.sqrt(n * n * (2 * n + 1) / 12)
                if effect > 1: hits["rank"] += zed > 1.96; gate += st.fmean(b) > 1.03 * st.fmean(a)
                else: false += zed > 1.96; gate_false += st.fmean(b) > 1.03 * st.fmean(a)
        note(f"runs n={n} rank finds %={100 * hits['rank'] / trials} false %={100 * false / trials} mean-over-3% finds %={100 * gate / trials} false %={100 * gate_false / trials}")
if __name__ == "__main__":
    for f in sys.argv[1:] or ("omission", "windows", "lock", "users", "runs"): globals()[f]()
