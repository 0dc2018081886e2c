"""Attacks of Foolbox and ART on the network, images and labels that `advfit attack` attacks, as JSON.

    python3 attacks.py weights.safetensors images.npy labels.npy [ATTACK ..] > peers.json

Needs PyTorch, and on PYTHONPATH Foolbox (3.3.4, with EagerPy) and ART (1.20.1). With no attack named, runs all. The network is
`lenet5` with PyTorch's names of weights. HopSkipJump gets one image at a time: Foolbox normalises its gradient over the batch.
"""
import json
import struct
import sys
import time

import numpy
import torch
from torch import nn

torch.set_num_threads(1)
MARKS = (1_000, 5_000, 25_000)


class LeNet5(nn.Module):
    """Counts its queries, and can watch how near an image's adversarial examples came by then."""

    def __init__(self, channels, flat):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(channels, 6, 5), nn.Conv2d(6, 16, 5)
        self.fc1, self.fc2, self.fc3 = nn.Linear(flat, 120), nn.Linear(120, 84), nn.Linear(84, 10)
        self.queries, self.watched = 0, None

    def forward(self, x):
        inputs = x
        x = torch.max_pool2d(torch.relu(self.conv1(x)), 2)
        x = torch.max_pool2d(torch.relu(self.conv2(x)), 2)
        x = torch.relu(self.fc2(torch.relu(self.fc1(x.flatten(1)))))
        logits = self.fc3(x)
        if self.watched is not None:
            self.watch(inputs, logits)
        self.queries += len(inputs)
        return logits

    def watch(self, inputs, logits):
        """Notes the distance of the nearest misclassified image of those asked about within each number of queries."""
        original, label, nearest = self.watched
        distances = (inputs - original).flatten(1).norm(dim=1)
        distances[logits.argmax(1) == label] = float("inf")
        for mark in MARKS:
            within = distances[:max(0, mark - self.queries)]
            if len(within):
                nearest[mark] = min(nearest[mark], within.min().item())


def load(path, channels):
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        values = file.read()
    header.pop("__metadata__", None)
    weights = {
        name: torch.from_numpy(numpy.frombuffer(values[slice(*entry["data_offsets"])], "<f4").reshape(entry["shape"]).copy())
        for name, entry in header.items()}
    model = LeNet5(channels, weights["fc1.weight"].shape[1])
    model.load_state_dict(weights)
    return model.eval().requires_grad_(False)


def foolbox_runner(model):
    import foolbox
    attacked = foolbox.PyTorchModel(model, bounds=(0, 1), device="cpu")

    def runner(attack):
        return lambda images, labels: attack.run(attacked, images, foolbox.criteria.Misclassification(labels))

    attacks = foolbox.attacks
    yield "deepfool foolbox", runner(attacks.L2DeepFoolAttack()), None
    yield "carlini-wagner foolbox", runner(attacks.L2CarliniWagnerAttack(steps=1000)), None
    yield "carlini-wagner foolbox, learning rate .001", runner(attacks.L2CarliniWagnerAttack(steps=1000, stepsize=1e-3)), None
    yield "hopskipjump foolbox", runner(attacks.HopSkipJumpAttack()), 1


def art_runner(model):
    from art.attacks.evasion import CarliniL2Method, DeepFool, HopSkipJump
    from art.estimators.classification import PyTorchClassifier

    def runner(create):
        def run(images, labels):
            classifier = PyTorchClassifier(
                model, nn.CrossEntropyLoss(), input_shape=images.shape[1:], nb_classes=10, clip_values=(0, 1),
                device_type="cpu")
            return torch.from_numpy(create(classifier, len(images)).generate(images.numpy(), labels.numpy()))
        return run

    yield "deepfool art", runner(lambda c, n: DeepFool(c, batch_size=n, verbose=False)), None
    yield "carlini-wagner art", runner(lambda c, n: CarliniL2Method(c, batch_size=n, verbose=False)), None
    yield "hopskipjump art", runner(lambda c, n: HopSkipJump(c, batch_size=1, verbose=False)), 1


def norms(originals, adversarials, model, labels):
    with torch.no_grad():
        fooled = model(adversarials).argmax(1) != labels
    return (adversarials - originals).flatten(1).norm(dim=1)[fooled].numpy()


def summary(distances):
    return {"median": float(numpy.median(distances)), "mean": float(numpy.mean(distances))} if len(distances) else None


def measure(run, model, images, labels, batch):
    model.queries, at_marks, found = 0, {mark: [] for mark in MARKS}, []
    seconds, processor = time.perf_counter(), time.process_time()
    for first in range(0, len(images), batch or len(images)):
        part = slice(first, first + (batch or len(images)))
        if batch == 1:
            before, model.queries = model.queries, 0
            model.watched = images[part], labels[part], dict.fromkeys(MARKS, float("inf"))
        found.append(run(images[part], labels[part]))
        if batch == 1:
            for mark, distance in model.watched[2].items():
                at_marks[mark].append(distance)
            model.queries, model.watched = model.queries + before, None
    seconds, processor = time.perf_counter() - seconds, time.process_time() - processor
    queries = model.queries
    distances = norms(images, torch.cat(found), model, labels)
    return {
        "images": len(images), "success": len(distances) / len(images), "l2": summary(distances),
        "l2ByQueries": {str(mark): summary(nearest) for mark, nearest in at_marks.items() if nearest},
        "milliseconds": 1e3 * seconds / len(images), "processorMilliseconds": 1e3 * processor / len(images),
        "queries": queries / len(images)}


def main(weights, images, labels, *attacks):
    images = torch.from_numpy(numpy.load(images))
    labels = torch.from_numpy(numpy.load(labels).astype(numpy.int64))
    model = load(weights, images.shape[1])
    for runners in (foolbox_runner, art_runner):
        for name, run, batch in runners(model):
            if not attacks or any(name.startswith(attack) for attack in attacks):
                torch.manual_seed(1)
                numpy.random.seed(1)
                print(json.dumps({name: measure(run, model, images, labels, batch)}), flush=True)


main(*sys.argv[1:])
