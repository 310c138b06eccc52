"""Cheapest set of sites that covers all districts: all subsets summed anew, by a table, and pruned search; see README.md."""
import random, time
def anew(cost, mask, need):
    best, n = None, len(cost)
    for m in range(1, 1 << n):
        cover = price = 0
        for i in range(n):
            if m >> i & 1: cover |= mask[i]; price += cost[i]
        if cover == need and (best is None or price < best): best = price
    return best
def table(cost, mask, need):
    size = 1 << len(cost)
    cover, price, best = [0] * size, [0] * size, None
    for m in range(1, size):
        low = m & -m
        i, rest = low.bit_length() - 1, m ^ low
        cover[m] = cover[rest] | mask[i]
        price[m] = price[rest] + cost[i]
        if cover[m] == need and (best is None or price[m] < best): best = price[m]
    return best
def pruned(cost, mask, need):
    best = sum(cost) + 1
    def search(covered, spent, banned):
        nonlocal best
        if spent >= best: return
        if covered == need: best = spent; return
        fewest, missing = None, need & ~covered
        while missing:
            bit = missing & -missing
            missing ^= bit
            sites = [i for i in range(len(cost)) if mask[i] & bit and not banned >> i & 1]
            if fewest is None or len(sites) < len(fewest): fewest = sites
        for i in sorted(fewest, key=lambda i: cost[i]):
            search(covered | mask[i], spent + cost[i], banned)
            banned |= 1 << i
    search(0, 0, 0)
    return best
if __name__ == "__main__":
    for n, methods in ((16, (anew, table, pruned)), (20, (anew, table, pruned)), (22, (table, pruned)), (40, (pruned,)), (46, (pruned,))):
        R = random.Random(1)
        cost, mask = [R.randrange(10, 100) for _ in range(n)], [0] * n
        for d in range(3 * n // 2):
            for i in R.sample(range(n), 3): mask[i] |= 1 << d
        found = set()
        for f in methods:
            took = []
            for _ in range(1 if f is anew else 3):
                t = time.process_time(); found.add(f(cost, mask, (1 << 3 * n // 2) - 1)); took.append(time.process_time() - t)
            print(n, f.__name__, f"{min(took):.4f} s")
        assert len(found) == 1, found
