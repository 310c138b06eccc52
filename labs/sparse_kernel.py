"""From which share of zeros on does a kernel that skips them win? One 1024x1024 layer, dense against torch's CSR, one thread. Seed 0.

python sparse_kernel.py [--out runs]; see README.md."""
import argparse
import warnings

import torch

from record import Record, parts, quantile, seconds

warnings.filterwarnings("ignore", message="Sparse CSR tensor support is in beta")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--out", default="runs")
    torch.set_num_threads(1)
    torch.manual_seed(0)
    dense = torch.randn(1024, 1024)
    record = Record("dense-against-csr-multiply", "fulcrum-labs-quantization", "sparse_kernel.py", "Dense against sparse row-compressed multiplication",
                    "Median time of one matrix product as the share of zeros grows.", "one random 1024x1024 float32 matrix, seed 0, smallest magnitudes zeroed",
                    "One layer shape and one library's kernel.", ["torch"])
    for batch in (1, 64):
        columns = torch.randn(1024, batch)
        for zeros in (0, 50, 80, 90, 95, 99):
            edge = dense.abs().flatten().kthvalue(max(1, int(zeros / 100 * dense.numel()))).values
            layer = (dense * (dense.abs() > edge)).to_sparse_csr() if zeros else dense
            took = [seconds(torch.matmul, layer, columns)[0] * 1e6 for _ in range(330)][30:]
            slug, label = (f"csr-{zeros}-zeros", f"CSR matmul, {zeros}% zeros") if zeros else ("dense", "dense matmul")
            params = {"batch": batch, "threads": 1, **({"zeros": f"{zeros}%"} if zeros else {})}
            record.row(f"{slug}-batch-{batch}", quantile(took, 0.5), "us", "latency-p50", label, params, 300, parts(took, 3, "us"),
                       concepts=["compressed-sparse-row", "magnitude-pruning"] if zeros else ["floating-point-inference"])
    record.write(options.parse_args().out)


if __name__ == "__main__":
    main()
