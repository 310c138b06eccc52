"""What changes of a table in PostgreSQL cost, and what waits behind them. ddl.py DSN; wall time; a table of a million rows, seed fixed."""
import statistics as st, sys, threading, time, psycopg
DSN, ROWS = sys.argv[1], 1_000_000
def connect(): return psycopg.connect(DSN, autocommit=True)
def fresh():
    with connect() as c:
        c.execute("DROP TABLE IF EXISTS person"); c.execute("SELECT setseed(0.1)")
        c.execute(f"CREATE TABLE person AS SELECT i AS id, (random() * 1e6)::int AS town, md5(i::text) AS name FROM generate_series(1, {ROWS}) i")
        c.execute("ALTER TABLE person ADD PRIMARY KEY (id)"); c.execute("VACUUM ANALYZE person")
def timed(statements):
    with connect() as c:
        took = []
        for s in statements: begun = time.perf_counter(); c.execute(s); took.append(time.perf_counter() - begun)
    return took
STEPS = {"add column": ["ALTER TABLE person ADD COLUMN given text"],
    "add column, constant default": ["ALTER TABLE person ADD COLUMN state int NOT NULL DEFAULT 1"],
    "add column, default computed per row": ["ALTER TABLE person ADD COLUMN token float DEFAULT random()"],
    "widen type": ["ALTER TABLE person ALTER COLUMN town TYPE bigint"],
    "not null at once": ["ALTER TABLE person ALTER COLUMN name SET NOT NULL"],
    "check not valid, then validate, then not null": ["ALTER TABLE person ADD CONSTRAINT c CHECK (name IS NOT NULL) NOT VALID", "ALTER TABLE person VALIDATE CONSTRAINT c", "ALTER TABLE person ALTER COLUMN name SET NOT NULL"],
    "drop column": ["ALTER TABLE person DROP COLUMN name"], "rename column": ["ALTER TABLE person RENAME COLUMN name TO called"],
    "fill a new column in one statement": ["ALTER TABLE person ADD COLUMN given text", "UPDATE person SET given = left(name, 8)"]}
for name, statements in STEPS.items():
    runs = []
    for _ in range(3): fresh(); runs.append(timed(statements))
    print(name, "ms, median of 3:", [round(1e3 * st.median(x), 2) for x in zip(*runs)], flush=True)
def waiting(limit, lasts=4.0):
    """A report holds a shared lock for some seconds; a change of the table asks for its lock; readers come every 20 ms."""
    fresh(); times, stop = [], threading.Event(); out = {}
    def report():
        with psycopg.connect(DSN) as c: c.execute("SELECT count(*) FROM person"); time.sleep(lasts)
    def reader(k):
        with connect() as c:
            c.execute("SELECT 1 FROM person WHERE id = 1")
            while not stop.is_set(): begun = time.perf_counter(); c.execute("SELECT name FROM person WHERE id = %s", (k,)); times.append(time.perf_counter() - begun); time.sleep(.02)
    def change():
        with connect() as c:
            tries = 0
            while True:
                tries += 1
                try: c.execute(f"SET lock_timeout = {limit}"); c.execute("ALTER TABLE person ADD COLUMN given text"); break
                except psycopg.errors.LockNotAvailable: time.sleep(.5)
        out["tries"] = tries
    threads = [threading.Thread(target=reader, args=(k,)) for k in range(1, 5)]
    for t in threads: t.start()
    r = threading.Thread(target=report); r.start(); time.sleep(.5); c = threading.Thread(target=change); c.start(); c.join(); r.join(); time.sleep(.5); stop.set()
    for t in threads: t.join()
    print("waiting, lock_timeout ms", limit, "tries", out["tries"], "readers' longest, ms", round(1e3 * max(times), 1), "reads", len(times), flush=True)
for limit in (0, 50): waiting(limit)
