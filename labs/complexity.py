"""Small timings behind the answers on complexity and data structures. CPU time, minimum of repeats, seed fixed."""
import bisect, heapq, json, random, sys, time, tracemalloc, math, hashlib
import numpy as np, pandas as pd
out = {}
def cpu(f, repeats=5):
    best = math.inf
    for _ in range(repeats):
        t = time.process_time(); f(); best = min(best, time.process_time() - t)
    return best
def note(name, value): out[name] = value; print(name, value, flush=True)

# 1 hidden quadratic -------------------------------------------------------
def visitors_slow(rows):
    seen = []
    while rows:
        user, page = rows[0]
        rows = rows[1:]
        if user not in seen:
            seen.append(user)
    return len(seen)
def visitors_fast(rows):
    return len({user for user, page in rows})
def only_slice(rows):
    n = 0
    while rows:
        rows = rows[1:]; n += 1
    return n
def only_list(rows):
    seen = []
    for user, page in rows:
        if user not in seen: seen.append(user)
    return len(seen)
def quad():
    r = random.Random(1)
    for n in (5000, 10000, 20000, 40000):
        rows = [("u%d" % r.randrange(n), "/p") for _ in range(n)]
        assert visitors_slow(rows) == visitors_fast(rows) == only_list(rows)
        note(f"quad slow {n}", cpu(lambda: visitors_slow(rows), 3 if n < 40000 else 2))
        note(f"quad list-only {n}", cpu(lambda: only_list(rows), 2))
        note(f"quad slice-only {n}", cpu(lambda: only_slice(rows), 3))
        note(f"quad fast {n}", cpu(lambda: visitors_fast(rows), 9))
# 2 growing array ----------------------------------------------------------
def copies(n, grow):
    cap = size = moved = worst = 0; grows = 0
    cap = 8
    for size in range(n):
        if size == cap:
            moved += size; worst = size; cap = grow(cap); grows += 1
    return moved, worst, grows, cap
