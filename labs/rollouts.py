"""Letting a change out: simulations with fixed seeds, standard library only."""
import heapq, math, random, statistics as st, struct, sys
def note(*a): print(*a, flush=True)
def canary(trials=4000, fleet=40, n=36000, p=.01, between=.25, within=.06):
    """Share of requests over a limit, one hour before and one after. Hosts differ lastingly (between) and from hour to hour (within).
    One-sided tests at 5 %: requests as units, hosts as units, each host's change since the hour before."""
    def hour(r, level, k): rate = n * p * level * k * math.exp(r.gauss(0, within)); return max(1, r.gauss(rate, math.sqrt(rate))) / n
    for k in (1, 2, 4, 8):
        for effect in (1, 1.2, 1.5):
            r = random.Random(1); hits = [0, 0, 0]
            for _ in range(trials):
                level = [math.exp(r.gauss(0, between)) for _ in range(fleet)]
                before = [hour(r, l, 1) for l in level]; after = [hour(r, l, effect if i < k else 1) for i, l in enumerate(level)]
                a, b = st.fmean(after[:k]), st.fmean(after[k:])
                hits[0] += (a - b) / math.sqrt(a / (n * k) + b / (n * (fleet - k))) > 1.645
                for j, v in ((1, [math.log(x) for x in after]), (2, [math.log(x / y) for x, y in zip(after, before)])):
                    hits[j] += st.fmean(v[:k]) - st.fmean(v[k:]) > 1.69 * st.stdev(v[k:]) * math.sqrt(1 / k + 1 / (fleet - k))
            note("canary hosts", k, "effect", effect, "flagged % by request, host, change", [round(100 * h / trials, 1) for h in hits])
def looks(trials=20000):
    """The same test of nothing, looked at 1 to 24 times while data come in; flagged if one look exceeds the limit."""
    for m in (1, 4, 12, 24):
        for limit in (1.645, 2.5, 3.0):
            r = random.Random(2); bad = 0
            for _ in range(trials):
                s = 0.0
                for i in range(1, m + 1):
                    s += r.gauss(0, 1)
                    if s / math.sqrt(i) > limit: bad += 1; break
            note("looks", m, "limit", limit, "flagged %", round(100 * bad / trials, 1))
def creep(trials=4000, releases=40, noise=.01, limit=.03):
    """Each release is slower by 0 or 0.75 %; a paired comparison has noise of 1 %; flagged over 3 %, against the last release or a fixed one."""
    for step in (0, .0075):
        for kind in ("last", "anchor"):
            r = random.Random(3); level = []; never = 0
            for _ in range(trials):
                for i in range(1, releases + 1):
                    true = math.log(1 + step) * (i if kind == "anchor" else 1)
                    if true + r.gauss(0, noise) > limit: level.append((1 + step) ** i); break
                else: never += 1
            note("creep step", step, kind, "flagged %", round(100 * (1 - never / trials), 1), "slow-down at first flag, %", round(100 * (st.fmean(level) - 1), 1), "n", len(level))
def two_stores(rate=2000, seconds=200, keys=200000, fail=1e-4):
    """Writers send each change to A, then to B; each arrives after a random time; now and then the writer dies in between. A key is wrong if B
    ends with another value than A. Kinds: as they come; B keeps the higher version given by A; the log of A is applied in order."""
    for kind, delay in (("plain", .003), ("version", .003), ("log", .003), ("plain", .1), ("version", .1)):
        r = random.Random(4); queue, t, A, B, lost = [], 0.0, {}, {}, 0
        for i in range(rate * seconds):
            t += r.expovariate(rate); k = int(keys * r.random() ** 3)
            at = t + r.expovariate(1 / delay); died = r.random() < fail; heapq.heappush(queue, (at, i, 0, k, 0)); lost += died
            if kind != "log" and not died: heapq.heappush(queue, (at + r.expovariate(1 / delay), i, 1, k, 0))
        version = {}; order = {}
        while queue:
            at, i, store, k, _ = heapq.heappop(queue)
            if store == 0:
                A[k] = i; version[k] = order[i] = version.get(k, 0) + 1
                if kind == "log": B[k] = i
            elif kind == "plain" or order[i] > order.get(B.get(k), 0): B[k] = i
        note("two stores", kind, "delay", delay, "keys", len(A), "second writes lost", lost, "wrong", sum(B.get(k) != v for k, v in A.items()), "of", rate * seconds, "writes")
def f32(x): return struct.unpack("f", struct.pack("f", x))[0]
def dots(trials=300, u=2.0 ** -24):
    """Dot products of uniform numbers in float32: error over u * sum |xy|; and how often a limit finds that one term was dropped."""
    for n in (64, 256, 1024, 4096):
        r = random.Random(5); errors = []; drops = {"1e-3": 0, "1e-5": 0, "4 sqrt n u": 0}; alarms = dict(drops)
        for _ in range(trials):
            x = [f32(r.uniform(-1, 1)) for _ in range(n)]; y = [f32(r.uniform(-1, 1)) for _ in range(n)]; s = 0.0
            for a, b in zip(x, y): s = f32(s + f32(a * b))
            exact = math.fsum(a * b for a, b in zip(x, y)); size = math.fsum(abs(a * b) for a, b in zip(x, y)); errors.append(abs(s - exact) / size / u)
            missing = s - x[n // 2] * y[n // 2]
            for name, tol in (("1e-3", 1e-3), ("1e-5", 1e-5), ("4 sqrt n u", 4 * math.sqrt(n) * u)):
                drops[name] += abs(missing - exact) > tol * size; alarms[name] += abs(s - exact) > tol * size
        note("dots n", n, "error in u: median", round(st.median(errors), 2), "max", round(max(errors), 2), "sqrt n", math.sqrt(n), "finds dropped %", {k: round(100 * v / trials, 1) for k, v in drops.items()}, "false %", {k: 100 * v / trials for k, v in alarms.items()})
for f in (canary, looks, creep, two_stores, dots):
    if len(sys.argv) < 2 or sys.argv[1] == f.__name__: f()
