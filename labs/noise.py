"""How far apart runs of one unchanged program are, by what is read off: elapsed time, processor time, ratio to a reference run beside it, instructions."""
import os, pathlib, re, statistics as st, subprocess, sys, tempfile, time
here = pathlib.Path(__file__).parent; work = pathlib.Path(tempfile.mkdtemp())
SOURCE = """#include <stdlib.h>
#include <stdint.h>
static int cmp(const void*a,const void*b){uint32_t x=*(uint32_t*)a,y=*(uint32_t*)b;return (x>y)-(x<y);}
int main(void){int n=%d;uint32_t*v=malloc(4L*n),s=7;for(int i=0;i<n;i++)v[i]=s=s*1664525u+1013904223u;qsort(v,n,4,cmp);return v[n/2]&1;}
"""
def build(name, n):
    (work / f"{name}.c").write_text(SOURCE % n); subprocess.run(["cc", "-O2", "-o", work / name, work / f"{name}.c"], check=True); return work / name
def run(program):
    t = time.perf_counter(); _, _, used = os.wait4(subprocess.Popen([program]).pid, 0)
    return time.perf_counter() - t, used.ru_utime + used.ru_stime
def instructions(program):
    text = subprocess.run(["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", program], capture_output=True, text=True).stderr
    return int(re.search(r"I\s+refs:\s+([\d,]+)", text)[1].replace(",", ""))
def spread(name, v): print(f"{name}: median {st.median(v):.6g}, spread {100 * st.stdev(v) / st.mean(v):.4g} %, largest over least {max(v) / min(v):.5g}", flush=True)
if __name__ == "__main__":
    subject, reference, slower = build("subject", 400_000), build("reference", 400_000), build("slower", 410_000)
    for label, load in (("as found", 0), ("with a busy process on each core", os.cpu_count())):
        noise = [subprocess.Popen([sys.executable, "-c", "while True: sum(range(10000))"]) for _ in range(load)]
        rows = [(run(subject), run(reference)) for _ in range(40)]
        for p in noise: p.kill(); p.wait()
        spread(f"{label}, elapsed", [a[0] for a, b in rows]); spread(f"{label}, processor", [a[1] for a, b in rows])
        spread(f"{label}, ratio of processor times", [a[1] / b[1] for a, b in rows])
    spread("instructions", [instructions(subject) for _ in range(5)])
    spread("instructions, 2.5 % more elements", [instructions(slower) for _ in range(3)])
