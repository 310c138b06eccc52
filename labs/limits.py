"""A simulated server behind a limit on requests in progress: fixed, additive increase with multiplicative decrease, or by the ratio of the
least recent average latency to the present one. It has 16 slots, then 4, then 64. Deterministic: the seed is 1. python labs/limits.py"""
import heapq, random


class Fixed:
    def __init__(self, limit): self.limit = limit
    def seen(self, took): pass


class Aimd:
    """One more for each full round of answers in time, a tenth less when one is late (at most once in a round)."""
    def __init__(self, late): self.limit, self.late, self.quiet = 20.0, late, 0
    def seen(self, took):
        self.quiet -= 1
        if took > self.late and self.quiet <= 0: self.limit, self.quiet = max(4, self.limit * 0.9), self.limit
        elif took <= self.late: self.limit = min(1000, self.limit + 1 / self.limit)


class Gradient:
    """Twice the least average of the last two blocks of answers over the present average, times the limit, plus its square root, smoothed."""
    def __init__(self, block): self.limit, self.block, self.count, self.short, self.last, self.least = 20.0, block, 0, 0.0, 9.0, 9.0
    def seen(self, took):
        self.count += 1
        self.short += (took - self.short) * 0.05 if self.short else took
        self.least = min(self.least, self.short)
        slope = max(0.5, min(1.0, 2 * min(self.least, self.last) / self.short))
        self.limit = max(4, min(1000, self.limit * 0.98 + 0.02 * (self.limit * slope + self.limit ** 0.5)))
        if self.count % self.block == 0: self.last, self.least = self.least, self.short


def run(limit, rate, service=0.02, patience=0.2, third=60.0):
    """`rate` requests a second arrive at random. Returns answers in time per second and the p99 for each third of the run."""
    rng, clock, events, order = random.Random(1), 0.0, [], 0
    line, busy, inside, useful, times = [], 0, 0, [0, 0, 0], [[], [], []]
    heapq.heappush(events, (0.0, 0, None))
    while True:
        clock, _, began = heapq.heappop(events)
        if clock >= 3 * third:
            break
        now = int(clock / third)
        if began is None:
            order += 1
            heapq.heappush(events, (clock + rng.expovariate(rate), order, None))
            if inside < limit.limit:
                inside += 1
                line.append(clock)
        else:
            inside, busy = inside - 1, busy - 1
            times[now].append(clock - began)
            useful[now] += clock - began <= patience
            limit.seen(clock - began)
        while line and busy < (16, 4, 64)[now]:
            busy, order = busy + 1, order + 1
            heapq.heappush(events, (clock + rng.expovariate(1 / service), order, line.pop(0)))
    return [(u / third, sorted(t)[int(len(t) * 0.99)] * 1e3) for u, t in zip(useful, times)]


if __name__ == "__main__":
    for rate in 150, 2400:
        for name, limit in ("fixed 32", Fixed(32)), ("fixed 128", Fixed(128)), ("fixed 1000", Fixed(1000)), ("aimd", Aimd(0.15)), ("gradient 1000", Gradient(1000)), ("gradient 20000", Gradient(20000)):
            print(f"{rate}/s offered  {name:14}", *(f"{u:5.0f}/s p99 {p:5.0f} ms |" for u, p in run(limit, rate)), f"last limit {limit.limit:.0f}")
