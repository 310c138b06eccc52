"""Memory of one table by representation: tables.py make FILE | tables.py MODE FILE. One process per mode; peak resident size. Seed 1."""
import csv, os, random, resource, sys, time
COUNTRIES = [f"Country {i:02d}" for i in range(50)]
STATES = ["placed", "paid", "shipped", "returned"]
def make(path, n=1_000_000):
    r = random.Random(1)
    with open(path, "w", newline="") as f:
        w = csv.writer(f); w.writerow(["id", "reference", "customer", "country", "state", "pieces", "amount"])
        for i in range(n):
            w.writerow([i, f"R-{r.getrandbits(48):012x}", r.randrange(200_000), r.choice(COUNTRIES), r.choice(STATES),
                        "" if r.random() < 0.01 else r.randrange(1, 100), f"{r.random() * 1000:.2f}"])
def dicts(path): return list(csv.DictReader(open(path, newline="")))
def typed_dicts(path):
    return [dict(id=int(d["id"]), reference=d["reference"], customer=int(d["customer"]), country=sys.intern(d["country"]), state=sys.intern(d["state"]),
                 pieces=int(d["pieces"]) if d["pieces"] else None, amount=float(d["amount"])) for d in csv.DictReader(open(path, newline=""))]
def frame(path): import pandas as pd; return pd.read_csv(path)
def as_category(path): import pandas as pd; return pd.read_csv(path, dtype=NARROW | {"reference": "category"})
NARROW = {"id": "int32", "customer": "int32", "country": "category", "state": "category", "pieces": "Int8", "amount": "float32"}
def narrow(path): import pandas as pd; return pd.read_csv(path, dtype=NARROW)
def chunks(path):
    import pandas as pd
    total = 0
    for part in pd.read_csv(path, dtype=NARROW | {"amount": "float64", "country": object}, chunksize=50_000):
        total = part.groupby("country", observed=True)["amount"].sum().add(total, fill_value=0)
    return total
def whole_sum(path): import pandas as pd; return pd.read_csv(path).groupby("country")["amount"].sum()
def generator(path):
    total = {}
    with open(path, newline="") as f:
        for d in csv.reader(f):
            if d[0] != "id": total[d[3]] = total.get(d[3], 0.0) + float(d[6])
    return total
def pandas_only(path): import pandas
if __name__ == "__main__":
    mode, path = sys.argv[1:]
    if mode == "make": make(path); print(os.path.getsize(path), "bytes"); sys.exit()
    t = time.process_time(); x = globals()[mode](path); t = time.process_time() - t
    print(mode, f"{t:.2f} s", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, "MiB")
    if mode in ("frame", "narrow", "as_category"):
        m = x.memory_usage(deep=True) / 1e6
        print({k: round(float(v), 2) for k, v in m.items()}, f"{m.sum():.1f} MB")
    if mode == "narrow":
        import pandas as pd
        y = pd.read_csv(path); d = (x["amount"].astype("float64") - y["amount"]).abs()
        print(f"sums {y['amount'].sum():.2f} {x['amount'].sum():.2f}, wrong by at most {d.max():.1e}")
