"""Neighbours and classes from scikit-learn for the embedded images: python3 generate.py > neighbours.json

Debian's python3-sklearn 1.2.1, brute force in float64. The disturbed
queries are the same images with a change of up to 25 / 512 that both sides compute in float32 without a random generator.
scikit-learn leaves the order of equally near neighbours open, so this refuses to write any.
"""
import gzip
import json
import sys

import numpy as np
from sklearn.neighbors import KNeighborsClassifier

TRAIN, QUERIES, COUNT, DATA = 1500, 60, 7, "../../../../data/fashion-mnist-mini/"


def read(name, offset):
    with gzip.open(DATA + name) as file:
        return np.frombuffer(file.read(), np.uint8, offset=offset)


train = read("train-images-idx3-ubyte.gz", 16).reshape(-1, 784)[:TRAIN]
labels = read("train-labels-idx1-ubyte.gz", 8)[:TRAIN]
queries = read("t10k-images-idx3-ubyte.gz", 16).reshape(-1, 784)[:QUERIES]
change = ((np.arange(queries.size) * 7919 % 51 - 25) / 512).astype(np.float32).reshape(queries.shape)
disturbed = np.clip(queries / np.float32(255) + change, np.float32(0), np.float32(1))
assert disturbed.dtype == np.float32


def neighbours(images):
    found = {}
    for k in (1, 3, 5, COUNT):
        classifier = KNeighborsClassifier(k, algorithm="brute").fit(train.astype(np.float64), labels)
        distances, positions = classifier.kneighbors(images, COUNT + 1)
        assert np.diff(distances).min() > 1e-6, "equally near neighbours"
        found[f"classes{k}"] = classifier.predict(images).tolist()
    return found | {"positions": positions[:, :COUNT].tolist()}


json.dump(
    {"train": TRAIN, "queries": QUERIES, "count": COUNT, "bytes": neighbours(queries.astype(np.float64)),
     "floats": neighbours(disturbed.astype(np.float64) * 255)}, sys.stdout)
print()
