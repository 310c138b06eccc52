"""Eight clients book rooms in PostgreSQL under five protections. bookings.py DSN; wall time, seed fixed. A booking takes a slot of a room; two of a slot are a fault."""
import random, sys, threading, time, psycopg
from psycopg import errors
DSN, CLIENTS, TRIES = sys.argv[1], 8, 250
SETUP = """DROP TABLE IF EXISTS booking; DROP TABLE IF EXISTS room; CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE TABLE room (id int PRIMARY KEY); INSERT INTO room SELECT generate_series(1, %d);
CREATE TABLE booking (room int, during int4range); CREATE INDEX ON booking USING gist (room, during);"""
RULE = "ALTER TABLE booking ADD EXCLUDE USING gist (room WITH =, during WITH &&)"
TAKEN, ADD = "SELECT 1 FROM booking WHERE room = %s AND during && int4range(%s, %s)", "INSERT INTO booking VALUES (%s, int4range(%s, %s))"
def client(seed, way, rooms, slots, tally):
    r, level = random.Random(seed), psycopg.IsolationLevel
    with psycopg.connect(DSN) as c:
        c.isolation_level = {"serializable": level.SERIALIZABLE, "snapshot": level.REPEATABLE_READ}.get(way, level.READ_COMMITTED)
        for _ in range(TRIES):
            room, start = r.randint(1, rooms), r.randrange(slots) * 10; want = (room, start, start + 15); attempts = 0
            while True:
                attempts += 1; begun = time.perf_counter()
                try:
                    with c.transaction():
                        if way == "row lock": c.execute("SELECT 1 FROM room WHERE id = %s FOR UPDATE", (room,))
                        free = way == "rule" or c.execute(TAKEN, want).fetchone() is None
                        time.sleep(0.002)          # the price is computed, a voucher is checked
                        if free: c.execute(ADD, want)
                    tally["accepted"] += free; break
                except (errors.SerializationFailure, errors.DeadlockDetected):
                    tally["aborts"] += 1; time.sleep(r.random() * 0.002 * attempts)
                except errors.ExclusionViolation: break
            tally["most attempts"] = max(tally["most attempts"], attempts)
for rooms, slots in ((5, 100), (200, 100)):
    for way in ("read committed", "snapshot", "row lock", "rule", "serializable"):
        with psycopg.connect(DSN, autocommit=True) as c:
            c.execute(SETUP % rooms)
            if way == "rule": c.execute(RULE)
        tallies = [{"accepted": 0, "aborts": 0, "most attempts": 0} for _ in range(CLIENTS)]
        threads = [threading.Thread(target=client, args=(i, way, rooms, slots, t)) for i, t in enumerate(tallies)]; begun = time.perf_counter()
        for t in threads: t.start()
        for t in threads: t.join()
        took = time.perf_counter() - begun
        with psycopg.connect(DSN) as c: double = c.execute("SELECT count(*) FROM booking a JOIN booking b ON a.room = b.room AND a.during && b.during AND a.ctid < b.ctid").fetchone()[0]
        print(f"{rooms} rooms, {way}: {CLIENTS*TRIES/took:.0f} requests/s, accepted {sum(t['accepted'] for t in tallies)}, overlapping pairs {double}, aborts {sum(t['aborts'] for t in tallies)}, most attempts {max(t['most attempts'] for t in tallies)}", flush=True)
