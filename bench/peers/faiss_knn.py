"""Exact nearest neighbours with FAISS's flat index, for comparison with bench/Neighbours, as JSON.

    OPENBLAS_CORETYPE=SkylakeX python3 faiss_knn.py mnist | cifar10 [FOLDER]

Debian's python3-faiss, all cores. FOLDER holds the data set as published; without it, where `advfit data fetch` puts it.
"""
import gzip
import json
import os
import sys
import time

import faiss
import numpy as np

NAME = sys.argv[1]
CACHE = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
FOLDER = sys.argv[2] if len(sys.argv) > 2 else os.path.join(CACHE, "advfit", "datasets", NAME)
COUNT = 7


def idx(name, offset):
    with gzip.open(os.path.join(FOLDER, name + ".gz")) as file:
        return np.frombuffer(file.read(), np.uint8, offset=offset)


def mnist(split):
    return idx(split + "-images-idx3-ubyte", 16).reshape(-1, 784), idx(split + "-labels-idx1-ubyte", 8)


def cifar10(names):
    records = [np.fromfile(os.path.join(FOLDER, name + ".bin"), np.uint8).reshape(-1, 3073) for name in names]
    return np.concatenate(records)[:, 1:], np.concatenate(records)[:, 0]


if NAME == "mnist":
    (train, labels), (test, expected) = mnist("train"), mnist("t10k")
elif NAME == "cifar10":
    (train, labels), (test, expected) = cifar10([f"data_batch_{i}" for i in range(1, 6)]), cifar10(["test_batch"])
else:
    sys.exit("Say which data set: mnist or cifar10.")


def unit(pixels):
    return pixels / np.float32(255)


def disturbed(pixels):
    """As AdvFit.Learning.Benchmarks.DisturbedImages does."""
    change = ((np.arange(pixels.size) * 7919 % 51 - 25) / 512).astype(np.float32).reshape(pixels.shape)
    return np.clip(unit(pixels) + change, np.float32(0), np.float32(1))


def measure(queries):
    cpu, clock = time.process_time(), time.perf_counter()
    _, found = index.search(queries, COUNT)
    seconds, cpu_seconds = time.perf_counter() - clock, time.process_time() - cpu
    votes = labels[found]
    smallest = [
        float(np.mean([np.bincount(row[:k]).argmax() == right for row, right in zip(votes, expected)]))
        for k in (1, 3, 5, 7)]
    return {"seconds": seconds, "cpuSeconds": cpu_seconds, "smallest": smallest}


start = time.perf_counter()
index = faiss.IndexFlatL2(train.shape[1])
index.add(unit(train))
build = time.perf_counter() - start
index.search(unit(test[:1000]), COUNT)  # Starts the threads.
json.dump(
    {"dataset": NAME, "train": len(train), "queries": len(test), "pixels": train.shape[1],
     "threads": faiss.omp_get_max_threads(), "buildSeconds": build, "unmodified": measure(unit(test)),
     "disturbed": measure(disturbed(test))}, sys.stdout)
print()
