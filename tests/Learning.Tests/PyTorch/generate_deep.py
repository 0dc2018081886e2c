"""Reference values of torchvision's networks: python3 generate_deep.py > deep.json

As generate.py, whose random streams it uses. Every tensor of the state_dict but num_batches_tracked has a stream of its own, by its place
among them. Made with PyTorch 1.13 and torchvision 0.14; double.
"""
import json
import sys

import numpy as np
import torch
import torchvision
from generate import IMAGES, INITIALIZATION, summary, unit
from torch import nn


RELU = nn.functional.relu


def draw(model):
    names = [name for name in model.state_dict() if not name.endswith("num_batches_tracked")]
    state = model.state_dict()
    for number, name in enumerate(names):
        tensor = state[name]
        values = 2 * unit(number, INITIALIZATION, tensor.numel()) - np.float32(1)
        if name.endswith("running_var"):
            values = np.float32(1) + np.float32(0.25) * values
        elif tensor.dim() == 1:
            values = np.float32(name.endswith("weight")) + np.float32(0.25) * values
        else:
            values = values * np.float32(np.sqrt(6 / tensor[0].numel()))
        tensor.copy_(torch.from_numpy(values.reshape(tensor.shape)))


def network(name, classes):
    if name == "inception-v3":
        model = torchvision.models.inception_v3(weights=None, aux_logits=False, num_classes=classes, init_weights=False)
        model.dropout = nn.Identity()
        return model
    model = torchvision.models.resnet18(weights=None, num_classes=classes)
    if name == "resnet18-small":
        model.conv1 = nn.Conv2d(3, 64, 3, stride=1, padding=1, bias=False)
        model.maxpool = nn.Identity()
    return model


def case(name, side, batch, classes):
    print(name, file=sys.stderr)
    nn.functional.relu = RELU
    model = network(name, classes)
    draw(model)
    model = model.double()
    images = torch.from_numpy(unit(0, IMAGES, batch * 3 * side * side).reshape(batch, 3, side, side)).double()
    labels = torch.arange(batch) % classes
    model.eval()
    logits = model(images)
    loss = nn.functional.cross_entropy(logits, labels)
    # With ReLU, rounding in single precision turns one on or off here and there, and the gradients below it are others.
    nn.functional.relu = lambda value, inplace=False: torch.tanh(value)
    for module in model.modules():
        if hasattr(module, "relu"):
            module.relu = nn.Tanh()
    pixels = images.clone().requires_grad_()
    nn.functional.cross_entropy(model(pixels), labels).backward()
    result = {
        "network": name, "side": side, "batch": batch, "classes": classes, "logits": logits.flatten().tolist(),
        "loss": loss.item(), "inputGradient": summary(pixels.grad, 200), "losses": [],
    }
    model.train()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001, eps=0.1)
    for step in range(3):
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(images), labels)
        loss.backward()
        result["losses"].append(loss.item())
        if step == 0:
            result["weightGradients"] = {name: summary(value.grad, 5) for name, value in model.named_parameters()}
        optimizer.step()
    result["statistics"] = {
        name: summary(value, 4) for name, value in model.named_buffers() if not name.endswith("num_batches_tracked")
    }
    return result


if __name__ == "__main__":
    json.dump([case("resnet18", 64, 7, 10), case("resnet18-small", 32, 7, 10), case("inception-v3", 107, 6, 10)], sys.stdout)
