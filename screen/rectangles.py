"""The best rectangle around something, free of obstacles: solved exactly, without sampling.

A crop around a hull lies in one of the largest rectangles that hold the hull and meet no obstacle; their edges are
edges of obstacles or of the photo. Inside one of them and for one aspect, a crop has a size and a place. With
q = 1 / width, the share of the frame that the hull fills, and where its middle can come to lie, are bounded by straight
lines in q. The worth is made of concave pieces of these, so its maximum is at an end or where two lines meet; all those
places are tried.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from screen.geometry import Box

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

#: Share of the frame that the hull fills in its longer direction, and how good that is: neither lost nor cramped.
#: Concave, as the solver needs it.
FILL = (0.0, 0.35, 0.7, 1.0)
FILL_WORTH = (0.0, 1.0, 1.0, 0.55)
#: Where the middle of the hull should be, as shares of the frame: the rule of thirds.
THIRDS = (1 / 3, 2 / 3)
#: How much of the worth is the fill; the rest is the place.
FILL_WEIGHT = 0.6


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A crop and how well it frames its hull, 0 to 1."""

    box: Box
    worth: float


def free_rectangles(hull: Box, obstacles: Ints, size: tuple[int, int]) -> Ints:
    """(count, 4) rectangles that hold the hull and meet no obstacle; every largest one is among them.

    Args:
        hull: what must be inside.
        obstacles: (count, 4) left, top, right, bottom of what must stay outside.
        size: width and height of the photo.
    """
    left, top, right, bottom = obstacles.T if len(obstacles) else np.zeros((4, 0), np.int64)
    tops = np.unique(np.append(bottom[bottom <= hull.top], 0))
    bottoms = np.unique(np.append(top[top >= hull.bottom], size[1]))
    strips = np.stack(np.meshgrid(tops, bottoms, indexing="ij"), axis=-1).reshape(-1, 2)
    inside = (top < strips[:, 1:]) & (bottom > strips[:, :1])
    before, behind = right <= hull.left, left >= hull.right
    possible = ~(inside & ~before & ~behind).any(axis=1)
    lefts = np.where(inside & before, right, 0).max(axis=1, initial=0)
    rights = np.where(inside & behind, left, size[0]).min(axis=1, initial=size[0])
    found: Ints = np.column_stack([lefts, strips[:, 0], rights, strips[:, 1]]).astype(np.int64)
    return np.asarray(found[possible], np.int64)


def best_rectangle(hull: Box, free: Ints, aspect: float | None, least: float = 1.0) -> Rectangle | None:
    """The rectangle of highest worth that holds the hull within one of the free ones; None if there is none.

    Args:
        hull: what must be inside.
        free: as free_rectangles gives them.
        aspect: width over height; None takes that of each free rectangle, between 4:5 and 2:1.
        least: pixels of the long side.
    """
    if not len(free):
        return None
    spans = np.column_stack([free[:, 2] - free[:, 0], free[:, 3] - free[:, 1]]).astype(np.float64)
    aspects = np.clip(spans[:, 0] / spans[:, 1], 0.8, 2.0) if aspect is None else np.full(len(free), aspect)
    widest = np.minimum(spans[:, 0], spans[:, 1] * aspects)
    narrowest = np.maximum(np.maximum(hull.width, hull.height * aspects), least * np.minimum(1.0, aspects))
    fits = widest >= narrowest
    if not fits.any():
        return None
    free, aspects = free[fits], aspects[fits]
    q = _sizes(hull, free, aspects, 1 / widest[fits], 1 / narrowest[fits])
    worth = _worth(hull, free, aspects, q)
    row, column = np.unravel_index(int(worth.argmax()), worth.shape)
    box = _placed(hull, free[row], float(aspects[row]), 1 / float(q[row, column]))
    return Rectangle(box, float(worth[row, column])) if box else None


