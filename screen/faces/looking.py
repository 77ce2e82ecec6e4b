"""Passes over a photo: a model at one scale and turn, whole or in tiles, with what it saw in photo pixels."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from screen.faces import LANDMARKS, DetectedFace, FaceModel, RawFace
from screen.geometry import Box
from screen.photo import Photo, View
from screen.records import Landmark

#: Long side of the view that checks share; every smaller one is made from it, since reducing 12 megapixels takes long.
SHARED_VIEW = 1280
#: Tiles of the fine pass: longest edge in view pixels (larger ones want more memory), and how far each reaches into its
#: neighbours, so that a face on a border is whole in one of them. Larger faces are seen by passes over the whole photo.
TILE, MARGIN = 1216, 32


@dataclass(frozen=True, slots=True)
class Pass:
    """What a model saw in one pass.

    Attributes:
        name: for example centerface@1280 or centerface@640/1 (turned).
        scale: view pixels per photo pixel.
        turns: clockwise quarter turns of the view.
        faces: in photo pixels, best first, with the raw score of the model.
    """

    name: str
    scale: float
    turns: int
    faces: tuple[DetectedFace, ...]


def look_over(photo: Photo, network: FaceModel, name: str, side: int, least: float, turns: int = 0) -> Pass:
    """One pass over the whole photo, its long side brought to so many pixels."""
    view = whole_view(photo, side, turns)
    called = f"{name}@{side}" + (f"/{turns}" if turns else "")
    return Pass(called, view.scale, turns, tuple(in_photo(network.detect(view.pixels, least), view, called)))


def whole_view(photo: Photo, side: int, turns: int) -> View:
    """The whole photo, its long side brought to so many pixels, then turned; smaller ones are made from SHARED_VIEW."""
    import cv2  # noqa: PLC0415

    base = photo.view(max_side=SHARED_VIEW, enlarge=True)
    if side >= SHARED_VIEW:
        return photo.view(max_side=side, turns=turns, enlarge=True)
    scale = side / max(base.pixels.shape[:2])
    size = tuple(max(1, round(edge * scale)) for edge in base.pixels.shape[1::-1])
    pixels = cv2.resize(base.pixels, size, interpolation=cv2.INTER_AREA)
    return View(np.ascontiguousarray(np.rot90(pixels, -turns)), base.box, photo.size, turns)


def part_view(photo: Photo, part: Box, side: int, turns: int = 0) -> View:
    """A part of the photo with its long side brought to so many pixels; from the shared view where that has enough."""
    import cv2  # noqa: PLC0415

    shared = photo.view(max_side=SHARED_VIEW, enlarge=True)
    if side > max(part.width, part.height) * shared.scale:
        return photo.view(part, side, turns, enlarge=True, keep=False)
    rows, columns = shared.pixels.shape[:2]
    down, across = rows / photo.size[1], columns / photo.size[0]
    left, top = int(part.left * across), int(part.top * down)
    right, bottom = min(columns, math.ceil(part.right * across)), min(rows, math.ceil(part.bottom * down))
    box = Box.around(left / across, top / down, right / across, bottom / down, photo.size) or part
    scale = side / max(right - left, bottom - top)
    size = max(1, round((right - left) * scale)), max(1, round((bottom - top) * scale))
    pixels = cv2.resize(shared.pixels[top:bottom, left:right], size, interpolation=cv2.INTER_AREA)
    return View(np.ascontiguousarray(np.rot90(pixels, -turns)), box, photo.size, turns)


def look_closely(photo: Photo, network: FaceModel, name: str, side: int, least: float) -> Pass:
    """One pass at a scale too fine for the whole photo: tile by tile."""
    scale = min(1.0, side / max(photo.size))
    called = f"{name}@{side}"
    faces: list[DetectedFace] = []
    for tile in tiles(photo.size, scale):
        view = photo.view(tile, max_side=round(scale * max(tile.width, tile.height)), keep=False)
        faces += in_photo(network.detect(view.pixels, least), view, called)
    return Pass(called, scale, 0, tuple(sorted(faces, key=lambda face: -face.score)))


def in_photo(seen: Iterable[RawFace], view: View, seen_by: str) -> Iterator[DetectedFace]:
    """What a model saw in a view, in pixels of the photo; what lies outside of the photo is left out."""
    for raw in seen:
        box = view.to_photo(*raw.edges)
        if box is not None:
            points = (view.point_to_photo(*point) for point in raw.points)
            landmarks = tuple(Landmark(*named) for named in zip(LANDMARKS, points, strict=False))
            yield DetectedFace(box, min(1.0, raw.score), landmarks, view.turns, (seen_by,))


def tiles(size: tuple[int, int], scale: float) -> Iterator[Box]:
    """Equal parts of a photo of that size, each at most TILE view pixels wide and high, reaching into neighbours."""
    margin = MARGIN / scale
    across, down = (max(1, math.ceil(edge * scale / TILE)) for edge in size)
    for row, column in itertools.product(range(down), range(across)):
        left, right = (size[0] * k / across for k in (column, column + 1))
        top, bottom = (size[1] * k / down for k in (row, row + 1))
        box = Box.around(left - margin, top - margin, right + margin, bottom + margin, size)
        if box is not None:
            yield box
