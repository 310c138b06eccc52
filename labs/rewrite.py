"""One preprocessing step in plain Python, tuned Python, NumPy, two processes, Numba and C++: what each takes, by records a call, and costs.

python rewrite.py [--out runs]; see README.md. Seed 11. Timed is the call from a list of str to a float32 array, conversions included. Each form
must give what the plain one gives before it is timed. Compiles step_native.cpp with g++ into a temporary folder; Linux."""
import argparse
import ctypes
import gc
import importlib
import os
import re
import subprocess
import sys
import sysconfig
import tempfile

import numpy as np

from record import ELAPSED, PROCESSOR, Record, parts, quantile, seconds

HERE = os.path.dirname(os.path.abspath(__file__))
SIZES = (1, 10, 100, 1000, 10_000)
FORMS = {  # slug: (label, module, name, tools, concepts)
    "plain": ("plain Python", "step_forms", "plain", ["cpython"], ["interpreted-execution"]),
    "tuned": ("tuned Python", "step_forms", "tuned", ["cpython"], ["in-place-tuning"]),
    "numpy": ("NumPy", "step_forms", "arrays", ["numpy"], ["array-programming"]),
    "numba": ("numba", "step_compiled", "compiled", ["numba"], ["compiled-python", "just-in-time-compilation"]),
    "processes": ("2 processes, tuned Python", "step_forms", "Processes", [], ["process-parallelism"]),
    "cpp": ("C++ (pybind11)", "step_native", "native", ["pybind11"], ["native-extension"]),
}


def records_of(count):
    draw = np.random.default_rng(11)
    letters = np.array(list("abcdefghijklmnopqrstuvwxyz"))
    words = ["".join(draw.choice(letters, draw.integers(3, 10))) for _ in range(20_000)]
    chance = 1 / np.arange(1, 20_001)
    chance /= chance.sum()
    made = []
    for _ in range(count):
        text = [words[i] for i in draw.choice(20_000, draw.integers(12, 31), p=chance)]
        text[0] = text[0].capitalize()
        text[4] = f"${draw.uniform(1, 500):.2f},"
        text[8] = f"{draw.integers(1, 40)} x"
        text[9] = f"({draw.integers(2000, 2026)}-{draw.integers(1, 13):02}-{draw.integers(1, 29):02})"
        walk = np.cumsum(draw.normal(0, 0.5, 64)) + 20
        made.append(" ".join(text) + "\t" + ",".join(f"{step:.2f}" for step in walk))
    return made


def form(slug):
    found = getattr(importlib.import_module(FORMS[slug][1]), FORMS[slug][2])
    return found() if slug == "processes" else found


def build(folder):
    includes = subprocess.check_output([sys.executable, "-m", "pybind11", "--includes"], text=True).split()
    target = os.path.join(folder, "step_native" + sysconfig.get_config_var("EXT_SUFFIX"))
    flags = ["-O3", "-march=native", "-std=c++17", "-shared", "-fPIC"]
    return seconds(lambda: subprocess.run(["g++", *flags, *includes, os.path.join(HERE, "step_native.cpp"), "-o", target], check=True), clock=ELAPSED)[0]


def lines_of(slug):
    """Lines that are neither blank nor comment."""
    module, name = FORMS[slug][1], "cpp" if slug == "cpp" else "py"
    with open(os.path.join(HERE, f"{module}.{name}")) as file:
        code = file.read()
    if name == "py":
        code = re.search(rf"# form {slug}\n(.*?)# end", code, re.S)[1]
    return sum(bool(line.strip()) and not re.match(r"\s*(//|# )", line) for line in code.splitlines())


def status(key):
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith(key))


