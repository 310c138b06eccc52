"""Work at reading against work at writing, in SQLite in one process: calls, feeds, copies, depth. CPU time, seed fixed; no network, so a call here has no round trip."""
import random, sqlite3, time
r = random.Random(1)
def cpu(f, n):
    t = time.process_time()
    for i in range(n): f(i)
    return (time.process_time() - t) / n * 1e6
def note(name, us): print(f"{name}: {us:.4g} us", flush=True)
def one(sql, *a): return db.execute(sql, a).fetchall()
db = sqlite3.connect(":memory:", isolation_level=None)
# feeds: 2,000 readers follow 200 of 2,000 authors; 200,000 posts
N, F = 2000, 200
db.executescript("CREATE TABLE follow (reader, author, PRIMARY KEY (reader, author)) WITHOUT ROWID; CREATE INDEX fa ON follow (author); CREATE TABLE post (id INTEGER PRIMARY KEY, author, body); CREATE INDEX pa ON post (author, id); CREATE TABLE feed (reader, post, PRIMARY KEY (reader, post)) WITHOUT ROWID;")
db.execute("BEGIN")
for reader in range(N): db.executemany("INSERT INTO follow VALUES (?, ?)", ((reader, a) for a in r.sample(range(N), F)))
db.executemany("INSERT INTO post VALUES (?, ?, ?)", ((i, r.randrange(N), "x" * 100) for i in range(200000)))
db.execute("INSERT INTO feed SELECT reader, post.id FROM post JOIN follow USING (author) WHERE post.id > 180000")
db.execute("COMMIT; ".strip("; "))
pull = "SELECT p.id, p.body FROM follow f JOIN post p ON p.id IN (SELECT id FROM post WHERE author = f.author ORDER BY id DESC LIMIT 20) WHERE f.reader = ? ORDER BY p.id DESC LIMIT 20"
push = "SELECT p.id, p.body FROM feed JOIN post p ON p.id = feed.post WHERE reader = ? ORDER BY feed.post DESC LIMIT 20"
assert one(pull, 7) == one(push, 7)
note("feed read, merged on reading", cpu(lambda i: one(pull, i), 200)); note("feed read, prepared", cpu(lambda i: one(push, i), 2000))
def plain(i): db.execute("INSERT INTO post VALUES (?, ?, 'x')", (300000 + i, i % N))
def fan(i): db.execute("BEGIN"); db.execute("INSERT INTO post VALUES (?, ?, 'x')", (400000 + i, i % N)); db.execute("INSERT INTO feed SELECT reader, ? FROM follow WHERE author = ?", (400000 + i, i % N)); db.execute("COMMIT")
note("post written, nothing else", cpu(plain, 2000)); note("post written into about 200 feeds", cpu(fan, 500))
# copies: 100,000 order lines of 1,000 products, name by join or copied
db.executescript("CREATE TABLE product (id INTEGER PRIMARY KEY, name, price); CREATE TABLE line (id INTEGER PRIMARY KEY, ord, product, amount, name); CREATE INDEX lo ON line (ord); CREATE INDEX lp ON line (product);")
db.execute("BEGIN"); db.executemany("INSERT INTO product VALUES (?, ?, 1)", ((i, f"product {i}") for i in range(1000)))
db.executemany("INSERT INTO line VALUES (?, ?, ?, 1, ?)", ((i, i // 10, p, f"product {p}") for i in range(100000) for p in [r.randrange(1000)])); db.execute("COMMIT")
joined, copied = "SELECT l.id, p.name, amount FROM line l JOIN product p ON p.id = l.product WHERE ord = ?", "SELECT id, name, amount FROM line WHERE ord = ?"
note("order of 10 lines, names joined", cpu(lambda i: one(joined, i), 5000)); note("order of 10 lines, names copied", cpu(lambda i: one(copied, i), 5000))
note("rename a product, one row", cpu(lambda i: one("UPDATE product SET name = ? WHERE id = ?", str(i), i), 1000)); note("rename its about 100 copies", cpu(lambda i: one("UPDATE line SET name = ? WHERE product = ?", str(i), i), 300))
# calls: 200 orders with lines, one query each or one for all; with and without the index
ids = list(range(0, 2000, 10))
def each(sql): return [one(sql, i) for i in ids]
marks = ",".join("?" * len(ids))
note("200 look-ups, one by one", cpu(lambda i: each(copied), 20)); note("200 look-ups in one statement", cpu(lambda i: one(copied.replace("ord = ?", f"ord IN ({marks})"), *ids), 20))
note("200 look-ups in one scan, no index", cpu(lambda i: one(copied.replace("ord = ?", f"+ord IN ({marks})"), *ids), 5)); note("200 scans, one by one, no index", cpu(lambda i: each(copied.replace("ord", "+ord")), 1))
# depth: 100,000 nodes of 10 links, everything within k steps
db.executescript("CREATE TABLE link (a, b, PRIMARY KEY (a, b)) WITHOUT ROWID;"); db.execute("BEGIN")
db.executemany("INSERT OR IGNORE INTO link VALUES (?, ?)", ((i, r.randrange(100000)) for i in range(100000) for _ in range(10))); db.execute("COMMIT")
near = {}
for a, b in db.execute("SELECT a, b FROM link"): near.setdefault(a, []).append(b)
def walk(start, k):
    seen = level = {start}
    for _ in range(k): level = {b for a in level for b in near[a]} - seen; seen = seen | level
    return len(seen)
for k in (1, 2, 3, 4):
    sql = f"WITH RECURSIVE w(n, d) AS (VALUES (?, 0) UNION SELECT b, d + 1 FROM w JOIN link ON a = n WHERE d < {k}) SELECT count(DISTINCT n) FROM w"
    assert one(sql, 5)[0][0] == walk(5, k); n = 200 if k < 3 else 10
    print("within", k, "steps:", walk(5, k), "nodes"); note(f"  joins", cpu(lambda i: one(sql, i), n)); note(f"  pointers in memory", cpu(lambda i: walk(i, k), n))
