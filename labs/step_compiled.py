"""The step of step_forms.py as a loop over bytes that Numba compiles."""
import numpy as np
from numba import njit

BUCKETS, NEIGHBOURS = 256, 8


# form numba
@njit
def number_after(signs, at):
    """The decimal that starts at `at`, and where it ends."""
    value, scale = 0.0, 1.0
    sign, dotted = 1.0, False
    while at < len(signs) and signs[at] != 44 and signs[at] != 10:
        if signs[at] == 45:
            sign = -1.0
        elif signs[at] == 46:
            dotted = True
        else:
            value = value * 10.0 + (signs[at] - 48)
            scale = scale * 10.0 if dotted else scale
        at += 1
    return sign * value / scale, at


@njit
def walk(signs, rows):
    values = np.zeros(4096)
    at = 0
    for row in rows:
        while at == 0 or signs[at - 1] != 9:  # words, up to the tab
            state, digits, letters, dots, value, scale = np.uint32(2166136261), 0, 0, 0, 0.0, 1.0
            while True:
                sign = signs[at]
                at += 1
                if 65 <= sign <= 90:
                    sign = np.uint8(sign + 32)
                if 48 <= sign <= 57:
                    digits += 1
                    value = value * 10.0 + (sign - 48)
                    scale = scale * 10.0 if dots else scale
                elif sign == 46:
                    dots += 1
                elif 97 <= sign <= 122:
                    letters += 1
                else:
                    break
                state = np.uint32((state ^ np.uint32(sign)) * np.uint32(16777619))
            if digits and not letters and dots <= 1:
                row[BUCKETS] += 1
                row[BUCKETS + 1] += np.log1p(value / scale)
            elif digits or letters or dots:
                row[state & np.uint32(255)] += -1.0 if state & np.uint32(256) else 1.0
        count, total, top, far = 0, 0.0, -np.inf, 0.0
        while at < len(signs) and signs[at - 1] != 10:  # readings, up to the end of the line
            values[count], at = number_after(signs, at)
            total += values[count] - (values[count - NEIGHBOURS] if count >= NEIGHBOURS else 0.0)
            if count >= NEIGHBOURS - 1:
                top = max(top, total / NEIGHBOURS)
                far = max(far, abs(values[count] - total / NEIGHBOURS))
            count += 1
            at += 1
        row[BUCKETS + 2], row[BUCKETS + 3] = top, far


def compiled(records):
    rows = np.zeros((len(records), BUCKETS + 4), np.float32)
    walk(np.frombuffer("\n".join(records).encode(), np.uint8), rows)
    return rows
# end