def added_memory(slug, count):
    """Run in a process of its own: MiB that one call adds at its peak. /proc counts in KiB."""
    records, run = records_of(count), form(slug)
    run(records[:10])
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)  # or memory that making the records has left would be used again, unseen
    with open("/proc/self/clear_refs", "w") as file:
        file.write("5")  # the peak starts anew from here
    before = status("VmRSS")
    run(records)
    added = status("VmHWM") - before
    for worker in run.pool._pool if slug == "processes" else []:
        with open(f"/proc/{worker.pid}/smaps_rollup") as file:
            added += sum(int(line.split()[1]) for line in file if line.startswith("Private"))
    print(added / 1024)


def timings(run, records, size, budget=3.0):
    """Milliseconds of calls over successive slices, for three seconds or 2,000 calls, at least five."""
    took, at = [], 0
    for _ in range(3):
        run(records[:size])
    gc.disable()
    while len(took) < 5 or (len(took) < 2000 and sum(took) < budget * 1000):
        took.append(seconds(run, records[at:at + size])[0] * 1000)
        at = at + size if at + 2 * size <= len(records) else 0
    gc.enable()
    return took


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--out", default="runs")
    data = "synthetic lines, seed 11: 12-30 words (Zipf, 20,000 words), a few numbers, 64 readings; about 550 bytes each"
    about = (data, "One task, ASCII, well-formed lines; Numba and C++ parse bytes themselves.", ["numpy", "numba", "pybind11"])
    speed = Record("one-preprocessing-step-in-six-forms", "fulcrum-labs-rewrite", "rewrite.py, latency", "One preprocessing step in six forms",
                   "Time of a call by number of records, from a list of strings to a float32 array.", *about)
    cost = Record("cost-of-six-forms-of-one-step", "fulcrum-labs-rewrite", "rewrite.py, cost", "What six forms of one preprocessing step cost",
                  "Lines of code, build or warm-up time, memory added by one call, time of a call that does nothing.", *about)
    records = records_of(20_000)
    with tempfile.TemporaryDirectory() as folder:
        built = build(folder)
        sys.path.insert(0, folder)
        wanted = form("plain")(records[:500])
        for slug, (label, _, _, tools, concepts) in FORMS.items():
            said, run = {"subject": label, "tools": tools, "concepts": concepts}, form(slug)
            first, told = seconds(run, records[:500])
            assert np.allclose(told, wanted, atol=1e-3), slug
            for size in SIZES if slug != "processes" or not PROCESSOR else ():
                took = timings(run, records, size)
                how = {"params": {"records per call": size}, "samples": len(took), "spread": parts(took, 3, "ms"), **said}
                speed.row(f"{slug}-p50-batch-{size}", quantile(took, 0.5), "ms", "latency-p50", **how)
                speed.row(f"{slug}-p99-batch-{size}", quantile(took, 0.99), "ms", "latency-p99", **how)
                speed.row(f"{slug}-throughput-batch-{size}", size / quantile(took, 0.5) * 1000, "items/s", "item-throughput", **how)
            if slug != "processes":
                cost.row(f"{slug}-lines", lines_of(slug), "lines", "lines-of-code", **said)
            if slug in ("numba", "cpp"):
                cost.row(f"{slug}-build", first if slug == "numba" else built, "s", "build-time", **said)
            probe = subprocess.run([sys.executable, __file__, "--memory", slug], capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": folder})
            cost.row(f"{slug}-memory", float(probe.stdout), "MiB", "memory-used", params={"records in one call": 10_000}, **said)
        for slug, call in (("cpp", importlib.import_module("step_native").nothing), ("python-function", lambda: None)):
            loops = [seconds(lambda: [call() for _ in range(100_000)])[0] * 1e4 for _ in range(5)]
            cost.row(f"{slug}-empty-call", quantile(loops, 0.5), "ns", "time-per-operation", slug, {"loop": "included"}, 5, f"min {min(loops):.3g}, max {max(loops):.3g}")
    out = options.parse_args().out
    speed.write(out)
    cost.write(out)


if __name__ == "__main__":
    added_memory(sys.argv[2], 10_000) if sys.argv[1:2] == ["--memory"] else main()
