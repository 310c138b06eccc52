"""Plain methods against what replaces them: plain.py [build|log|sqlite|checkpoint|refresh]; see README.md."""
import os, random, socket, sqlite3, subprocess, sys, tempfile, threading, time
R, dir, WORDS = random.Random(1), tempfile.mkdtemp(), ["w%04x" % i for i in range(5000)]
def best(f, repeats=5):
    took = []
    for _ in range(repeats):
        t = time.perf_counter(); f(); took.append(time.perf_counter() - t)
    return min(took)
def build():
    for n in 10, 100, 1000, 10_000:
        keys = [R.getrandbits(40) for _ in range(n)]; ask = R.choices(keys, k=100)
        made = best(lambda: [dict.fromkeys(keys) for _ in range(100)]) / 100
        print("build", n, f"dict {made*1e6:.2f} us, one scan {best(lambda: [k in keys for k in ask])*1e4:.3f} us")
def log():
    for n in 10_000, 100_000, 1_000_000:
        path, db = f"{dir}/{n}.log", sqlite3.connect(f"{dir}/{n}.db")
        with open(path, "w") as f:
            for i in range(n): f.write(f"2026-11-28T{i%86400:05d} INFO request={R.getrandbits(48):012x} " + " ".join(R.choices(WORDS, k=10)) + "\n")
        lines = open(path).read().splitlines()
        needle = lines[n // 2].split("request=")[1][:12]
        t = time.perf_counter(); db.execute("create virtual table t using fts5(x)")
        db.executemany("insert into t values(?)", ((l,) for l in lines)); db.commit(); build = time.perf_counter() - t
        scan = best(lambda: subprocess.run(["grep", "-F", needle, path], stdout=subprocess.DEVNULL, env={"LC_ALL": "C", "PATH": os.environ["PATH"]}))
        ask = best(lambda: db.execute("select x from t where t match ?", (needle,)).fetchall())
        print("log", n, f"{os.path.getsize(path)/1e6:.1f} MB text, {os.path.getsize(f'{dir}/{n}.db')/1e6:.1f} MB index, build {build:.2f} s, grep {scan*1e3:.2f} ms, index {ask*1e6:.0f} us")
def sqlite():
    db = sqlite3.connect(f"{dir}/kv.db", isolation_level=None); db.execute("pragma journal_mode=wal"); db.execute("create table t(id integer primary key, v text)")
    db.execute("begin"); db.executemany("insert into t values(?,?)", ((i, "x" * 200) for i in range(1_000_000))); db.execute("commit")
    keys = [R.randrange(1_000_000) for _ in range(50_000)]
    print("sqlite read", f"{best(lambda: [db.execute('select v from t where id=?', (k,)).fetchone() for k in keys])/50_000*1e6:.2f} us")
    for sync in "full", "normal":
        db.execute(f"pragma synchronous={sync}")
        for size in 1, 100:
            def write():
                for i in range(9000 // size):
                    db.execute("begin immediate")
                    for _ in range(size): db.execute("update t set v=? where id=?", ("y" * 200, R.randrange(1_000_000)))
                    db.execute("commit")
            print("sqlite write", sync, size, f"rows a transaction, {9000/best(write, 3):.0f} rows/s")
    a, b = socket.socketpair()
    def echo():
        while d := b.recv(512): b.sendall(d)
    threading.Thread(target=echo, daemon=True).start()
    print("socket round trip", f"{best(lambda: [(a.sendall(b'x'*200), a.recv(512)) for _ in range(5000)])/5000*1e6:.1f} us")
def checkpoint():
    cost, restart, work, mtbf = 60, 300, 100 * 86400, 6 * 3600
    def run(interval):
        clock, done, fail = 0.0, 0.0, R.expovariate(1 / mtbf)
        while done < work:
            if clock + interval + cost <= fail: clock += interval + cost; done += interval
            else: clock = fail + restart; fail = clock + R.expovariate(1 / mtbf)
        return clock / work - 1
    for minutes in 2, 5, 10, 15, 27, 60, 120, 180:
        print("checkpoint", minutes, f"min, {100*sum(run(minutes*60) for _ in range(20))/20:.1f} %")
def refresh():
    db = sqlite3.connect(":memory:"); db.execute("create table o(day int, shop int, cents int)")
    db.executemany("insert into o values(?,?,?)", ((i // 10_000, R.randrange(500), R.randrange(10_000)) for i in range(3_000_000)))
    q = "select day, shop, sum(cents), count(*) from o {} group by day, shop"
    print("refresh", f"all 300 days {best(lambda: db.execute(q.format('')).fetchall(), 3):.2f} s")
    db.execute("create index d on o(day)")
    for days in 1, 3, 30: print("refresh", days, f"days {best(lambda: db.execute(q.format(f'where day>={300-days}')).fetchall(), 3)*1e3:.1f} ms")
if __name__ == "__main__":
    for part in sys.argv[1:] or ["build", "log", "sqlite", "checkpoint", "refresh"]: globals()[part]()
