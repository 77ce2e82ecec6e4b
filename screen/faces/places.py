"""A finer look at those places of a large photo where a coarser pass gives a hint of a small face.

A face of 12 pixels in 12 megapixels has 4 pixels in the pass that sees the whole photo: too few to be a face there, but
enough for a trace of a score, and it stands out by its colour. Looking at the best of such places, side by side on one
sheet, finds nearly all that a look everywhere would, in a fraction of its time (docs/measurements.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from screen.faces import DetectedFace, FaceModel, HintingModel
from screen.faces.contrast import stands_out
from screen.faces.looking import Pass, in_photo, whole_view
from screen.faces.sheets import look_side_by_side
from screen.geometry import Box
from screen.inference import Floats
from screen.photo import Photo

#: Places are squares of this many pixels of the coarser pass, and so many are looked at, best first.
PLACE, MOST_PLACES = 24, 240
#: The hint that a place without any is given, and what a place must be worth to be looked at: nineteen in twenty faces
#: of 12 pixels in 12 megapixels are worth that (docs/measurements.md).
NO_HINT, LEAST_WORTH = 3e-4, 0.3
#: How far a look reaches beyond its place, in pixels of the finer scale: a small face on its edge is whole in it.
MARGIN = 18
#: Edges of looks are multiples of this, so that sheets fit what the network takes.
MULTIPLE = 16
#: Hints of larger faces, in pixels of the coarser pass, count less in proportion: it would have seen these.
SMALL = 8
#: Hints within a face of at least this score and size (in pixels of that pass) say nothing new.
KNOWN, KNOWN_SIZE = 0.5, 10


@dataclass(frozen=True, slots=True, eq=False)
class Hints:
    """What hints at small faces.

    Attributes:
        rows: x, y and size in photo pixels, and score, float32.
        scale: pixels of the pass per photo pixel.
        contrast: how much each place stands out, (rows, columns) of squares of PLACE pixels of the pass.
    """

    rows: Floats
    scale: float
    contrast: Floats


def look_for_hints(photo: Photo, network: FaceModel, name: str, side: int, least: float) -> tuple[Pass, Hints | None]:
    """One upright pass over the whole photo, and what it hints at; None if the model gives no hints."""
    view = whole_view(photo, side, 0)
    called = f"{name}@{side}"
    if not isinstance(network, HintingModel):
        return Pass(called, view.scale, 0, tuple(in_photo(network.detect(view.pixels, least), view, called))), None
    seen, rows = network.look(view.pixels, least)
    in_pixels = np.array([view.scale, view.scale, view.scale, 1], np.float32)
    hints = Hints((rows / in_pixels).astype(np.float32), view.scale, stands_out(view.pixels, PLACE))
    return Pass(called, view.scale, 0, tuple(in_photo(seen, view, called))), hints


def look_at_places(
    photo: Photo, network: FaceModel, name: str, side: int, least: float, hints: Hints, known: Sequence[DetectedFace]
) -> Pass:
    """What a model sees at a finer scale at the best places.

    Args:
        photo: the photo.
        network: the model.
        name: its name.
        side: long side of the whole photo at that scale, in pixels.
        least: raw score from which it tells what it saw.
        hints: where it may pay to look.
        known: what was seen before.
    """
    scale = min(1.0, side / max(photo.size))
    called = f"{name}@{side}"
    edge = -(-round(PLACE / hints.scale * scale + 2 * MARGIN) // MULTIPLE) * MULTIPLE
    parts = [part_around(place, edge / scale, photo.size) for place in best_places(hints, known)]
    views = (photo.view(part, max_side=edge, keep=False) for part in parts)
    faces = [face for seen in look_side_by_side(network, views, edge, least, called) for face in seen]
    return Pass(called, scale, 0, tuple(sorted(faces, key=lambda face: -face.score)))


def best_places(hints: Hints, known: Sequence[DetectedFace]) -> list[tuple[float, float]]:
    """Middles of the places that are worth a look, best first, in photo pixels.

    Args:
        hints: all hints.
        known: faces; hints within them are passed over.
    """
    place = PLACE / hints.scale
    rows, columns = hints.contrast.shape
    x, y, edge, score = hints.rows.T
    new = np.ones(len(x), bool)
    for face in known:
        if face.score >= KNOWN and max(face.box.width, face.box.height) * hints.scale > KNOWN_SIZE:
            box = face.box
            new &= (x < box.left) | (x >= box.right) | (y < box.top) | (y >= box.bottom)
    grid = np.zeros((rows, columns), np.float32)
    cells = np.minimum((y[new] / place).astype(int), rows - 1), np.minimum((x[new] / place).astype(int), columns - 1)
    np.maximum.at(grid, cells, score[new] / np.maximum(edge[new] * hints.scale, SMALL))
    worth = ((grid + NO_HINT) * hints.contrast).ravel()
    best = np.argsort(-worth, kind="stable")[:MOST_PLACES]
    kept = (divmod(int(k), columns) for k in best if worth[k] >= LEAST_WORTH)
    return [((column + 0.5) * place, (row + 0.5) * place) for row, column in kept]


def part_around(middle: tuple[float, float], edge: float, size: tuple[int, int]) -> Box:
    """The square of that edge around a point, moved until it lies in the photo, as far as it fits."""
    left, top = (max(0.0, min(at - edge / 2, whole - edge)) for at, whole in zip(middle, size, strict=True))
    whole = round(edge)
    return Box.around(round(left), round(top), round(left) + whole, round(top) + whole, size) or Box(0, 0, *size)
