"""PyTorch on the CPU at its best settings, for comparison with `advfit bench`, as JSON.

    OPENBLAS_CORETYPE=SkylakeX ATEN_CPU_CAPABILITY=avx512 OMP_NUM_THREADS=1 \
    MALLOC_MMAP_THRESHOLD_=1073741824 MALLOC_TRIM_THRESHOLD_=1073741824 python3 pytorch.py [lenet5 | lenet5-wide]

Debian's python3-torch. One thread: for these networks two are slower. The large malloc thresholds keep glibc from giving
memory back to the system at every step.
"""
import json
import sys
import time

import torch
from torch import nn

torch.set_num_threads(1)
NETWORKS = {
    "lenet5": lambda: nn.Sequential(
        nn.Conv2d(3, 6, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10)),
    "lenet5-wide": lambda: nn.Sequential(
        nn.Conv2d(3, 20, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(20, 50, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(1250, 500), nn.ReLU(), nn.Linear(500, 10)),
}


def best(action, seconds=3.0):
    """Seconds of the fastest of many runs, by the rule of AdvFit's Timing.Fastest: other load cuts long groups most."""
    start = time.perf_counter()
    for _ in range(20):
        action()
    group = 1 + int(1e-4 / ((time.perf_counter() - start) / 20))
    fastest, end = float("inf"), time.perf_counter() + seconds
    while time.perf_counter() < end:
        start = time.perf_counter()
        for _ in range(group):
            action()
        fastest = min(fastest, (time.perf_counter() - start) / group)
    return fastest


def measure(name, batch=32):
    torch.manual_seed(1)
    model = NETWORKS[name]()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    images, labels = torch.rand(batch, 3, 32, 32), torch.randint(0, 10, (batch,))
    differentiable = images.clone().requires_grad_(True)

    def step():
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(images), labels).backward()
        optimizer.step()

    def forward():
        with torch.no_grad():
            model(images)

    parameters = list(model.parameters())

    def gradient():
        torch.autograd.grad(model(differentiable).sum(), differentiable)

    step_seconds, forward_seconds = best(step), best(forward)
    for parameter in parameters:
        parameter.requires_grad_(False)
    gradient_seconds = best(gradient)
    return {
        "trainingStep": {"milliseconds": 1e3 * step_seconds},
        "forward": {"imagesPerSecond": batch / forward_seconds},
        "forwardAndInputGradient": {"imagesPerSecond": batch / gradient_seconds},
    }


json.dump({name: measure(name) for name in sys.argv[1:] or NETWORKS}, sys.stdout, indent=2)
print()
