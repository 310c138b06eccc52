"""What int8, zeroed weights, narrower layers and fewer bits do to accuracy, file size and latency of three small networks.

python quantization.py [mlp cnn lstm] [--out runs]; see README.md. scikit-learn's digits, 1,797 images of 8x8, split 75/25 anew by each of the
seeds 0 to 4 (0 to 2 for the LSTM). A test set of 450 images gives one accuracy a standard error of about 0.7 points: read the share of changed
predictions. Size and latency are those of seed 0. One thread, eager mode."""
import argparse
import gzip
import io

import torch

from record import Record, parts, quantile, seconds
from small_networks import NETWORKS, aware_int8, digits, fit, halved, joined, rounded, static_int8, zeroed

ABOUT = {
    "mlp": ("int8-and-pruning-of-a-small-mlp", "Int8, pruning and low-bit weights on a small fully connected network"),
    "cnn": ("int8-and-pruning-of-a-small-cnn", "Int8, pruning and low-bit weights on a small convolutional network"),
    "lstm": ("dynamic-int8-and-pruning-of-a-small-lstm", "Dynamic int8 and magnitude pruning on a small LSTM"),
}


def forms(net, name, inputs, labels, seed):
    """(slug, label, concept, network) of each form; static int8, narrower layers and fewer bits are not tried on the LSTM."""
    again = lambda other: fit(other, inputs, labels, 5, seed, 1e-4)
    yield "fp32", "fp32", "floating-point-inference", net
    dynamic = torch.ao.quantization.quantize_dynamic(net, {torch.nn.Linear, torch.nn.LSTM}, torch.qint8)
    yield "dynamic-int8", "dynamic int8", "dynamic-quantization", dynamic
    if name != "lstm":
        yield "static-int8", "static int8 (PTQ)", "post-training-static-quantization", static_int8(net, name, inputs)
        yield "qat-int8", "int8 QAT, 5 epochs", "quantization-aware-training", aware_int8(net, name, inputs, labels, seed)
    for share in (50, 80, 90):
        yield f"pruned-{share}-untuned", f"pruned {share}%, no fine-tuning", "magnitude-pruning", zeroed(net, share / 100)
        yield f"pruned-{share}-tuned", f"pruned {share}%, 5 epochs", "magnitude-pruning", zeroed(net, share / 100, again)
    if name != "lstm":
        narrow = again(halved(net))
        yield "half-units", "half the units, 5 epochs", "structured-pruning", narrow
        yield "half-units-static-int8", "half the units + static int8", "structured-pruning", static_int8(narrow, name, inputs)
        yield "pruned-80-static-int8", "pruned 80% + static int8", "magnitude-pruning", static_int8(zeroed(net, 0.8, again), name, inputs)
        for bits in (6, 4, 3, 2):
            yield f"weights-{bits}-bit", f"simulated {bits}-bit weights", "weight-only-quantization", rounded(net, bits)


def bytes_of(net):
    held = io.BytesIO()
    torch.save(net.state_dict(), held)
    return len(held.getvalue()), len(gzip.compress(held.getvalue(), 6))


def examine(record, name):
    seeds, scores, kept = NETWORKS[name][4], {}, {}
    torch.set_num_threads(2)
    for seed in range(seeds):
        inputs, test, labels, truth = digits(name, seed)
        torch.manual_seed(seed)
        net = fit(NETWORKS[name][0](), inputs, labels, NETWORKS[name][3], seed)
        for slug, label, concept, form in forms(net, name, inputs, labels, seed):
            with torch.inference_mode():
                told = form(test).argmax(1)
            plain = told if slug == "fp32" else plain
            scores.setdefault(slug, []).append(((told == truth).float().mean().item(), (told != plain).float().mean().item()))
            kept.setdefault(slug, (label, concept, form, test))
    torch.set_num_threads(1)
    for slug, (label, concept, form, test) in kept.items():
        right, changed = zip(*scores[slug])
        about = {"subject": label, "concepts": [concept]}
        record.row(f"{slug}-accuracy", sum(right) / seeds, "1", "accuracy", params={"reported": "mean over seeds", "split": "test"}, samples=seeds,
                   spread=f"min {min(right):.4f}, max {max(right):.4f}", **about)
        if slug != "fp32":
            record.row(f"{slug}-changed", sum(changed) / seeds, "1", "prediction-change", params={"compared with": "fp32", "reported": "mean over seeds"},
                       samples=seeds, **about)
        if "untuned" in slug or slug.startswith("weights"):
            continue
        raw, packed = bytes_of(form)
        record.row(f"{slug}-size", raw, "By", "model-size", params={"file": "torch.save of the state"}, **about)
        record.row(f"{slug}-gzipped", packed, "By", "storage-size", params={"file": "the saved state through gzip -6"}, **about)
        runner, calls = form if "int8" in slug else joined(form, name), 300 if name == "lstm" else 1000
        for batch in (1, 64):
            with torch.inference_mode():
                took = [seconds(runner, test[:batch])[0] * 1e6 for _ in range(100 + calls)][100:]
            for metric, share in (("p50", 0.5), ("p99", 0.99)):
                record.row(f"{slug}-{metric}-batch-{batch}", quantile(took, share), "us", f"latency-{metric}", params={"batch": batch, "threads": 1},
                           samples=calls, spread=parts(took, 4, "us"), **about)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("networks", nargs="*", default=list(NETWORKS))
    options.add_argument("--out", default="runs")
    chosen = options.parse_args()
    for name in chosen.networks:
        slug, title = ABOUT[name]
        record = Record(slug, "fulcrum-labs-quantization", f"quantization.py {name}", title, "Accuracy, changed predictions, file size and latency of each form.",
                        f"scikit-learn digits, 1,797 images of 8x8, 75/25 split anew for each of {NETWORKS[name][4]} seeds",
                        "450 test images a seed; low-bit weights are rounded and used as floats.", ["torch", "scikit-learn", "numpy"])
        examine(record, name)
        record.write(chosen.out)


if __name__ == "__main__":
    main()
