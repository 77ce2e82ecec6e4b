#!/usr/bin/env python3
"""Measure how well the proof's step "hidden" tells whole masks from masks that are too small.

    bench/hidden_detail.py --data ../shared/data

Every annotated face of at least 10 px is hidden in each style, encoded as JPEG, and compared with its source: once with
its whole mask, once with a mask whose sides are a fifth shorter. A row tells the largest share of detail left under
whole masks, the median under small ones, and how many small ones the proof would find.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

from screen.copies.masks import mask_of
from screen.copies.similarity import detail_left
from screen.copies.styles import STYLES
from screen.geometry import Box
from screen.photo import photo_from_bytes, photo_of
from screen.planning import HEAD_REACH
from screen.proof import MOST_DETAIL
from screen.records import Cover, Plan
from screen.redact import CopyOptions, make_safe_copy


def heads(folder: Path) -> Iterator[tuple[np.ndarray, Box, Box]]:
    """The part of the photo around each head, the head and the face in it."""
    from screen.photo import open_photo  # noqa: PLC0415

    for line in (folder / "truth.jsonl").read_text().splitlines():
        row = json.loads(line)
        photo = open_photo(folder / row["image"]) if row["faces"] else None
        for left, top, right, bottom, _ in row["faces"]:
            face = Box.around(left, top, right, bottom, photo.size) if photo else None
            if photo and face and face.width >= 10:
                head = face.grown(*HEAD_REACH, photo.size)
                around = head.grown(0.5, 0.5, 0.5, photo.size)
                shift = np.array([around.left, around.top] * 2)
                boxes = (Box(*(np.array(box.as_tuple()) - shift).tolist()) for box in (head, face))
                yield (np.ascontiguousarray(photo.pixels[around.as_slices()]), *boxes)


def left_of(pixels: np.ndarray, style: str, hidden: Cover, wanted: Cover) -> float:
    """The share of detail left under the wanted cover when another one was hidden."""
    copy = make_safe_copy(photo_of(pixels), Plan(0, (hidden,)), CopyOptions(style), None, np.random.default_rng(1))
    shown = photo_from_bytes(copy.data, "copy").pixels
    mask = mask_of(wanted, (pixels.shape[1], pixels.shape[0]))
    return detail_left(pixels[mask.box.as_slices()], shown[mask.box.as_slices()], mask.alpha)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    args = parser.parse_args()
    cv2.setNumThreads(1)
    found = list(heads(args.data / "faces"))
    print("| style | heads | most left, whole mask | median, small mask | small masks found |\n|---|---|---|---|---|")
    for style in STYLES:
        whole, small = [], []
        for pixels, head, face in found:
            size = (pixels.shape[1], pixels.shape[0])
            cover, less = Cover(head, "ellipse", inside=face), Cover(head.grown(-0.1, -0.1, -0.1, size), "ellipse")
            whole.append(left_of(pixels, style, cover, cover))
            small.append(left_of(pixels, style, less, cover))
        caught = 100 * float((np.array(small) > MOST_DETAIL).mean())
        print(f"| {style} | {len(found)} | {max(whole):.3f} | {float(np.median(small)):.3f} | {caught:.0f} % |")


if __name__ == "__main__":
    main()
