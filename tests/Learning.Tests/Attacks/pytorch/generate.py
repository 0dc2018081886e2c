"""Writes attacks.json: what PyTorch makes of a small network, for PyTorchAgreementTests.cs.

Run as `python3 generate.py` with PyTorch 1.13 or later; the output is committed, so that the tests need no Python.
DeepFool is written here from algorithm 2 of Moosavi-Dezfooli et al. (2016), with the options in which the published
implementations differ.
"""

import json
import pathlib

import torch

SHAPE = (1, 6, 6)
HIDDEN, CLASSES, IMAGES = 16, 5, 12


def make_network():
    return torch.nn.Sequential(
        torch.nn.Flatten(),
        torch.nn.Linear(SHAPE[0] * SHAPE[1] * SHAPE[2], HIDDEN),
        torch.nn.Tanh(),
        torch.nn.Linear(HIDDEN, CLASSES),
    )


def loss_gradient(network, images, labels):
    images = images.clone().requires_grad_(True)
    torch.nn.functional.cross_entropy(network(images), labels, reduction="sum").backward()
    return images.grad


def deepfool(network, original, label, max_iterations, overshoot, overshoot_each_step, step_margin):
    """DeepFool for L2 of one image over all classes; returns the perturbed image."""
    image, total = original.clone(), torch.zeros_like(original)
    for _ in range(max_iterations):
        point = image.clone().requires_grad_(True)
        logits = network(point[None])[0]
        if logits.max() > logits[label]:
            break
        nearest = None
        for rival in range(CLASSES):
            if rival == label:
                continue
            gap = logits[rival] - logits[label]
            (gradient,) = torch.autograd.grad(gap, point, retain_graph=True)
            distance = (gap.abs() / gradient.norm()).item()
            if nearest is None or distance < nearest[0]:
                nearest = (distance, gradient)
        distance, gradient = nearest
        step = (distance + step_margin) * gradient / gradient.norm()
        if overshoot_each_step:
            total += step
            image = (original + (1 + overshoot) * total).clamp(0, 1)
        else:
            image = (image + step).clamp(0, 1)
    if not overshoot_each_step:
        image = (original + (1 + overshoot) * (image - original)).clamp(0, 1)
    return image


def main():
    torch.manual_seed(2016)
    network = make_network()
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.mul_(3)
    images = torch.rand(IMAGES, *SHAPE)
    labels = network(images).argmax(1)
    settings = {
        "step": dict(max_iterations=50, overshoot=0.02, overshoot_each_step=True, step_margin=1e-4),
        "end": dict(max_iterations=50, overshoot=0.02, overshoot_each_step=False, step_margin=0.0),
    }
    output = {
        "hiddenWeights": network[1].weight.tolist(),
        "hiddenBiases": network[1].bias.tolist(),
        "outputWeights": network[3].weight.tolist(),
        "outputBiases": network[3].bias.tolist(),
        "images": images.flatten(1).tolist(),
        "labelClasses": labels.tolist(),
        "lossGradients": loss_gradient(network, images, labels).flatten(1).tolist(),
        "deepFoolStep": [],
        "deepFoolEnd": [],
    }
    for image, label in zip(images, labels):
        for name, options in settings.items():
            found = deepfool(network, image, label.item(), **options)
            output["deepFool" + name.capitalize()].append(found.flatten().tolist())
    path = pathlib.Path(__file__).with_name("attacks.json")
    path.write_text(json.dumps(output) + "\n")


if __name__ == "__main__":
    main()
