"""Fewer steps: regular expressions, strings, memo tables. fewer.py [PART]; CPU time, least of repeats, seed fixed."""
import math, re, sys, time
from functools import lru_cache
import re2
def cpu(f, repeats=5):
    best = math.inf
    for _ in range(repeats):
        t = time.process_time(); f(); best = min(best, time.process_time() - t)
    return best
def note(name, seconds): print(f"{name}: {seconds*1e3:.4g} ms", flush=True)
# 1 regular expressions: nested repeats, one long run of blanks
def regexes():
    nested, unambiguous = r"^(\w+\s?)*$", r"^(\w+(\s\w+)*\s?)?$"
    for n in (16, 18, 20, 22, 24):
        text = "a" * n + "!"
        note(f"nested re {n}", cpu(lambda: re.match(nested, text), 3))
    for n in (24, 1000, 100000):
        text = "a" * n + "!"
        note(f"unambiguous re {n}", cpu(lambda: re.match(unambiguous, text)))
        r = re2.compile(nested); note(f"nested re2 {n}", cpu(lambda: r.match(text)))
    for n in (2000, 4000, 8000, 16000):
        text = "a" + " " * n + "a"
        note(f"trailing blanks re {n}", cpu(lambda: re.search(r"\s+$", text), 3))
        r = re2.compile(r"\s+$"); note(f"trailing blanks re2 {n}", cpu(lambda: r.search(text)))
    line = "2026-11-28T16:20:00 host7 api[311]: GET /v1/items/48213 200 31ms\n" * 20000
    p = r"/v1/items/(\d+) (\d+) (\d+)ms"; r = re2.compile(p)
    note("ordinary re 1.3 MB", cpu(lambda: sum(1 for _ in re.finditer(p, line)))); note("ordinary re2 1.3 MB", cpu(lambda: sum(1 for _ in r.finditer(line))))
# 2 strings
def strings():
    def plus(n):
        s = ""
        for i in range(n): s += "row %d\n" % i
        return s
    def kept(n):
        s = ""; last = None
        for i in range(n): last = s; s += "row %d\n" % i
        return s
    def front(n):
        s = ""
        for i in range(n): s = "row %d\n" % i + s
        return s
    def join(n): return "".join("row %d\n" % i for i in range(n))
    for n in (10000, 20000, 40000, 80000):
        for f in (plus, kept, front, join): note(f"string {f.__name__} {n}", cpu(lambda: f(n), 3))
# 3 memo: ways to cut a text into words
def memo():
    words = {"a" * k for k in range(1, 6)}; longest = 5; sys.setrecursionlimit(100000)
    def plain(t): return 1 if not t else sum(plain(t[k:]) for k in range(1, longest + 1) if t[:k] in words)
    def by_text(t):
        @lru_cache(None)
        def f(u): return 1 if not u else sum(f(u[k:]) for k in range(1, longest + 1) if u[:k] in words)
        return f(t)
    def by_place(t):
        @lru_cache(None)
        def f(i): return 1 if i == len(t) else sum(f(i + k) for k in range(1, longest + 1) if t[i:i+k] in words)
        return f(0)
    def forward(t, m=10**9 + 7):
        ways = [1]
        for i in range(1, len(t) + 1): ways = (ways + [sum(ways[-k] for k in range(1, min(longest, len(ways)) + 1) if t[i-k:i] in words) % m])[-longest:]
        return ways[-1]
    for n in (14, 16, 18, 20): note(f"cuts plain {n}", cpu(lambda: plain("a" * n), 2))
    for n in (20, 2000, 4000, 8000):
        for f in (by_text, by_place, forward): note(f"cuts {f.__name__} {n}", cpu(lambda: f("a" * n), 2))
for part in sys.argv[1:] or ["regexes", "strings", "memo"]: globals()[part]()
