"""Simulations of a result cache: hit ratio by policy, size and skew; a change of model on day four; staleness by time to live.

python cache_policies.py [--out runs]; see README.md. Seed 5 (6 for how fast answers change). A week of 60,000 requests a day over 100,000 queries
by Zipf's law; each night a tenth of the ranks change places. The first day fills the cache and does not count. Same figures on every machine."""
import argparse

import numpy as np

from policies import POLICIES, Lru
from record import Record

QUERIES, DAYS, DAILY = 100_000, 7, 60_000
SOURCE = "fulcrum-labs-embedding-cache"
DATASET = "synthetic trace, seed 5: 420,000 requests over 100,000 queries, Zipf's law, 10 % of ranks change nightly"
CAVEAT = "Simulated, on an invented trace of independent draws, which favours policies that count; the policies are small ones of our own."


def week(zipf):
    draw = np.random.default_rng(5)
    chance = np.arange(1, QUERIES + 1) ** -float(zipf)
    chance /= chance.sum()
    by_rank, days = draw.permutation(QUERIES), []
    for _ in range(DAYS):
        days.append(by_rank[draw.choice(QUERIES, DAILY, p=chance)])
        some = draw.choice(QUERIES, QUERIES // 10, replace=False)
        by_rank[some] = by_rank[draw.permutation(some)]
    return np.concatenate(days).tolist()


def hit_ratio(make, room, requests):
    ask = make(room).ask
    answers = [ask(key) for key in requests]
    return sum(answers[DAILY:]) / (len(requests) - DAILY)


def by_policy(record):
    for zipf in (0.8, 1.0, 1.2):
        requests = week(zipf)
        for share in (0.001, 0.003, 0.01, 0.03, 0.1):
            for slug, (label, make, concepts) in POLICIES.items():
                name = f"{slug}-zipf-{zipf}-cache-{share * 100:.1f}pct".replace(".", "-")
                record.row(name, hit_ratio(make, int(share * QUERIES), requests), "1", "hit-ratio", label,
                           {"cacheShareOfQueries": f"{share:.1%}", "zipf": zipf}, concepts=concepts)


def after_change(record):
    """Every stored answer is worthless from the start of day four: the cache is emptied, or what it holds keeps its old keys."""
    requests, change, room = week(1.0)[:4 * DAILY], 3 * DAILY, QUERIES // 100
    for slug, (label, make, concepts) in POLICIES.items():
        for word, how in (("emptied", "emptied"), ("aged", "old keys age out")):
            cache = make(room)
            hits = [cache.ask(key) for key in requests[:change]]
            cache = make(room) if word == "emptied" else cache
            hits += [cache.ask(key if word == "emptied" else key + QUERIES) for key in requests[change:]]
            before = np.mean(hits[change - 10_000:change])
            good = np.flatnonzero(np.convolve(hits[change:], np.ones(2000) / 2000, "valid") >= 0.95 * before)
            params = {"cacheShareOfQueries": "1.0%", "change": how, "zipf": 1}
            concepts_here = concepts + (["versioned-cache-keys"] if word == "aged" else [])
            for part, value, window in (("before", before, "last 10,000 requests before"), ("after", np.mean(hits[change:change + 2000]), "first 2,000 requests after")):
                record.row(f"{slug}-{word}-{part}", value, "1", "hit-ratio", label, {**params, "window": window}, concepts=concepts_here)
            reached = {} if len(good) else {"reached": "not within that day"}
            record.row(f"{slug}-{word}-recovery", good[0] + 2000 if len(good) else DAILY, "requests", "requests-until-recovery", label, {**params, **reached},
                       concepts=concepts_here)


def by_age(record):
    """Each query's true answer changes at its own period, log-normal with a median of two days. Figures of latency are in index_on_disk.py."""
    requests, draw = week(1.0), np.random.default_rng(6)
    period, phase = 2 * draw.lognormal(0, 1, QUERIES), draw.uniform(0, 100, QUERIES)
    limits = {"no-ttl": ("no TTL", np.inf), "ttl-24-h": ("TTL 24 h", 1), "ttl-6-h": ("TTL 6 h", 1 / 4), "ttl-1-h": ("TTL 1 h", 1 / 24),
              "ttl-10-min": ("TTL 10 min", 1 / 144), "perfect-invalidation": ("perfect invalidation", None)}
    for slug, (label, limit) in limits.items():
        cache, stored, hits, stale = Lru(3 * QUERIES // 100), {}, 0, 0
        for i, key in enumerate(requests):
            now = i / DAILY
            true = int((now + phase[key]) / period[key])
            held = cache.ask(key)
            fresh = held and (stored[key][1] == true if limit is None else now - stored[key][0] <= limit)
            if not fresh:
                stored[key] = now, true
            elif i >= DAILY:
                hits += 1
                stale += stored[key][1] != true
        concept = [] if slug == "no-ttl" else ["event-driven-invalidation" if limit is None else "time-to-live"]
        params, total = {"cacheShareOfQueries": "3%", "policy": "LRU", "zipf": 1}, len(requests) - DAILY
        record.row(f"{slug}-hit-ratio", hits / total, "1", "hit-ratio", label, params, concepts=concept)
        record.row(f"{slug}-stale", stale / total, "1", "stale-share", label, params, concepts=concept)


PARTS = {
    "cache-eviction-policies-lab": (by_policy, "Hit ratio of five eviction policies by skew and cache size", "Replays a week of requests through five policies."),
    "cache-after-model-change-lab": (after_change, "A result cache around a change of embedding model", "Hit ratio before and after all answers become worthless."),
    "cache-ttl-staleness-lab": (by_age, "Stale answers and hit ratio by time to live", "Each query's true answer changes at its own random pace."),
}


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--out", default="runs")
    out = options.parse_args().out
    for slug, (fill, title, summary) in PARTS.items():
        record = Record(slug, SOURCE, f"cache_policies.py, {fill.__name__}", title, summary, DATASET, CAVEAT, ["numpy"])
        fill(record)
        record.write(out)


if __name__ == "__main__":
    main()
