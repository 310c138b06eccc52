"""How much a profiler slows four programs down, and whether it gives their hotter part its true share.

python profilers.py [calls numpy io torch] [--runs 3] [--length 1] [--out runs]; see README.md. Seeds 0 and 1. The programs are those of profiled.py. A factor is
the program's own loop time under the profiler over the median without; start-up and the report are left out. Scalene runs with --cpu-only."""
import argparse
import json
import os
import pstats
import subprocess
import sys
import tempfile

from record import Record, quantile

HERE, PYTHON = os.path.dirname(os.path.abspath(__file__)), sys.executable
PROGRAMS = {  # name: (what it is, hotter part, functions of the other part)
    "calls": ("many small Python calls", "one_loop", ["many_calls", "tiny_step"]),
    "numpy": ("NumPy-bound loop", "products", ["by_element"]),
    "io": ("I/O-bound loop", "await_reply", ["read_reply"]),
    "torch": ("PyTorch CPU training loop", "train_once", ["disturb"]),
}


def of_cprofile(path, hot, other):
    total = {key[2]: row[3] for key, row in pstats.Stats(path).stats.items()}
    return total.get(hot, 0), total.get(other[0], 0)


def of_line_profiler(path, hot, other):
    from line_profiler import load_stats
    total = {key[2]: sum(row[2] for row in rows) for key, rows in load_stats(path).timings.items()}
    return total.get(hot, 0), total.get(other[0], 0)


def of_py_spy(path, hot, other):
    seen = [0, 0]
    with open(path) as file:
        for line in file:
            stack, _, count = line.rpartition(" ")
            frames = {frame.split(" (")[0] for frame in stack.split(";")}
            seen[0] += int(count) * (hot in frames)
            seen[1] += int(count) * any(name in frames for name in other)
    return seen


def of_scalene(path, hot, other):
    with open(path) as file:
        rows = [row for part in json.load(file).get("files", {}).values() for row in part["functions"]]
    cost = lambda name: sum(row["n_cpu_percent_python"] + row["n_cpu_percent_c"] + row["n_sys_percent"] for row in rows if row["line"] == name)
    return cost(hot), sum(cost(name) for name in other)


def py_spy(*more):
    return lambda out: [os.path.join(os.path.dirname(PYTHON), "py-spy"), "record", *more, "-f", "raw", "-o", out, "--", PYTHON]


# slug: (label, command in front of the program, reader, programs or None for all, tool, concept, parameters)
PROFILERS = {
    "cprofile": ("cProfile", lambda out: [PYTHON, "-m", "cProfile", "-o", out], of_cprofile, None, "cprofile", "deterministic-profiling", {}),
    "line-profiler": ("line_profiler", lambda out: [PYTHON, "-m", "kernprof", "-q", "-l", "-o", out], of_line_profiler, None, "line-profiler", "deterministic-profiling", {}),
    "py-spy": ("py-spy 100 Hz", py_spy("-r", "100"), of_py_spy, None, "py-spy", "on-cpu-sampling", {"rateHz": 100}),
    "py-spy-1000": ("py-spy 1000 Hz", py_spy("-r", "1000"), of_py_spy, ["calls", "numpy"], "py-spy", "on-cpu-sampling", {"rateHz": 1000}),
    "py-spy-idle": ("py-spy 100 Hz --idle", py_spy("--idle", "-r", "100"), of_py_spy, ["io"], "py-spy", "wall-clock-sampling", {"rateHz": 100, "idle": True}),
    "scalene": ("scalene --cpu-only", lambda out: [PYTHON, "-m", "scalene", "run", "--cpu-only", "-o", out], of_scalene, None, "scalene", "on-cpu-sampling", {}),
    "pytorch-profiler": ("torch.profiler", None, None, ["torch"], "pytorch-profiler", "timeline-trace", {}),
}


def run(program, length, folder, profiler=None):
    """(loop seconds, true share, share that the profiler gives or None, bytes of its output)."""
    out, script, (_, hot, other) = os.path.join(folder, "out.json"), os.path.join(HERE, "profiled.py"), PROGRAMS[program]
    if os.path.exists(out):
        os.remove(out)
    before, read = PROFILERS[profiler][1:3] if profiler else (lambda out: [PYTHON], None)
    command = [*before(out), script, program, length] if before else [PYTHON, script, program, length, out]
    env = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, env=env, timeout=300)
    line = next((line for line in done.stdout.splitlines() if line.startswith("TOLD ")), None)
    if line is None:
        raise RuntimeError(f"{profiler} on {program}: {(done.stderr or done.stdout)[-300:]}")
    told = json.loads(line[5:])
    share = lambda pair: pair[0] / sum(pair) if sum(pair) else float("nan")
    seen = read(out, hot, other) if read else [told["seen"].get(name, 0) for name in (hot, other[0])]
    return told["took"], share([told["spent"][name] for name in (hot, other[0])]), share(seen), os.path.getsize(out) if os.path.exists(out) else 0


def examine(program, length, runs, folder, cost, truth):
    run(program, length, folder)
    alone = [run(program, length, folder) for _ in range(runs + 2)]
    base, true = (quantile([each[i] for each in alone], 0.5) for i in (0, 1))
    print(f"== {program}: {base:.3f} s, true share {true:.3f}")
    for slug, (label, _, _, only, tool, concept, params) in PROFILERS.items():
        if only and program not in only:
            continue
        found = [run(program, length, folder, slug) for _ in range(runs)]
        factors, shares = [each[0] / base for each in found], [each[2] for each in found]
        about = {"subject": label, "params": {**params, "program": PROGRAMS[program][0]}, "samples": runs, "tools": [tool], "concepts": [concept]}
        cost.row(f"{program}-{slug}", quantile(factors, 0.5), "x", "profiling-overhead", spread=f"min {min(factors):.4g}, max {max(factors):.4g}", **about)
        truth.row(f"{program}-{slug}", abs(quantile(shares, 0.5) - true), "1", "attribution-error",
                  spread=f"share reported min {min(shares):.4g}, max {max(shares):.4g}, true {true:.3f}", **about)
        if slug == "pytorch-profiler":
            cost.row(f"{program}-{slug}-trace", found[-1][3], "By", "storage-size", **{**about, "subject": label + ", output size"})


def main():
    options = argparse.ArgumentParser()
    options.add_argument("programs", nargs="*", default=list(PROGRAMS))
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--length", default="1", help="share of the rounds of a program")
    options.add_argument("--out", default="runs")
    chosen = options.parse_args()
    about = ("Own programs with two parts each", f"Programs of a few seconds with one clearly hotter part, at {chosen.length} of their length.", ["numpy", "torch", "line_profiler", "py-spy", "scalene"])
    cost, truth = (Record(f"python-profilers-{word}-lab", "fulcrum-labs-profiling", f"profilers.py, {word}", title, title + ".", *about)
                   for word, title in (("overhead", "What profilers add to the run time of four programs"), ("attribution", "Whether profilers give the hot part its share")))
    with tempfile.TemporaryDirectory() as folder:
        for program in chosen.programs:
            examine(program, chosen.length, chosen.runs, folder, cost, truth)
    cost.write(chosen.out)
    truth.write(chosen.out)


if __name__ == "__main__":
    main()
