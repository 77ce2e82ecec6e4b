"""Faces made small on photos of 12 megapixels: how many are found, by width.

python bench/small_faces.py FOLDER [--around 3]       # FOLDER: ../shared/data/faces

Eighty annotated faces with what is around them are put on four grounds, twenty on each: two photos enlarged, and two
mosaics of nine photos without people, fuller of small things than most photos are. Their edges are blended, so that
no frame gives them away.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from face_trials import annotated, around

from screen.faces import THRESHOLDS, detect_faces
from screen.geometry import Box
from screen.inference import Floats, set_threads
from screen.photo import Pixels, open_photo, photo_of

SIZE = 4000, 3000
WIDTHS = (10, 12, 14, 16, 20, 28)
EACH = 20


def grounds(folder: Path) -> Iterator[Pixels]:
    for name in ("image47.jpg", "image18.jpg"):
        yield enlarged(open_photo(folder / "sugarlabs" / name).pixels, SIZE)
    empty = sorted((folder / "nofaces").iterdir())
    for first in (0, 9):
        tiles = [enlarged(open_photo(path).pixels, (1334, 1000)) for path in empty[first : first + 9]]
        rows = [np.hstack(tiles[k : k + 3])[:, : SIZE[0]] for k in (0, 3, 6)]
        yield np.vstack(rows)


def enlarged(pixels: Pixels, size: tuple[int, int]) -> Pixels:
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_CUBIC), np.uint8)


def put(ground: Pixels, picture: Pixels, face: Box, width: int, corner: tuple[int, int]) -> Box | None:
    """Put a picture on the ground, its face so wide; where the face is then."""
    scale = width / face.width
    small = np.asarray(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    left, top, right, bottom = (edge * scale for edge in face.as_tuple())
    there = blend(small.shape[:2], (left, top, right, bottom), width)[..., None]
    part = ground[corner[1] : corner[1] + small.shape[0], corner[0] : corner[0] + small.shape[1]]
    part[:] = (part * (1 - there) + small * there).astype(np.uint8)
    return Box.around(corner[0] + left, corner[1] + top, corner[0] + right, corner[1] + bottom, SIZE)


def blend(shape: tuple[int, ...], face: tuple[float, float, float, float], width: int) -> Floats:
    """How much of each pixel is the picture's: all of the face, and less towards the edges."""
    edge = max(2, round(width / 2))
    inner, own = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    inner[edge:-edge, edge:-edge] = 1
    left, top, right, bottom = (round(at) for at in face)
    own[max(0, top - 2) : bottom + 2, max(0, left - 2) : right + 2] = 1
    soft = np.maximum(cv2.GaussianBlur(inner, (0, 0), edge / 2), cv2.GaussianBlur(own, (0, 0), 2))
    soft[top:bottom, left:right] = 1
    return np.asarray(soft, np.float32)


def found(ground: Pixels, pictures: list[tuple[Pixels, Box]], width: int) -> tuple[list[float], float]:
    """The score of each face (0 if it is not seen), and the CPU-seconds of looking for all faces."""
    pixels = ground.copy()
    corners = [(150 + k % 5 * 750, 120 + k // 5 * 700) for k in range(EACH)]
    places = [put(pixels, *picture, width, corner) for picture, corner in zip(pictures, corners, strict=True)]
    photo = photo_of(pixels)
    begun = time.process_time()
    seen = detect_faces(photo)
    seconds = time.process_time() - begun
    best = [max((f.score for f in seen if at and f.box.iou(at) >= 0.25), default=0.0) for at in places]
    return best, seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--around", type=float, default=3, help="face widths that are kept at each side")
    options = parser.parse_args()
    set_threads(1)
    faces = annotated(options.folder, 24)
    chosen = [faces[k] for k in np.random.default_rng(0).permutation(len(faces))[: 4 * EACH]]
    reach = options.around, 0.4 * options.around, 1.5 * options.around
    pictures = [around(open_photo(options.folder / image).pixels, face, *reach) for image, face in chosen]
    every = list(grounds(options.folder))
    for width in WIDTHS:
        told = [found(ground, pictures[k * EACH : (k + 1) * EACH], width) for k, ground in enumerate(every)]
        shares = [np.mean([score >= THRESHOLDS["normal"] for score in scores]) for scores, _ in told]
        each = ", ".join(f"{share:.0%} in {seconds:.1f} s" for share, (_, seconds) in zip(shares, told, strict=True))
        print(f"{width} px: {np.mean(shares):.0%} ({each})", flush=True)


if __name__ == "__main__":
    main()
