"""Reference values from PyTorch for the CPU engine: python3 generate.py > reference.json

Weights and images come from the same counter-based generator that AdvFit uses (Philox4x32-10), written here a second
time, so that no weights need to be stored. Made with PyTorch 1.13 and NumPy 1.24; float32, one thread.
"""
import json
import sys

import numpy as np
import torch
from torch import nn

torch.set_num_threads(1)
SEED, SHUFFLE, INITIALIZATION, IMAGES = 2020, 3, 3, 1000


def philox(sample, purpose, count):
    """The first `count` 32-bit draws of one stream."""
    blocks = (count + 3) // 4
    mask = np.uint64(0xFFFFFFFF)
    x = [np.arange(blocks, dtype=np.uint64)] + [np.full(blocks, v, np.uint64) for v in (sample, SHUFFLE, purpose)]
    k0, k1 = SEED & 0xFFFFFFFF, SEED >> 32
    for _ in range(10):
        left, right = np.uint64(0xD2511F53) * x[0], np.uint64(0xCD9E8D57) * x[2]
        x = [
            (right >> np.uint64(32)) ^ x[1] ^ np.uint64(k0), right & mask,
            (left >> np.uint64(32)) ^ x[3] ^ np.uint64(k1), left & mask,
        ]
        k0, k1 = (k0 + 0x9E3779B9) & 0xFFFFFFFF, (k1 + 0xBB67AE85) & 0xFFFFFFFF
    return np.stack(x, 1).reshape(-1)[:count]


def unit(sample, purpose, count):
    return ((philox(sample, purpose, count) >> np.uint64(8)).astype(np.float32) * np.float32(2.0**-24))


def lenet5(channels, padding, flat):
    return [
        ("conv1", nn.Conv2d(channels, 6, 5, padding=padding)), (None, nn.ReLU()), (None, nn.MaxPool2d(2)),
        ("conv2", nn.Conv2d(6, 16, 5)), (None, nn.ReLU()), (None, nn.MaxPool2d(2)), (None, nn.Flatten()),
        ("fc1", nn.Linear(flat, 120)), (None, nn.ReLU()), ("fc2", nn.Linear(120, 84)), (None, nn.ReLU()),
        ("fc3", nn.Linear(84, 10)),
    ]


def wide(channels):
    return [
        ("conv1", nn.Conv2d(channels, 20, 5)), (None, nn.ReLU()), (None, nn.MaxPool2d(2)),
        ("conv2", nn.Conv2d(20, 50, 5)), (None, nn.ReLU()), (None, nn.MaxPool2d(2)), (None, nn.Flatten()),
        ("fc1", nn.Linear(1250, 500)), (None, nn.ReLU()), ("fc2", nn.Linear(500, 10)),
    ]


def every_layer():
    """Strides, paddings, overlapping and lossy pooling, tanh, odd channel counts, a linear layer with few inputs."""
    return [
        ("conv1", nn.Conv2d(3, 5, 3, stride=2, padding=1)), (None, nn.Tanh()), (None, nn.MaxPool2d(3, 1)),
        ("conv2", nn.Conv2d(5, 7, 4, stride=3, padding=2)), (None, nn.ReLU()), (None, nn.AvgPool2d(2, 1)),
        (None, nn.Flatten()), ("fc1", nn.Linear(7, 13)), (None, nn.Tanh()), ("fc2", nn.Linear(13, 3)),
    ]


def summary(tensor, most=60):
    """The norm, and every n-th value so that there are at most so many."""
    values = tensor.detach().numpy().astype(np.float64).reshape(-1)
    step = max(1, -(-values.size // most))
    return {"norm": float(np.sqrt((values**2).sum())), "step": step, "values": [float(v) for v in values[::step]]}


def case(name, network, shape, layers, batch):
    modules = [module for _, module in layers]
    model = nn.Sequential(*modules)
    number = 0
    named = {}
    for label, module in layers:
        if label is None:
            continue
        fan_in = module.weight[0].numel()
        bound = np.float32(1 / np.sqrt(fan_in))
        for kind in ("weight", "bias"):
            parameter = getattr(module, kind)
            draws = unit(number, INITIALIZATION, parameter.numel())
            parameter.data = torch.from_numpy((np.float32(2) * draws - np.float32(1)) * bound).reshape(parameter.shape)
            named[f"{label}.{kind}"] = parameter
            number += 1
    classes = layers[-1][1].out_features
    length = int(np.prod(shape))
    images = torch.from_numpy(unit(0, IMAGES, batch * length).reshape(batch, *shape))
    labels = torch.arange(batch) % classes
    images.requires_grad_(True)
    logits = model(images)
    loss = nn.functional.cross_entropy(logits, labels)
    loss.backward()
    result = {
        "name": name, "network": network, "shape": list(shape), "batch": batch, "classes": classes,
        "logits": [float(v) for v in logits.detach().numpy().astype(np.float64).reshape(-1)],
        "loss": float(loss.detach()),
        "inputGradient": summary(images.grad),
        "weightGradients": {label: summary(parameter.grad) for label, parameter in named.items()},
    }
    # Where a gradient is mere rounding noise, Adam divides it by its own size and takes a full step in a random
    # direction. An epsilon above the noise keeps 20 steps comparable; the published one is compared over 3.
    start = {label: parameter.detach().clone() for label, parameter in named.items()}
    for key, steps, epsilon in (("adamDefault", 3, 1e-8), ("adam20", 20, 1e-4)):
        for label, parameter in named.items():
            parameter.data = start[label].clone()
        optimizer = torch.optim.Adam(named.values(), lr=0.003, eps=epsilon)
        losses = []
        for _ in range(steps):
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(model(images.detach()), labels)
            losses.append(float(loss.detach()))
            loss.backward()
            optimizer.step()
        result[key] = {
            "epsilon": epsilon, "losses": losses,
            "weights": {label: summary(parameter) for label, parameter in named.items()},
        }
    return result


if __name__ == "__main__":
    json.dump([
        case("lenet5 on 1x28x28", "lenet5", (1, 28, 28), lenet5(1, 2, 400), 32),
        case("lenet5 on 3x32x32", "lenet5", (3, 32, 32), lenet5(3, 0, 400), 32),
        case("lenet5-wide on 3x32x32", "lenet5-wide", (3, 32, 32), wide(3), 32),
        case("lenet5 with a batch of 45", "lenet5", (3, 32, 32), lenet5(3, 0, 400), 45),
        case("every kind of layer", "every-layer", (3, 11, 11), every_layer(), 19),
    ], sys.stdout, indent=0)
