"""Looks side by side on one sheet: a network asked once is quicker than asked for each small picture.

What lies beside a look changes scores by some hundredths: good enough to find places, not to decide (see batches.py).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from screen.faces import DetectedFace, FaceModel, RawFace
from screen.faces.looking import in_photo
from screen.photo import Pixels, View

#: Looks beside one another (eight of most sizes make an edge that needs no filling for the network), and so many pixels
#: of a sheet at most: more want more memory.
COLUMNS, MOST_PIXELS = 8, 700_000
#: This share of a face must lie in its look; the looks beside it on the sheet are other places.
WITHIN = 0.75


def look_side_by_side(
    network: FaceModel, views: Iterable[View], edge: int, least: float, seen_by: str = ""
) -> Iterator[list[DetectedFace]]:
    """What a model sees in each view, in photo pixels, in order.

    Args:
        network: the model.
        views: each at most edge pixels wide and high; what is beyond is left out.
        edge: of the squares on the sheet, in pixels.
        least: raw score from which the model tells what it saw.
        seen_by: the name of this look.
    """
    rest = iter(views)
    while batch := list(itertools.islice(rest, max(1, MOST_PIXELS // (edge**2 * COLUMNS)) * COLUMNS)):
        pictures = [view.pixels for view in batch]
        columns = min(COLUMNS, len(batch))
        seen = network.detect(on_a_sheet(pictures, edge, columns), least)
        for index, view in enumerate(batch):
            yield list(in_photo(within(seen, index, edge, columns), view, seen_by))


def on_a_sheet(pictures: Sequence[Pixels], edge: int, columns: int) -> Pixels:
    """Pictures side by side, row by row, each in a square of that edge, black where they are smaller."""
    rows = -(-len(pictures) // columns)
    sheet = np.zeros((rows * edge, columns * edge, 3), np.uint8)
    for index, whole in enumerate(pictures):
        top, left = (edge * k for k in divmod(index, columns))
        pixels = whole[:edge, :edge]
        sheet[top : top + pixels.shape[0], left : left + pixels.shape[1]] = pixels
    return sheet


def within(seen: Sequence[RawFace], index: int, edge: int, columns: int) -> Iterator[RawFace]:
    """Those faces of a sheet that lie in one of its squares, in the pixels of that square."""
    top, left = (float(edge * k) for k in divmod(index, columns))
    for raw in seen:
        wide = min(raw.right, left + edge) - max(raw.left, left)
        high = min(raw.bottom, top + edge) - max(raw.top, top)
        if wide >= WITHIN * (raw.right - raw.left) and high >= WITHIN * (raw.bottom - raw.top):
            points = tuple((x - left, y - top) for x, y in raw.points)
            box = (raw.left - left, raw.top - top, raw.right - left, raw.bottom - top)
            yield replace(raw, left=box[0], top=box[1], right=box[2], bottom=box[3], points=points)
