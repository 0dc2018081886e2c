"""Writes small photographs of every kind, and what Pillow and torchvision make of them.

    /usr/bin/python3 generate.py      (Debian's python3-pil and python3-numpy; here Pillow 9.4.0)

expected.npz holds for each case FILE/SIZE/METHOD/CROP the pixels [row][column][channel] of Image.open(FILE).convert("RGB"), resized so
that the shorter side is round(SIZE / CROP), and cut out of the centre: the sizes and places that torchvision's Resize and CenterCrop take.
"""
import os

import numpy as np
from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))
METHODS = {"triangle": Image.BILINEAR, "cubic": Image.BICUBIC}


def picture(width, height, seed):
    """Smooth colours with hard edges, so that chroma, overshoot and rounding all matter."""
    random = np.random.default_rng(seed)
    x, y = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
    levels = np.zeros((height, width, 3))
    for channel in range(3):
        a, b, c = random.uniform(2, 14, 3)
        levels[..., channel] = 127 + 100 * np.sin(a * x + b * y + c)
    inside = (x - 0.4) ** 2 + (y - 0.6) ** 2 < 0.08
    levels[inside] = random.uniform(0, 255, 3)
    return Image.fromarray(np.clip(levels, 0, 255).astype(np.uint8))


def squared(image, size, method, crop):
    side = round(size / crop)
    width, height = image.size
    if width <= height:
        sides = side, int(side * height / width)
    else:
        sides = int(side * width / height), side
    image = image.resize(sides, METHODS[method])
    left, top = int(round((sides[0] - size) / 2.0)), int(round((sides[1] - size) / 2.0))
    return np.asarray(image.crop((left, top, left + size, top + size)))


def main():
    picture(131, 98, 1).save(os.path.join(HERE, "colour.jpg"), quality=88)
    picture(220, 90, 2).save(os.path.join(HERE, "progressive.jpg"), quality=70, progressive=True)
    picture(84, 121, 3).convert("L").save(os.path.join(HERE, "grey.jpg"), quality=85)
    picture(100, 100, 4).convert("CMYK").save(os.path.join(HERE, "cmyk.jpg"), quality=90)
    small = picture(41, 60, 5)
    small.save(os.path.join(HERE, "small.png"), optimize=True)
    small.convert("P", palette=Image.ADAPTIVE, colors=32).save(os.path.join(HERE, "palette.png"), optimize=True)
    alpha = picture(90, 77, 6).convert("RGBA")
    alpha.putalpha(Image.fromarray((np.arange(77)[:, None] * np.ones((1, 90)) * 3).astype(np.uint8)))
    alpha.save(os.path.join(HERE, "alpha.png"), optimize=True)
    cases = {}
    for name in sorted(file for file in os.listdir(HERE) if file.endswith((".jpg", ".png"))):
        image = Image.open(os.path.join(HERE, name)).convert("RGB")
        for size, method, crop in [(75, "triangle", 1), (80, "cubic", 0.875)]:
            cases[f"{name}/{size}/{method}/{crop}"] = squared(image, size, method, crop)
    np.savez_compressed(os.path.join(HERE, "expected.npz"), **cases)


main()
