"""Memory and time of reading a JSON array whole and in pieces: json_items.py whole|items FILE."""
import json, sys, time, resource, os, random
from json.decoder import JSONDecoder, JSONDecodeError
def items(f, chunk=1<<16):
    """Yields the elements of one top-level JSON array, holding a chunk and one element."""
    dec, buf, pos, end = JSONDecoder(), "", 0, False
    def more():
        nonlocal buf, pos, end
        data = f.read(chunk)
        end = not data
        buf, pos = buf[pos:] + data, 0
    def skip():
        nonlocal pos
        while True:
            while pos < len(buf) and buf[pos] in " \t\r\n": pos += 1
            if pos < len(buf) or end: return
            more()
    more(); skip()
    if buf[pos:pos+1] != "[": raise ValueError("want an array")
    pos += 1; skip()
    if buf[pos:pos+1] == "]": return
    while True:
        while True:
            try:
                value, stop = dec.raw_decode(buf, pos)
                if end or buf[stop:stop+1] in set(" \t\r\n,]"): break   # 12 may become 12.5
            except JSONDecodeError:
                if end: raise
            more()
        yield value
        pos = stop; skip()
        c = buf[pos:pos+1]; pos += 1
        if c == "]": return
        if c != ",": raise ValueError(f"want , or ] but got {c!r}")
        skip()
if __name__ == "__main__":
    mode, path = sys.argv[1:]
    t = time.process_time(); total = n = 0
    if mode == "whole":
        rows = json.load(open(path, encoding="utf-8"))
        for r in rows: total += r["amount"]; n += 1
    else:
        with open(path, encoding="utf-8") as f:
            for r in items(f): total += r["amount"]; n += 1
    print(mode, n, total, f"{time.process_time()-t:.2f}s", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss//1024, "MiB")
