"""Three small networks for digits, and each way to shrink one: int8 in three manners, zeros, narrower layers, fewer bits simulated."""
import copy
import warnings

import torch
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from torch import nn
from torch.ao import quantization as ao
from torch.nn.utils import prune

warnings.filterwarnings("ignore", category=DeprecationWarning)
warnings.filterwarnings("ignore", category=UserWarning)


class Reader(nn.Module):
    """A recurrent network that reads an image as 64 grey levels in a row."""

    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(17, 32)
        self.lstm = nn.LSTM(32, 128, batch_first=True)
        self.head = nn.Linear(128, 10)

    def forward(self, tokens):
        return self.head(self.lstm(self.embed(tokens))[0][:, -1])


def mlp():
    return nn.Sequential(nn.Linear(64, 1024), nn.ReLU(), nn.Linear(1024, 1024), nn.ReLU(), nn.Linear(1024, 10))


def cnn():
    one = [nn.Conv2d(1, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU()]
    two = [nn.Conv2d(32, 64, 3, padding=1), nn.BatchNorm2d(64), nn.ReLU()]
    return nn.Sequential(*one, *two, nn.MaxPool2d(2), nn.Flatten(), nn.Linear(1024, 128), nn.ReLU(), nn.Linear(128, 10))


# name: (build, groups of layers that become one kernel, shape of an input, epochs, seeds)
NETWORKS = {
    "mlp": (mlp, [["0", "1"], ["2", "3"]], (64,), 25, 5),
    "cnn": (cnn, [["0", "1", "2"], ["3", "4", "5"], ["8", "9"]], (1, 8, 8), 15, 5),
    "lstm": (Reader, None, (64,), 40, 3),
}


def digits(name, seed):
    pixels, labels = load_digits(return_X_y=True)
    inputs = torch.tensor(pixels).long() if name == "lstm" else torch.tensor(pixels / 16).float().reshape(-1, *NETWORKS[name][2])
    return train_test_split(inputs, torch.tensor(labels), test_size=0.25, random_state=seed, stratify=labels)


def fit(net, inputs, labels, epochs, seed, rate=1e-3):
    torch.manual_seed(seed)
    adam, loss = torch.optim.Adam(net.parameters(), rate), nn.CrossEntropyLoss()
    net.train()
    for _ in range(epochs):
        for rows in torch.randperm(len(inputs)).split(64):
            adam.zero_grad()
            loss(net(inputs[rows]), labels[rows]).backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            adam.step()
    return net.eval()


def joined(net, name):
    """Batch norm folded in and ReLU fused, so that fp32 is not slower for layers that int8 no longer has."""
    groups = NETWORKS[name][1]
    return ao.fuse_modules(copy.deepcopy(net).eval(), groups) if groups else copy.deepcopy(net)


def static_int8(net, name, inputs):
    wrapped = ao.QuantWrapper(joined(net, name)).eval()
    wrapped.qconfig = ao.get_default_qconfig("x86")
    ao.prepare(wrapped, inplace=True)
    with torch.no_grad():
        wrapped(inputs[:256])  # 256 training images give the ranges of the activations
    return ao.convert(wrapped)


def aware_int8(net, name, inputs, labels, seed):
    wrapped = ao.QuantWrapper(ao.fuse_modules_qat(copy.deepcopy(net).train(), NETWORKS[name][1])).train()
    wrapped.qconfig = ao.get_default_qat_qconfig("x86")
    ao.prepare_qat(wrapped, inplace=True)
    return ao.convert(fit(wrapped, inputs, labels, 5, seed, 1e-4))


def zeroed(net, share, again=None):
    """The smallest weights of the whole network set to zero; `again` is how to tune it, with the zeros held."""
    net = copy.deepcopy(net)
    spots = [(part, key) for part in net.modules() if not isinstance(part, (nn.BatchNorm2d, nn.Embedding))
             for key, _ in part.named_parameters(recurse=False) if "weight" in key]
    prune.global_unstructured(spots, prune.L1Unstructured, amount=share)
    if again:
        again(net)
    for part, key in spots:
        prune.remove(part, key)
    return net.eval()


def halved(net):
    """A narrower network of those half of the units of each layer whose weights have the largest norm."""
    layers, kept, last = [], None, [part for part in net if isinstance(part, nn.Linear)][-1]
    for part in net:
        made = copy.deepcopy(part)
        if isinstance(part, (nn.Linear, nn.Conv2d)):
            weight = part.weight.data if kept is None else part.weight.data[:, kept]
            order = weight.flatten(1).norm(dim=1)
            kept = torch.arange(len(weight)) if part is last else order.topk(len(weight) // 2).indices.sort().values
            flat = isinstance(part, nn.Linear)
            made = nn.Linear(weight.shape[1], len(kept)) if flat else nn.Conv2d(weight.shape[1], len(kept), 3, padding=1)
            made.weight.data, made.bias.data = weight[kept].clone(), part.bias.data[kept].clone()
        elif isinstance(part, nn.BatchNorm2d):
            made = nn.BatchNorm2d(len(kept))
            for key in ("weight", "bias", "running_mean", "running_var"):
                getattr(made, key).data = getattr(part, key).data[kept].clone()
        elif isinstance(part, nn.Flatten):  # a kept channel is 4 x 4 inputs of the next layer
            kept = (kept[:, None] * 16 + torch.arange(16)).flatten()
        layers.append(made)
    return nn.Sequential(*layers)


def rounded(net, bits):
    """Weights rounded by output channel and used as floats again: only the accuracy means anything."""
    net, top = copy.deepcopy(net), 2 ** (bits - 1) - 1
    for part in net.modules():
        if isinstance(part, (nn.Linear, nn.Conv2d)):
            step = part.weight.data.abs().flatten(1).amax(1).clamp(min=1e-8).view(-1, *[1] * (part.weight.dim() - 1)) / top
            part.weight.data = (part.weight.data / step).round() * step
    return net
