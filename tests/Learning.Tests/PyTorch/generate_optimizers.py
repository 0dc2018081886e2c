"""Weights after some steps of PyTorch's optimisers: python3 generate_optimizers.py > optimizers.json

LeNet-5 on 1x28x28 with the weights and images of generate.py. Made with PyTorch 1.13; float32, one thread.
"""
import json
import sys

import numpy as np
import torch
from generate import IMAGES, INITIALIZATION, lenet5, summary, unit
from torch import nn

BATCH, STEPS = 32, 6


def case(name, make, schedule=None):
    layers = lenet5(1, 2, 400)
    model, named = nn.Sequential(*[module for _, module in layers]), {}
    for label, module in layers:
        for kind in ("weight", "bias") if label else ():
            parameter = getattr(module, kind)
            bound = np.float32(1 / np.sqrt(module.weight[0].numel()))
            draws = unit(len(named), INITIALIZATION, parameter.numel())
            parameter.data = torch.from_numpy((np.float32(2) * draws - np.float32(1)) * bound).reshape(parameter.shape)
            named[f"{label}.{kind}"] = parameter
    images = torch.from_numpy(unit(0, IMAGES, BATCH * 784).reshape(BATCH, 1, 28, 28))
    labels = torch.arange(BATCH) % 10
    optimizer = make(named.values())
    rates = schedule and schedule(optimizer)
    losses, used = [], []
    for _ in range(STEPS):
        used.append(optimizer.param_groups[0]["lr"])
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(images), labels)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
        if rates:
            rates.step()
    return {
        "name": name, "losses": losses, "rates": used,
        "weights": {label: summary(parameter, 20) for label, parameter in named.items()},
    }


if __name__ == "__main__":
    optim = torch.optim
    json.dump([
        case("sgd", lambda p: optim.SGD(p, 0.5)),
        case("sgd with momentum and decay", lambda p: optim.SGD(p, 0.1, momentum=0.9, weight_decay=0.01)),
        case("nesterov", lambda p: optim.SGD(p, 0.1, momentum=0.8, nesterov=True)),
        case("rmsprop", lambda p: optim.RMSprop(p, 0.001, alpha=0.9, eps=0.01)),
        case("rmsprop with momentum and decay",
             lambda p: optim.RMSprop(p, 0.001, alpha=0.95, eps=0.01, momentum=0.5, weight_decay=0.02)),
        case("adam with decay", lambda p: optim.Adam(p, 0.003, eps=1e-4, weight_decay=0.02)),
        case("step schedule", lambda p: optim.SGD(p, 0.5), lambda o: optim.lr_scheduler.StepLR(o, 2, 0.3)),
        case("cosine schedule", lambda p: optim.SGD(p, 0.5), lambda o: optim.lr_scheduler.CosineAnnealingLR(o, STEPS)),
    ], sys.stdout, indent=0)
