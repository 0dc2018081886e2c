"""A small network with its weights, images, labels and logits, made with PyTorch: python3 generate.py

Writes beside itself what `advfit predict` and `advfit attack` are tested on. The safetensors file is written by hand, so
that nothing but PyTorch (1.13) and NumPy (1.24) is needed. The layers are those of small.yaml.
"""
import json
import pathlib
import struct

import numpy as np
import torch
from torch import nn

HERE = pathlib.Path(__file__).parent
torch.manual_seed(7)
torch.set_num_threads(1)


def save_safetensors(tensors, path):
    header, data = {}, b""
    for name, tensor in tensors.items():
        values = tensor.detach().numpy().astype("<f4").tobytes()
        header[name] = {
            "dtype": "F32", "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(values)]}
        data += values
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


model = nn.Sequential(
    nn.Conv2d(2, 3, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(3, 5, 3), nn.Tanh(), nn.AvgPool2d(2),
    nn.Flatten(), nn.Linear(5, 7), nn.ReLU(), nn.Linear(7, 4))
names = {"0": "conv1", "3": "conv2", "7": "fc1", "9": "fc2"}
images = torch.rand(70, 2, 8, 8)
# Trained a little, to tell apart in which quarter the first channel is brightest.
labels = images[:, 0].reshape(70, 2, 4, 2, 4).sum((2, 4)).reshape(70, 4).argmax(1)
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
for _ in range(200):
    optimizer.zero_grad()
    nn.functional.cross_entropy(model(images), labels).backward()
    optimizer.step()

with torch.no_grad():
    logits = model(images)
save_safetensors(
    {f"{names[key.split('.')[0]]}.{key.split('.')[1]}": value for key, value in model.state_dict().items()},
    HERE / "small.safetensors")
np.save(HERE / "images.npy", images.numpy())
np.save(HERE / "labels.npy", labels.numpy())
np.save(HERE / "logits.npy", logits.numpy())
print(f"right: {(logits.argmax(1) == labels).sum().item()} of {len(labels)}")
