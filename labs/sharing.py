"""Simulations of work that shares rows or workers. Deterministic: the seed is 1. python labs/sharing.py"""
import heapq, random


def conflicts(hot, optimistic, clients, slots, work=0.010, trip=0.002, until=150.0):
    """Clients that each change one of `hot` rows, over and over. A try occupies one of `slots` for `work` seconds. With locks a client
    first waits for its row, which costs a `trip` more; without, a try whose row has changed since it began is thrown away and repeated."""
    rng = random.Random(1)
    clock, events, order, free, done, tries = 0.0, [], 0, slots, 0, 0
    ready, version, held, queue, took = [], [0] * hot, [False] * hot, [[] for _ in range(hot)], []

    def at(delay, what, job):
        nonlocal order
        order += 1
        heapq.heappush(events, (clock + delay, order, what, job))

    def begin():
        job = {"row": rng.randrange(hot), "start": clock}
        if optimistic:
            ready.append(job)
        elif held[job["row"]]:
            queue[job["row"]].append(job)
        else:
            held[job["row"]] = True
            at(trip, "locked", job)

    for _ in range(clients):
        begin()
    while clock < until:
        while ready and free:
            job = ready.pop(0)
            free -= 1
            job["seen"] = version[job["row"]]
            at(work * rng.uniform(0.5, 1.5), "done", job)
        clock, _, what, job = heapq.heappop(events)
        row = job["row"]
        if what == "locked":
            ready.append(job)
            continue
        free, tries = free + 1, tries + 1
        if optimistic and version[row] != job["seen"]:
            ready.append(job)
            continue
        version[row] += 1
        done += 1
        took.append(clock - job["start"])
        if not optimistic:
            held[row] = bool(queue[row])
            if queue[row]:
                at(trip, "locked", queue[row].pop(0))
        begin()
    return done / until, 1 - done / tries, sorted(took)[int(len(took) * 0.99)]


def split(tasks, workers, piece, toll):
    """Time until the last of `workers` is done, over the perfect time. `piece` 0: an equal run of tasks for each worker beforehand;
    otherwise each takes the next `piece` tasks when it is free and pays `toll` for taking them."""
    ideal = sum(tasks) / workers
    if piece == 0:
        n = len(tasks) // workers
        return max(sum(tasks[i * n:(i + 1) * n]) for i in range(workers)) / ideal
    free = [0.0] * workers
    for i in range(0, len(tasks), piece):
        heapq.heapreplace(free, free[0] + toll + sum(tasks[i:i + piece]))
    return max(free) / ideal


if __name__ == "__main__":
    for name, clients, slots in ("busy", 32, 8), ("spare", 16, 16):
        for hot in 1, 8, 32, 128, 512, 4096:
            for optimistic in False, True:
                rate, wasted, p99 = conflicts(hot, optimistic, clients, slots)
                print(f"{name} rows {hot:5}  {'versions' if optimistic else 'locks':8}  {rate:6.0f} commits/s  thrown away {wasted:6.1%}  p99 {p99 * 1e3:5.0f} ms")
    rng = random.Random(1)
    even = [1e-3 * rng.uniform(0.9, 1.1) for _ in range(8000)]
    shapes = {"even": even, "tail": [1e-3 * rng.lognormvariate(-1.125, 1.5) for _ in range(8000)], "rising": [2e-3 * i / 8000 for i in range(8000)], "tiny": [t / 1000 for t in even]}
    for name, tasks in shapes.items():
        print(f"{name:7} largest of mean {max(tasks) / sum(tasks) * 8000:.1f} ", *(f"piece {p}: {split(tasks, 8, p, 20e-6):.3f} " for p in (0, 1, 10, 100, 500)))
