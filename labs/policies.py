"""Five eviction policies with one verb: `ask(key)` says whether the key was held, and if it was not, takes it in.

Written for hit ratios and not for speed: what a request costs here says nothing of a real cache."""
from collections import OrderedDict, deque


class Fifo:
    def __init__(self, room):
        self.room, self.held = room, OrderedDict()

    def ask(self, key):
        if key in self.held:
            self.touch(key)
            return True
        if len(self.held) >= self.room:
            self.held.popitem(last=False)
        self.held[key] = None
        return False

    def touch(self, key):
        pass


class Lru(Fifo):
    def touch(self, key):
        self.held.move_to_end(key)


class Lfu:
    """Counts of what is held, ties by recency, no ageing: so drift hurts it as it should."""

    def __init__(self, room):
        self.room, self.uses, self.groups, self.least = room, {}, {}, 1

    def ask(self, key):
        uses = self.uses.get(key)
        if uses:
            del self.groups[uses][key]
            if uses == self.least and not self.groups[uses]:
                self.least += 1
        elif len(self.uses) >= self.room:
            del self.uses[self.groups[self.least].popitem(last=False)[0]]
        self.least = self.least if uses else 1
        self.uses[key] = 1 + (uses or 0)
        self.groups.setdefault(self.uses[key], OrderedDict())[key] = None
        return bool(uses)


class Sketch:
    """Four rows of counters up to 15; all are halved after ten times as many requests as there is room."""

    def __init__(self, room):
        width = 1 << max(6, (8 * room).bit_length())
        self.mask, self.rows, self.seen, self.period = width - 1, [bytearray(width) for _ in range(4)], 0, 10 * room

    def places(self, key):
        mixed = hash(key) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF
        return [(row, mixed >> shift & self.mask) for row, shift in zip(self.rows, (0, 15, 30, 46))]

    def add(self, key):
        for row, place in self.places(key):
            row[place] = min(15, row[place] + 1)
        self.seen += 1
        if self.seen >= self.period:
            self.rows = [bytearray(count >> 1 for count in row) for row in self.rows]
            self.seen //= 2

    def count(self, key):
        return min(row[place] for row, place in self.places(key))


class WTinyLfu:
    """A recent window of 1 %, then probation and a protected part of 80 %; the sketch decides who leaves."""

    def __init__(self, room):
        self.window_room = max(1, room // 100)
        self.main_room = max(1, room - self.window_room)
        self.protected_room = int(self.main_room * 0.8)
        self.window, self.probation, self.protected, self.sketch = OrderedDict(), OrderedDict(), OrderedDict(), Sketch(room)

    def ask(self, key):
        self.sketch.add(key)
        for part in (self.window, self.protected):
            if key in part:
                part.move_to_end(key)
                return True
        if key in self.probation:
            del self.probation[key]
            self.protected[key] = None
            if len(self.protected) > self.protected_room:
                self.probation[self.protected.popitem(last=False)[0]] = None
            return True
        self.window[key] = None
        if len(self.window) > self.window_room:
            self.admit(self.window.popitem(last=False)[0])
        return False

    def admit(self, newcomer):
        if len(self.probation) + len(self.protected) >= self.main_room:
            part = self.probation or self.protected
            victim = next(iter(part))
            if self.sketch.count(newcomer) <= self.sketch.count(victim):
                return
            del part[victim]
        self.probation[newcomer] = None


class S3Fifo:
    """A small queue of a tenth, a main queue with up to two more rounds, and a queue of ghosts as long as the main one."""

    def __init__(self, room):
        self.room, self.small_room = room, max(1, room // 10)
        self.main_room = max(1, room - self.small_room)
        self.small, self.main, self.ghosts, self.remembered, self.uses = deque(), deque(), deque(), set(), {}

    def ask(self, key):
        if key in self.uses:
            self.uses[key] = min(3, self.uses[key] + 1)
            return True
        while len(self.uses) >= self.room:
            self.evict()
        (self.main if key in self.remembered else self.small).append(key)
        self.remembered.discard(key)
        self.uses[key] = 0
        return False

    def evict(self):
        if self.main and len(self.small) < self.small_room:
            key = self.main.popleft()
            left = self.uses.pop(key)
            if left:
                self.uses[key] = left - 1
                self.main.append(key)
            return
        key = self.small.popleft()
        if self.uses.pop(key) > 1:
            self.uses[key] = 0
            self.main.append(key)
            return
        self.ghosts.append(key)
        self.remembered.add(key)
        while len(self.ghosts) > self.main_room:
            self.remembered.discard(self.ghosts.popleft())


# slug: (label, class, concepts)
POLICIES = {"fifo": ("FIFO", Fifo, []), "lru": ("LRU", Lru, ["lru-eviction"]), "lfu": ("LFU", Lfu, []),
            "wtinylfu": ("W-TinyLFU", WTinyLfu, ["tinylfu-admission"]), "s3fifo": ("S3-FIFO", S3Fifo, ["s3-fifo-eviction"])}
