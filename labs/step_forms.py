"""One preprocessing step in five forms; the sixth is step_native.cpp. A record is `text TAB readings`, the readings separated by commas.

Per record: the text's words hashed (FNV-1a, 32 bits) into 256 signed counts, how many of its tokens are numbers, the sum of their log1p, and of
the readings the largest mean of 8 neighbours and the largest distance of a reading from the mean that ends with it. ASCII, well-formed.
The lines between `form` and `end` are what counts as a form's code."""
import re
from itertools import accumulate
from math import log1p
from multiprocessing import get_context

import numpy as np

BUCKETS, NEIGHBOURS = 256, 8
START, PRIME = 2166136261, 16777619


# form plain
def hashed(word):
    state = START
    for byte in word.encode():
        state = ((state ^ byte) * PRIME) & 0xFFFFFFFF
    return state


def split_up(text):
    found, word = [], ""
    for sign in text.lower() + " ":
        if sign.isalnum() or sign == ".":
            word += sign
        elif word:
            found.append(word)
            word = ""
    return found


def one_record(record):
    text, readings = record.split("\t")
    row = [0.0] * (BUCKETS + 4)
    for word in split_up(text):
        if word.replace(".", "", 1).isdigit():
            row[BUCKETS] += 1
            row[BUCKETS + 1] += log1p(float(word))
        else:
            state = hashed(word)
            row[state % BUCKETS] += -1 if state & 256 else 1
    values = [float(reading) for reading in readings.split(",")]
    means, distances = [], []
    for end in range(NEIGHBOURS, len(values) + 1):
        mean = sum(values[end - NEIGHBOURS:end]) / NEIGHBOURS
        means.append(mean)
        distances.append(abs(values[end - 1] - mean))
    row[BUCKETS + 2:] = max(means), max(distances)
    return row


def plain(records):
    return np.array([one_record(record) for record in records], dtype=np.float32)
# end


# form tuned
words_in = re.compile(r"[a-z0-9.]+").findall
places = {}  # word -> (column, sign); the vocabulary is small beside the text


def place(word):
    state = hashed(word)
    found = state & 255, -1.0 if state & 256 else 1.0
    if len(places) < 200_000:  # or a stream of unique words would grow it without end
        places[word] = found
    return found


def tuned(records):
    rows = np.zeros((len(records), BUCKETS + 4), np.float32)
    known = places.get
    for row, record in zip(rows, records):
        text, readings = record.split("\t")
        counts, numbers, logs = {}, 0, 0.0
        for word in words_in(text.lower()):
            if word[0] <= "9" and word.replace(".", "", 1).isdigit():
                numbers += 1
                logs += log1p(float(word))
            else:
                column, sign = known(word) or place(word)
                counts[column] = counts.get(column, 0.0) + sign
        row[list(counts)] = list(counts.values())
        values = list(map(float, readings.split(",")))
        sums = list(accumulate(values, initial=0.0))
        means = [(later - sooner) / NEIGHBOURS for sooner, later in zip(sums, sums[NEIGHBOURS:])]
        row[BUCKETS:] = numbers, logs, max(means), max(map(abs, map(float.__sub__, values[NEIGHBOURS - 1:], means)))
    return rows
# end


# form numpy
KINDS = np.zeros(256, np.uint8)  # 0 between words, 1 letter, 2 digit, 3 dot
KINDS[ord("a"):ord("z") + 1], KINDS[ord("0"):ord("9") + 1], KINDS[ord(".")] = 1, 2, 3


def arrays(records):
    texts, readings = zip(*(record.split("\t") for record in records))
    text = "\n".join(texts).lower()
    signs = np.frombuffer(text.encode(), np.uint8)
    kinds = KINDS[signs]
    edges = np.flatnonzero(np.diff((kinds > 0).view(np.int8), prepend=0, append=0))
    begins, ends = edges[::2], edges[1::2]
    owners = np.searchsorted(np.flatnonzero(signs == 10), begins)
    letters, dots = (np.add.reduceat((kinds == kind).astype(np.int32), begins) for kind in (1, 3))
    is_number = (letters == 0) & (dots <= 1) & (ends - begins > dots)
    first, length, owner = begins[~is_number], (ends - begins)[~is_number], owners[~is_number]
    order = np.argsort(-length, kind="stable")  # longest first: those that still have a byte at place i come before the others
    first, length, owner = first[order], length[order], owner[order]
    states = np.full(len(first), START, np.uint32)
    for i in range(length[0] if len(length) else 0):
        alive = np.searchsorted(-length, -i)
        states[:alive] = (states[:alive] ^ signs[first[:alive] + i]) * np.uint32(PRIME)
    rows, count = np.zeros((len(records), BUCKETS + 4), np.float32), len(records)
    signed = np.where(states & 256, -1.0, 1.0)
    rows[:, :BUCKETS] = np.bincount(owner * BUCKETS + (states & 255), signed, count * BUCKETS).reshape(-1, BUCKETS)
    values = np.array([text[a:b] for a, b in zip(begins[is_number], ends[is_number])], "S16").astype(float)
    rows[:, BUCKETS] = np.bincount(owners[is_number], minlength=count)
    rows[:, BUCKETS + 1] = np.bincount(owners[is_number], np.log1p(values), count)
    series = np.fromstring(",".join(readings), sep=",").reshape(count, -1)
    sums = np.pad(series.cumsum(1), ((0, 0), (1, 0)))
    means = (sums[:, NEIGHBOURS:] - sums[:, :-NEIGHBOURS]) / NEIGHBOURS
    rows[:, BUCKETS + 2], rows[:, BUCKETS + 3] = means.max(1), np.abs(series[:, NEIGHBOURS - 1:] - means).max(1)
    return rows
# end


class Processes:
    """The tuned form in two workers that are started once; records and rows cross by pickle."""

    def __init__(self, workers=2):
        self.workers, self.pool = workers, get_context("fork").Pool(workers)
        self.pool.map(len, [[]] * 8)

    def __call__(self, records):
        share = -(-len(records) // self.workers)
        return np.concatenate(self.pool.map(tuned, [records[at:at + share] for at in range(0, len(records), share)]))