def _lines(low: Floats, high: Floats, hull: tuple[int, int]) -> tuple[Floats, Floats]:
    """The lines that bound where the hull's middle can be in the frame, along one direction: each (count, 2, 2).

    Lower and upper bounds as (factor of 1 / length, constant): the frame begins at or before the hull and ends within
    the free rectangle; it begins within the free rectangle and ends at or behind the hull.
    """
    middle = (hull[0] + hull[1]) / 2
    zero, one = np.zeros_like(low), np.ones_like(low)
    lower = np.stack([[zero + middle - hull[0], zero], [middle - high, one]]).transpose(2, 0, 1)
    upper = np.stack([[middle - low, zero], [zero + middle - hull[1], one]]).transpose(2, 0, 1)
    return lower, upper


def _directions(hull: Box, free: Ints, aspects: Floats) -> tuple[tuple[Floats, Floats, Floats], ...]:
    """For across and down: lower lines, upper lines, and the factor from 1 / width to 1 / length."""
    edges = free.astype(np.float64)
    across = _lines(edges[:, 0], edges[:, 2], (hull.left, hull.right))
    down = _lines(edges[:, 1], edges[:, 3], (hull.top, hull.bottom))
    return (*across, np.ones(len(free))), (*down, aspects)


def _sizes(hull: Box, free: Ints, aspects: Floats, least: Floats, most: Floats) -> Floats:
    """(count, tries) every 1 / width at which the worth may be highest, between least and most."""
    fill = np.maximum(hull.width, hull.height * aspects)
    tries = [least, most, *(share / fill for share in FILL[1:-1])]
    for lower, upper, factor in _directions(hull, free, aspects):
        for lines in (lower, upper):
            slope, start = lines[:, :, 0], lines[:, :, 1]
            tries += [_divided(third - start[:, i], slope[:, i]) / factor for third in THIRDS for i in (0, 1)]
            tries.append(_divided(start[:, 1] - start[:, 0], slope[:, 0] - slope[:, 1]) / factor)
    return np.clip(np.stack(tries, axis=1), least[:, None], most[:, None])


def _divided(above: Floats, below: Floats) -> Floats:
    return np.divide(above, below, out=np.zeros_like(below), where=np.abs(below) > 1e-12)


def _worth(hull: Box, free: Ints, aspects: Floats, q: Floats) -> Floats:
    """(count, tries) how well each size frames the hull at its best place, 0 to 1."""
    fill = np.maximum(hull.width, hull.height * aspects)[:, None] * q
    place = np.zeros_like(q)
    for lower, upper, factor in _directions(hull, free, aspects):
        low, high = _bounds(lower, upper, factor[:, None] * q)
        place += 0.5 * (1 - 2 * np.minimum(*(np.maximum(0, np.maximum(low - t, t - high)) for t in THIRDS)))
    filled: Floats = np.interp(fill, FILL, FILL_WORTH)
    return FILL_WEIGHT * filled + (1 - FILL_WEIGHT) * place


def _bounds(lower: Floats, upper: Floats, q: Floats) -> tuple[Floats, Floats]:
    """Between which shares of the frame the hull's middle can be, for each 1 / length."""
    low = (lower[:, :, :1] * q[:, None] + lower[:, :, 1:]).max(axis=1)
    high = (upper[:, :, :1] * q[:, None] + upper[:, :, 1:]).min(axis=1)
    return low, high


def _placed(hull: Box, free: Ints, aspect: float, width: float) -> Box | None:
    """The crop of that width at its best place, in whole pixels."""
    left, top, right, bottom = map(int, free)
    wide = _within(round(width), hull.width, right - left)
    high = _within(round(wide / aspect), hull.height, bottom - top)
    x = _begin((hull.left, hull.right), (left, right), wide)
    y = _begin((hull.top, hull.bottom), (top, bottom), high)
    return Box(x, y, x + wide, y + high) if wide > 0 and high > 0 else None


def _begin(hull: tuple[int, int], free: tuple[int, int], length: int) -> int:
    """Where a frame begins so that the hull's middle comes nearest to a third."""
    middle = (hull[0] + hull[1]) / 2
    least, most = max(free[0], hull[1] - length), min(hull[0], free[1] - length)
    begins = [_within(round(middle - third * length), least, most) for third in THIRDS]
    return min(begins, key=lambda begin: min(abs((middle - begin) / length - third) for third in THIRDS))


def _within(value: int, least: int, most: int) -> int:
    return max(least, min(value, most))
