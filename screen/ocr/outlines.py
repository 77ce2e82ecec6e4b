"""Writing seen at a slant: corners that follow the upper and lower edge of its outline, which run together.

The smallest rectangle round such a line is too high at its far end, where letters are then too small to be read.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from screen.geometry import Quad
from screen.ocr.quads import lengths, quad_of
from screen.photo import Pixels

Points = npt.NDArray[np.int32]
Numbers = npt.NDArray[np.float64]
#: How many times longer than high a region is at least, to have an upper and a lower edge.
LONG = 2.0
#: Share of the height by which an edge must rise or fall from end to end; less is the same as the rectangle.
SLANT = 0.2
#: Share of the height that must be left at either end.
LEAST = 0.2
#: Share of the columns at either end that say nothing of the edges: the outline is round there.
ROUND = 0.03
#: Columns that a line needs to be drawn through, and pixels of the map in steps of a part of which edges are told.
FEWEST, STEPS = 8, 4


def followed(outline: Points, rectangle: Quad, more: float) -> Quad | None:
    """Corners whose upper and lower edge follow an outline; None where these run as those of the rectangle.

    Args:
        outline: contour of a region in the map, as OpenCV gives it: (count, 1, 2), x and y.
        rectangle: the smallest one round it.
        more: how far the corners are to lie outside of the outline, in pixels of the map.
    """
    import cv2  # noqa: PLC0415

    long, high = lengths(rectangle)
    if long < LONG * high:
        return None
    width, height = math.ceil(long) + 1, math.ceil(high) + 1
    level = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(np.array(rectangle, np.float32), level)
    held = cv2.perspectiveTransform(outline.reshape(-1, 1, 2).astype(np.float32), matrix).reshape(-1, 2)
    places, upper, lower = _edges(np.asarray(held, np.float64), width, height)
    if len(places) < FEWEST:
        return None
    lines = _line(places, upper), _line(places, lower)
    (top, bottom), (far_top, far_bottom) = ([line[0] * x + line[1] for line in lines] for x in (0.0, float(width)))
    level_enough = max(abs(far_top - top), abs(far_bottom - bottom)) < SLANT * high
    if level_enough or min(bottom - top, far_bottom - far_top) + 2 * more < LEAST * high:
        return None
    ends = [
        (x, line[0] * x + line[1] + side * more)
        for line, side in zip(lines, (-1, 1), strict=True)
        for x in (-more, width + more)
    ]
    corners = np.array([[ends[0], ends[1], ends[3], ends[2]]], np.float32)
    return quad_of(cv2.perspectiveTransform(corners, np.linalg.inv(matrix))[0])


def _edges(held: Numbers, width: int, height: int) -> tuple[Numbers, Numbers, Numbers]:
    """Columns of an outline, and its upper and lower edge in each of them."""
    import cv2  # noqa: PLC0415

    mask: Pixels = np.zeros((height * STEPS + 2 * STEPS, width + 2), np.uint8)
    cv2.fillPoly(mask, [np.round(held * (1, STEPS) + (0, STEPS)).astype(np.int32)], 1)
    columns = np.flatnonzero(mask.any(axis=0))
    rest = max(1, round(ROUND * len(columns)))
    columns = columns[rest:-rest]
    upper, lower = mask.argmax(axis=0)[columns], mask.shape[0] - 1 - mask[::-1].argmax(axis=0)[columns]
    return columns.astype(np.float64), upper / STEPS - 1, lower / STEPS - 1


def _line(places: Numbers, edge: Numbers) -> tuple[float, float]:
    """Slope and start of the line along most of an edge: tails and accents, which stand out, are left aside."""
    kept = np.ones(len(places), bool)
    slope, start = 0.0, 0.0
    for _ in range(4):
        slope, start = (float(value) for value in np.polyfit(places[kept], edge[kept], 1))
        away = np.abs(edge - slope * places - start)
        kept = away <= max(1.0, 1.5 * float(np.median(away[kept])) + 0.3)
        if kept.sum() < FEWEST:
            break
    return slope, start
