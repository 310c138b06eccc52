"""What the five labs that write benchmark files share: the machine's description, timings, and the file in the form of docs/content-format.md.

`python record.py compare OLD.yaml NEW.yaml` prints, for each metric, by which factors the figures of NEW differ from those of OLD."""
import datetime
import importlib.metadata
import json
import math
import os
import platform
import re
import sys
import time

# On a busy machine LAB_CLOCK=processor counts the processor time of the process instead of the time that passes. Then a
# 99th percentile is that of the work alone. What runs on two threads or in other processes asks for ELAPSED.
PROCESSOR = os.environ.get("LAB_CLOCK") == "processor"
ELAPSED = time.perf_counter
CLOCK = time.process_time if PROCESSOR else ELAPSED


def _line(path, key, default="?"):
    with open(path) as file:
        return next((line.split(":", 1)[-1].split("=", 1)[-1].strip().strip('"') for line in file if line.startswith(key)), default)


def hardware():
    memory = int(_line("/proc/meminfo", "MemTotal").split()[0]) / 2**20
    model = f"family {_line('/proc/cpuinfo', 'cpu family')} model {_line('/proc/cpuinfo', 'model' + chr(9))}"
    return f"{_line('/proc/cpuinfo', 'model name')} ({model}), {os.cpu_count()} virtual cores, {memory:.0f} GiB memory, KVM guest"


def software(packages):
    versions = [f"{name} {importlib.metadata.version(name)}" for name in packages]
    return ", ".join([_line("/etc/os-release", "PRETTY_NAME"), f"Linux {platform.release().split('-')[0]}", f"Python {platform.python_version()}", *versions])


def seconds(call, *values, clock=CLOCK):
    """How long one call takes, and what it returns."""
    begin = clock()
    answer = call(*values)
    return clock() - begin, answer


def quantile(samples, share):
    """Linear between neighbours, as NumPy does it; here so that a lab without NumPy can use it."""
    ordered, at = sorted(samples), share * (len(samples) - 1)
    low = math.floor(at)
    return ordered[low] + (ordered[min(low + 1, len(ordered) - 1)] - ordered[low]) * (at - low)


def parts(samples, count, unit):
    """The spread of the medians of `count` successive parts, so that a drift shows."""
    size = len(samples) / count
    middles = [quantile(samples[int(i * size):int((i + 1) * size)], 0.5) for i in range(count)]
    return f"medians of {count} parts {min(middles):.4g}-{max(middles):.4g} {unit}"


class Record:
    """One benchmark: `row` adds and prints a figure, `write` makes the file. Figures on screen and in the file are the same objects."""

    def __init__(self, slug, source, locator, title, summary, dataset, caveat, packages):
        busy = f"{os.getloadavg()[0]:.1f}"
        caveat += f" Toy scale on {os.cpu_count()} virtual cores whose host is shared; the load average at the start was {busy}; "
        caveat += "times are processor time, but for what runs on two threads." if PROCESSOR else "times are elapsed time."
        self.slug, self.source, self.rows = slug, {"source": source, "locator": locator}, {}
        self.head = {"title": title, "summary": summary, "dataset": dataset, "hardware": hardware(), "software": software(packages),
                     "date": datetime.date.today().isoformat(), "evidenceKind": "MEASURED", "caveat": caveat}

    def row(self, slug, value, unit, metric, subject, params=None, samples=None, spread=None, tools=(), concepts=()):
        assert slug not in self.rows, slug
        found = {"value": float(f"{value:.4g}"), "unit": unit, "params": params, "subjectAsPrinted": subject, "samples": samples, "spread": spread,
                 "metric": metric, "tools": list(tools), "concepts": list(concepts)}
        self.rows[slug] = {key: held for key, held in found.items() if held not in (None, [], {})}
        print(f"{slug:<44} {value:>12.4g} {unit:<10} {spread or ''}", flush=True)

    def write(self, folder):
        def text(held):
            return f"{held:.10g}" if isinstance(held, float) else json.dumps(held, ensure_ascii=False)

        def block(held, indent):
            for key, inner in held.items():
                if isinstance(inner, dict):
                    yield f"{indent}{key}:"
                    yield from block(inner, indent + "  ")
                elif isinstance(inner, list):
                    yield from [f"{indent}{key}:", *(f"{indent}  - {each}" for each in inner)]
                else:
                    yield f"{indent}{key}: {text(inner)}"

        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, self.slug + ".yaml"), "w") as file:
            file.writelines(line + "\n" for line in block({**self.head, "measurements": self.rows, "source": self.source}, ""))
        print(f"{self.slug}: {len(self.rows)} figures")


def figures(path):
    """{measurement: (value, metric)} of a benchmark file, by the lines of its canonical form."""
    slug, found = None, {}
    for line in open(path):
        if match := re.match(r"  ([\w.-]+):$", line):
            slug = match[1]
        elif match := re.match(r"    (value|metric): (.+)", line):
            found.setdefault(slug, {})[match[1]] = match[2].strip()
    return {slug: (float(held["value"]), held["metric"].strip('"')) for slug, held in found.items() if len(held) == 2}


def compare(old, new):
    old, new, by_metric = figures(old), figures(new), {}
    for slug in old.keys() & new.keys():
        (before, metric), after = old[slug], new[slug][0]
        by_metric.setdefault(metric, []).append((after / before if before else (1 if after == before else math.inf), slug))
    for metric, ratios in sorted(by_metric.items()):
        low, high = min(ratios), max(ratios)
        print(f"{metric:<24} {len(ratios):>3} figures: {low[0]:.3g} ({low[1]}) to {high[0]:.3g} ({high[1]}), median {quantile([r for r, _ in ratios], 0.5):.3g}")
    print(f"only before: {len(old.keys() - new.keys())}, only now: {sorted(new.keys() - old.keys())[:8]}")


if __name__ == "__main__" and sys.argv[1:2] == ["compare"]:
    compare(*sys.argv[2:4])