def grow():
    for n in (100000, 1000000):
        for name, g in (("double", lambda c: 2*c), ("x1.5", lambda c: c + c//2), ("plus1000", lambda c: c+1000)):
            note(f"grow {name} {n}", copies(n, g))
    # list append: worst single append vs mean
    n = 4_000_000; a = []; worst = 0; t0 = time.perf_counter_ns()
    for i in range(n):
        t = time.perf_counter_ns(); a.append(i); d = time.perf_counter_ns() - t
        if d > worst: worst = d
    note("grow list worst append ns", worst)
    # sizes of a Python list
    a = []; caps = []; last = 0
    for i in range(1000000):
        a.append(None); s = sys.getsizeof(a)
        if s != last: caps.append((len(a), s)); last = s
    note("grow list resizes in 1M", len(caps))
    # persistent append by copying
    for n in (2000, 4000, 8000):
        def f():
            x = ()
            for i in range(n): x = x + (i,)
        note(f"grow copy-append {n}", cpu(f, 3))
        def f2():
            x = []
            for i in range(n): x.append(i)
        note(f"grow list-append {n}", cpu(f2, 9))
# 3 counting against sorting -----------------------------------------------
def count():
    g = np.random.default_rng(1); n = 1_000_000
    for bits in (8, 12, 16, 20, 22, 24, 26, 28):
        x = g.integers(0, 1 << bits, n, dtype=np.int64)
        note(f"count bincount 2^{bits}", cpu(lambda: np.bincount(x, minlength=1 << bits), 3))
        note(f"count sort 2^{bits}", cpu(lambda: np.sort(x, kind="quicksort"), 3))
# 4 inversions -------------------------------------------------------------
def pairs(a):
    if len(a) < 2: return a, 0
    m = len(a) // 2
    left, x = pairs(a[:m]); right, y = pairs(a[m:])
    cross = sum(v > w for v in left for w in right)
    return sorted(left + right), x + y + cross
def merged(a):
    if len(a) < 2: return a, 0
    m = len(a) // 2
    left, x = merged(a[:m]); right, y = merged(a[m:])
    out, i, cross = [], 0, 0
    for w in right:
        while i < len(left) and left[i] <= w:
            out.append(left[i]); i += 1
        out.append(w); cross += len(left) - i
    return out + left[i:], x + y + cross
def inv():
    r = random.Random(1)
    for n in (1000, 2000, 4000, 8000):
        a = [r.random() for _ in range(n)]
        assert pairs(a)[1] == merged(a)[1]
        note(f"inv pairs {n}", cpu(lambda: pairs(a), 3)); note(f"inv merged {n}", cpu(lambda: merged(a), 7))
    for n in (16000, 32000, 64000, 128000):
        a = [r.random() for _ in range(n)]
        note(f"inv merged {n}", cpu(lambda: merged(a), 5))
# 5 LCS --------------------------------------------------------------------
def table(a, b):
    t = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            t[i+1][j+1] = t[i][j] + 1 if x == y else max(t[i][j+1], t[i+1][j])
    i, j, out = len(a), len(b), []
    while i and j:
        if a[i-1] == b[j-1]: out.append(a[i-1]); i -= 1; j -= 1
        elif t[i-1][j] >= t[i][j-1]: i -= 1
        else: j -= 1
    return out[::-1]
def last_row(a, b):
    row = [0] * (len(b) + 1)
    for x in a:
        diagonal = 0
        for j, y in enumerate(b):
            above = row[j + 1]
            row[j + 1] = diagonal + 1 if x == y else max(above, row[j])
            diagonal = above
    return row
def hirschberg(a, b):
    if not a or not b: return []
    if len(a) == 1: return a[:] if a[0] in b else []
    m = len(a) // 2
    top = last_row(a[:m], b)
    bottom = last_row(a[m:][::-1], b[::-1])[::-1]
    k = max(range(len(b) + 1), key=lambda j: top[j] + bottom[j])
    return hirschberg(a[:m], b[:k]) + hirschberg(a[m:], b[k:])
def lcs():
    r = random.Random(1)
    for n in (500, 1000, 2000):
        a = [r.randrange(50) for _ in range(n)]; b = [r.randrange(50) for _ in range(n)]
        assert len(table(a, b)) == last_row(a, b)[-1] == len(hirschberg(a, b))
        for name, f in (("table", table), ("row", last_row), ("hirschberg", hirschberg)):
            note(f"lcs {name} {n} s", cpu(lambda: f(a, b), 3))
            tracemalloc.start(); f(a, b); note(f"lcs {name} {n} peak", tracemalloc.get_traced_memory()[1]); tracemalloc.stop()
# 6 exponent ---------------------------------------------------------------
def slope(sizes, seconds):
    xs = [math.log(n) for n in sizes]; ys = [math.log(t) for t in seconds]
    mx = sum(xs)/len(xs); my = sum(ys)/len(ys)
    return sum((x-mx)*(y-my) for x, y in zip(xs, ys)) / sum((x-mx)**2 for x in xs)
def exponent():
    r = random.Random(1)
    sizes = [1 << k for k in range(12, 21)]
    data = {n: [r.random() for _ in range(n)] for n in sizes}
    t = [cpu(lambda: sorted(data[n]), 5) for n in sizes]
    for n, s in zip(sizes, t): note(f"exp sort {n}", s)
    note("exp slope sorted", slope(sizes, t))
    g = np.random.default_rng(1)
    sizes = [1 << k for k in range(12, 26)]
    t, seq = [], []
    for n in sizes:
        a = np.arange(n, dtype=np.int64); idx = g.permutation(n); o = np.empty_like(a)
        t.append(cpu(lambda: np.take(a, idx, out=o, mode="clip"), 7)); seq.append(cpu(lambda: np.take(a, a, out=o, mode="clip"), 7))
        note(f"exp gather random {n} ns/elem", t[-1]/n*1e9); note(f"exp gather seq {n} ns/elem", seq[-1]/n*1e9)
    note("exp slope gather random 2^12-2^24", slope(sizes[:13], t[:13])); note("exp slope gather seq", slope(sizes[:13], seq[:13]))
    lo = [i for i, n in enumerate(sizes) if 1<<17 <= n <= 1<<22]
    note("exp slope gather random 2^17-2^22", slope([sizes[i] for i in lo], [t[i] for i in lo]))
    # fixed overhead: too small sizes
    sizes = [10, 20, 40, 80, 160]
    def selfjoin(n): return sum(1 for i in range(n) for j in range(n) if (i ^ j) == 3)
    def call(n):
        for _ in range(200): pass
        return selfjoin(n)
    for lo in ([10,20,40,80],[400,800,1600]):
        t = [min(cpu(lambda: [call(n) for _ in range(5)], 5) for _ in range(2)) for n in lo]
        note(f"exp selfjoin slope {lo}", slope(lo, t))
# 7 quantiles --------------------------------------------------------------
class Latencies:
    def __init__(self, error=0.01):
        self.gamma = (1 + error) / (1 - error); self.counts = {}; self.n = 0
    def add(self, x):
        k = math.ceil(math.log(x, self.gamma)); self.counts[k] = self.counts.get(k, 0) + 1; self.n += 1
    def merge(self, other):
        for k, c in other.counts.items(): self.counts[k] = self.counts.get(k, 0) + c
        self.n += other.n
    def quantile(self, q):
        rank = q * (self.n - 1); seen = 0
        for k in sorted(self.counts):
            seen += self.counts[k]
            if seen > rank: return 2 * self.gamma ** k / (self.gamma + 1)
def quantiles():
    r = random.Random(1); hosts = []; everything = []
    for h in range(20):
        sk = Latencies(); slow = 10 if h == 0 else 1; m = 50000 if h else 20000
        xs = [slow * r.lognormvariate(3, 0.8) for _ in range(m)]
        for x in xs: sk.add(x)
        hosts.append((sk, sorted(xs))); everything += xs
    everything.sort(); n = len(everything)
    exact = lambda s, q: s[int(q * (len(s) - 1))]
    all_ = Latencies()
    for sk, _ in hosts: all_.merge(sk)
    for q in (0.5, 0.99, 0.999):
        note(f"q exact {q}", exact(everything, q)); note(f"q sketch {q}", all_.quantile(q))
        note(f"q average of hosts {q}", sum(exact(s, q) for _, s in hosts)/20)
    note("q n", n); note("q buckets", len(all_.counts)); note("q buckets max host", max(len(s.counts) for s, _ in hosts))
    note("q exact bytes 8*n", 8*n)
    xs = everything[:]; r.shuffle(xs); xs = xs[:200000]
    def f():
        s = Latencies()
        for x in xs: s.add(x)
    note("q add ns", cpu(f, 3)/len(xs)*1e9)
    # two heaps
    def g():
        lo, hi = [], []
        for x in xs:
            heapq.heappush(lo, -heapq.heappushpop(hi, x))
            if len(lo) > len(hi): heapq.heappush(hi, -heapq.heappop(lo))
    note("q two-heaps ns", cpu(g, 3)/len(xs)*1e9)
# 8 priority queue: hold model (pop the earliest timer, push one later) -------
def pq():
    for n in (100, 1000, 10000, 100000, 1000000):
        r = random.Random(1); ops = 100000
        delays = [r.randrange(1, 1000) for _ in range(ops)]
        start = [r.randrange(1, 1000) for _ in range(n)]
        def heap():
            h = start[:]; heapq.heapify(h)
            for d in delays:
                heapq.heapreplace(h, h[0] + d)
        def sortedlist():
            s = sorted((-x for x in start))       # earliest last: pop() is O(1)
            for d in delays:
                t = -s.pop(); bisect.insort(s, -(t + d))
        def scan():
            s = start[:]
            for d in delays[:2000]:
                i = s.index(min(s)); s[i] += d
        def bucket():
            wheel = [[] for _ in range(1024)]; 
            for x in start: wheel[x & 1023].append(x)
            now = 0
            for d in delays:
                while not wheel[now & 1023]: now += 1
                t = wheel[now & 1023].pop(); wheel[(t + d) & 1023].append(t + d)
        base = cpu(lambda: sorted(start), 3)
        for name, f in (("heap", heap), ("sorted list", sortedlist), ("bucket", bucket)):
            note(f"pq {name} {n} ns/op", cpu(f, 3)/ops*1e9)
        if n <= 10000: note(f"pq scan {n} ns/op", cpu(scan, 3)/2000*1e9)
# 9 top k ------------------------------------------------------------------
def topk():
    n = 1_000_000; r = random.Random(1); x = [r.random() for _ in range(n)]
    note("topk sort", cpu(lambda: sorted(x, reverse=True)[:10], 3)); note("topk sort half", cpu(lambda: sorted(x, reverse=True)[:500000], 3))
    for k in (10, 100, 1000, 10000, 100000, 300000, 500000):
        note(f"topk nlargest {k}", cpu(lambda: heapq.nlargest(k, x), 3))
    xs = sorted(x)   # worst order for a heap of k: every element enters
    for k in (100, 1000): note(f"topk nlargest ascending {k}", cpu(lambda: heapq.nlargest(k, xs), 2))
    note("topk sort ascending", cpu(lambda: sorted(xs, reverse=True)[:10], 3))
    tracemalloc.start(); heapq.nlargest(100, iter(x)); note("topk heap 100 peak", tracemalloc.get_traced_memory()[1]); tracemalloc.stop()
    tracemalloc.start(); sorted(x); note("topk sort peak", tracemalloc.get_traced_memory()[1]); tracemalloc.stop()
    # Misra-Gries on a skewed stream
    m = 1_000_000; w = [1/(i+1) for i in range(100000)]
    stream = random.Random(2).choices(range(100000), weights=w, k=m)
    def frequent(stream, k):
        c = {}
        for s in stream:
            if s in c: c[s] += 1
            elif len(c) < k: c[s] = 1
            else:
                for key in list(c):
                    c[key] -= 1
                    if not c[key]: del c[key]
        return c
    exact = {}
    for s in stream: exact[s] = exact.get(s, 0) + 1
    top = sorted(exact, key=exact.get, reverse=True)
    note("topk distinct", len(exact)); note("topk true 10th", exact[top[9]]); note("topk true 20th", exact[top[19]])
    for k in (100, 1000):
        c = frequent(stream, k); got = sorted(c, key=c.get, reverse=True)[:10]
        note(f"topk misra-gries {k} found of 10", len(set(got) & set(top[:10]))); note(f"topk misra-gries {k} undercount max of top10", max(exact[t]-c.get(t,0) for t in top[:10]))
# 10 calendar --------------------------------------------------------------
def peak(bookings):
    events = sorted((t, step) for start, end in bookings for t, step in ((start, 1), (end, -1)))
    now = best = 0
    for _, step in events:
        now += step; best = max(best, now)
    return best
class Room:
    def __init__(self): self.starts, self.ends = [], []
    def book(self, start, end):
        i = bisect.bisect_left(self.ends, start + 1)       # first booking that ends after start
        if i < len(self.starts) and self.starts[i] < end: return False
        self.starts.insert(i, start); self.ends.insert(i, end)
        return True
class SlowRoom:
    def __init__(self): self.all = []
    def book(self, start, end):
        if any(s < end and start < e for s, e in self.all): return False
        self.all.append((start, end)); return True
def brute_peak(b): return max(sum(s <= t < e for s, e in b) for t, _ in b)
def calendar():
    r = random.Random(1)
    for n in (1000, 2000, 4000, 8000):
        b = [(s := r.randrange(n * 60), s + r.randrange(15, 120)) for _ in range(n)]
        if n <= 4000: assert peak(b) == brute_peak(b); note(f"cal brute {n}", cpu(lambda: brute_peak(b), 1))
        note(f"cal sweep {n}", cpu(lambda: peak(b), 5))
        a, s = Room(), SlowRoom(); assert [a.book(*x) for x in b] == [s.book(*x) for x in b]
    for n in (1000, 10000, 100000):
        span = n * 300
        reqs = [(s := r.randrange(span), s + r.randrange(15, 120)) for _ in range(2 * n)]
        room = Room(); acc = sum(room.book(*x) for x in reqs); more = [(s := r.randrange(span), s + 30) for _ in range(2000)]
        note(f"cal room accepted {n}", acc)
        import copy
        def f():
            rm = Room(); rm.starts = room.starts[:]; rm.ends = room.ends[:]
            for x in more: rm.book(*x)
        def z():
            rm = Room(); rm.starts = room.starts[:]; rm.ends = room.ends[:]
        note(f"cal book sorted {n} ns", (cpu(f, 3)-cpu(z, 3))/2000*1e9)
        sl = SlowRoom(); sl.all = list(zip(room.starts, room.ends)); few = more[:100]
        def h():
            k = SlowRoom(); k.all = sl.all[:]
            for x in few: k.book(*x)
        note(f"cal book scan {n} ns", cpu(h, 2)/100*1e9)
    b = [(s := r.randrange(100000 * 60), s + r.randrange(15, 120)) for _ in range(100000)]
    note("cal sweep 100000", cpu(lambda: peak(b), 5))
# 11 placement -------------------------------------------------------------
def h64(x): return int.from_bytes(hashlib.blake2b(str(x).encode(), digest_size=8).digest(), "big")
def ring():
    keys = [h64(("k", i)) for i in range(200000)]
    def build(nodes, v):
        pts = sorted((h64(("n", n, j)), n) for n in nodes for j in range(v))
        hs = [p for p, _ in pts]; own = [n for _, n in pts]
        return lambda k: own[bisect.bisect_left(hs, k) % len(hs)]
    mod = lambda nodes: (lambda k: nodes[k % len(nodes)])
    hrw = None
    slots = 4096
    def directory(nodes, old=None):
        # fixed slots, assigned; adding a node takes slots evenly from the others
        if old is None: return [nodes[i % len(nodes)] for i in range(slots)]
        new = old[:]; n = nodes[-1]; want = slots // len(nodes); byn = {}
        for i, o in enumerate(old): byn.setdefault(o, []).append(i)
        while want:
            big = max(byn, key=lambda q: len(byn[q])); new[byn[big].pop()] = n; want -= 1
        return new
    a, b = list(range(20)), list(range(21))
    def stats(f, g, nodes):
        before = [f(k) for k in keys]; after = [g(k) for k in keys]
        moved = sum(x != y for x, y in zip(before, after)) / len(keys)
        load = {}; 
        for x in before: load[x] = load.get(x, 0) + 1
        return moved, max(load.values()) / (len(keys) / len(nodes))
    note("ring mod 20->21", stats(mod(a), mod(b), a))
    for v in (1, 10, 100, 1000):
        note(f"ring v={v} 20->21", stats(build(a, v), build(b, v), a))
    d = directory(a); e = directory(b, d)
    note("ring slots 20->21", stats(lambda k: d[k % slots], lambda k: e[k % slots], a))
    f = build(a, 100)
    note("ring lookup v=100 ns", cpu(lambda: [f(k) for k in keys[:20000]], 3)/20000*1e9)
    note("ring slot lookup ns", cpu(lambda: [d[k % slots] for k in keys[:20000]], 3)/20000*1e9)
    # skew: one hot key takes 10 % of requests
    # 12 hash against sort for distinct
def distinct():
    g = np.random.default_rng(1)
    for n in (10000, 100000, 1000000, 10000000):
        x = g.integers(0, n, n, dtype=np.int64); s = np.sort(x)
        for name, a in (("random", x), ("sorted", s)):
            r = 5 if n < 10**7 else 2
            note(f"distinct hash {name} {n}", cpu(lambda: pd.unique(a), r))
            note(f"distinct sort {name} {n}", cpu(lambda: (lambda y: y[np.concatenate(([True], y[1:] != y[:-1]))])(np.sort(a, kind='stable')), r))
        note(f"distinct run {n}", cpu(lambda: s[np.concatenate(([True], s[1:] != s[:-1]))], 3))
# 13 dict against sorted list ----------------------------------------------
def lookup():
    for n in (10, 100, 1000, 10000, 100000, 1000000):
        r = random.Random(1); ks = r.sample(range(1 << 40), n); d = dict.fromkeys(ks, 1); s = sorted(ks); q = [r.choice(ks) for _ in range(50000)]
        note(f"lookup dict {n} ns", cpu(lambda: [d[k] for k in q], 5)/50000*1e9)
        note(f"lookup bisect {n} ns", cpu(lambda: [bisect.bisect_left(s, k) for k in q], 5)/50000*1e9)
        if n <= 1000: note(f"lookup scan {n} ns", cpu(lambda: [s.index(k) for k in q[:2000]], 3)/2000*1e9)
        if n >= 1000:
            lo, hi = s[n//2], s[n//2 + 100]
            note(f"lookup range100 sorted {n} us", cpu(lambda: [s[bisect.bisect_left(s, lo):bisect.bisect_right(s, hi)] for _ in range(1000)], 3)/1000*1e6)
            note(f"lookup range100 dict {n} us", cpu(lambda: [k for k in d if lo <= k <= hi], 3)*1e6)
        import sys as _s
        note(f"lookup dict bytes/entry {n}", _s.getsizeof(d)/n); note(f"lookup list bytes/entry {n}", _s.getsizeof(s)/n)
# 14 colliding keys --------------------------------------------------------
class Weak:
    __slots__ = ("v",)
    def __init__(self, v): self.v = v
    def __eq__(self, o): return self.v == o.v
    def __hash__(self): return 1
class Fine(Weak):
    __slots__ = ()
    def __hash__(self): return hash(self.v)
def collide():
    for n in (500, 1000, 2000, 4000):
        note(f"collide weak {n}", cpu(lambda: dict.fromkeys([Weak(i) for i in range(n)]), 3))
        note(f"collide fine {n}", cpu(lambda: dict.fromkeys([Fine(i) for i in range(n)]), 5))
    # crafted ints: multiples of 2^61-1 hash to 0
    M = (1 << 61) - 1
    for n in (1000, 2000, 4000, 8000):
        evil = [i * M for i in range(n)]; good = [i * (M - 1) for i in range(n)]
        note(f"collide crafted ints {n}", cpu(lambda: set(evil), 3)); note(f"collide other ints {n}", cpu(lambda: set(good), 5))
todo = sys.argv[1:] or ["quad","grow","count","inv","lcs","exponent","quantiles","pq","topk","calendar","ring","distinct","lookup","collide"]
for name in todo:
    print("##", name); globals()[name]()
json.dump(out, open(f"results-{'-'.join(todo)[:40]}.json", "w"), indent=1)
