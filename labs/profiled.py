"""Four small programs of two parts, for profilers.py. Each clocks its parts itself, from outside, so that the true share of the hotter part is known.

python profiled.py NAME LENGTH [TRACE]; LENGTH 1 is the full number of rounds. With a file name for a trace, torch.profiler records (torch only). `profile` does nothing unless line_profiler runs."""
import json
import os
import socket
import sys
import time
from contextlib import nullcontext

from line_profiler import profile


@profile
def tiny_step(x):
    return x * 3 + 1


@profile
def many_calls(count):
    total = 1
    for _ in range(count):
        total = tiny_step(total) & 1023
    return total


@profile
def one_loop(count):
    total = 1
    for i in range(count):
        total = (total * 5 + i) & 1023
        total ^= i & 7
    return total


@profile
def products(matrix):
    for _ in range(3):
        matrix = matrix @ matrix
        matrix /= abs(matrix).max()
    return matrix


@profile
def by_element(np, values):
    return np.sqrt(np.abs(np.sin(values) * np.cos(values)) + 1.0).sum()


@profile
def await_reply(line):
    line.send(b"?")
    return line.recv(4096)


@profile
def read_reply(reply):
    return sum(len(word) for word in (reply.decode() * 12).split(","))


@profile
def train_once(net, adam, loss, inputs, labels):
    adam.zero_grad()
    loss(net(inputs), labels).backward()
    adam.step()


@profile
def disturb(draw, inputs):
    noisy = inputs + draw.normal(0, 0.1, inputs.shape).astype("f4")
    return noisy[draw.permutation(len(noisy))]


def calls():
    return 500, {"one_loop": lambda _: one_loop(22_000), "many_calls": lambda _: many_calls(16_000)}


def numpy():
    import numpy as np
    matrix, values = np.random.default_rng(0).normal(size=(400, 400)), np.random.default_rng(1).normal(size=150_000)
    return 250, {"products": lambda _: products(matrix), "by_element": lambda _: by_element(np, values)}


def io():
    near, far = socket.socketpair()
    if os.fork() == 0:  # the other end answers after 2 ms, as a service nearby would
        near.close()
        reply = b",".join(b"%d" % i for i in range(900))
        while far.recv(16):
            time.sleep(0.002)
            far.send(reply)
        os._exit(0)
    far.close()
    return 400, {"await_reply": lambda _: await_reply(near), "read_reply": read_reply}


def torch():
    import numpy as np
    import torch as pt
    pt.set_num_threads(1)
    pt.manual_seed(0)
    draw, layers = np.random.default_rng(0), pt.nn
    net = layers.Sequential(layers.Linear(256, 512), layers.ReLU(), layers.Linear(512, 512), layers.ReLU(), layers.Linear(512, 10))
    adam, loss = pt.optim.Adam(net.parameters()), layers.CrossEntropyLoss()
    inputs, labels = draw.normal(size=(256, 256)).astype("f4"), pt.randint(10, (256,))
    return 250, {"disturb": lambda _: disturb(draw, inputs), "train_once": lambda noisy: train_once(net, adam, loss, pt.from_numpy(noisy), labels)}


def main():
    rounds, pair = globals()[sys.argv[1]]()
    trace, recorder, named = sys.argv[3:], nullcontext(), lambda name: nullcontext()
    if trace:
        from torch import profiler
        recorder, named = profiler.profile(activities=[profiler.ProfilerActivity.CPU]), profiler.record_function
    spent, held = dict.fromkeys(pair, 0.0), None
    for _ in range(3):
        for part in pair.values():
            held = part(held)
    begin = time.perf_counter()
    with recorder:
        for _ in range(int(rounds * float(sys.argv[2]))):
            for name, part in pair.items():
                start = time.perf_counter()
                with named(name):
                    held = part(held)
                spent[name] += time.perf_counter() - start
    took, seen = time.perf_counter() - begin, {}
    if trace:
        recorder.export_chrome_trace(trace[0])
        seen = {event.key: event.cpu_time_total for event in recorder.key_averages() if event.key in pair}
    print("TOLD " + json.dumps({"took": took, "spent": spent, "seen": seen}), flush=True)


if __name__ == "__main__":
    main()
