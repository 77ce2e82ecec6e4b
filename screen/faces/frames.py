"""Four straight sides around a face, told from long lines: frames of pictures and edges of screens in clutter.

A closed outline breaks where something as dark lies beside it; long lines do not. Four lines are a frame if most of
each side is there between the corners, and all of the lower side is there below the face, where a body would cross it.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from screen.inference import Floats
from screen.photo import Pixels

Ints = npt.NDArray[np.intp]

#: Shorter pieces of lines are left out, in the width of the face.
SHORTEST = 0.5
#: Lines lean by at most this (tangent, 22 degrees) from upright or level.
LEAN = 0.4
#: Pieces are one line if they are this near at the face (in pixels) and lean alike.
NEAR, ALIKE = 2.5, 0.06
#: The longest lines on each side of the face that are tried.
TRIED = 8
#: Share of each side, and of the part below the face, that must be there.
THERE, BELOW = 0.55, 0.7
#: How far a frame is from the edges of the face at least, in its width: hair, ears and chin lie in between.
ROOM = 0.15
#: The part of the lower side that counts as below the face, in its width to each side of its middle.
BODY = 1.2


@dataclass(frozen=True, slots=True)
class Line:
    """A line in pieces, along one axis (x for level lines, y for upright ones).

    Attributes:
        at: where it is on the other axis, at the middle of the face.
        lean: how much that changes for each pixel along.
        covered: pixels of it that are there up to each pixel along.
    """

    at: float
    lean: float
    covered: list[int]

    def where(self, along: float, middle: float) -> float:
        """Where it is on the other axis, at a place along."""
        return self.at + self.lean * (along - middle)

    def share(self, start: float, end: float) -> float:
        """How much of it is there from start to end, 0 to 1; 0 if that is partly outside of the picture."""
        first, last = max(0, round(start)), min(round(end), len(self.covered) - 1)
        if start < -1 or end > len(self.covered) or last <= first:
            return 0.0
        return (self.covered[last] - self.covered[first]) / (last - first)


def has_frame(pixels: Pixels, face: tuple[float, float, float, float]) -> bool:
    """Do four lines frame a face?

    Args:
        pixels: (height, width, 3) uint8 RGB around a face.
        face: its left, top, right and bottom in them.
    """
    import cv2  # noqa: PLC0415

    found = cv2.createLineSegmentDetector().detect(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY))[0]
    if found is None:
        return False
    left, top, right, bottom = face
    middle, wide = ((left + right) / 2, (top + bottom) / 2), right - left
    pieces = np.asarray(found.reshape(-1, 4), np.float32)
    room = ROOM * wide
    shortest = SHORTEST * wide
    above, below = lines_of(pieces, middle, (top - room, bottom + room), pixels.shape[1], shortest)
    turned, centre = pieces[:, [1, 0, 3, 2]], middle[::-1]
    before, behind = lines_of(turned, centre, (left - room, right + room), pixels.shape[0], shortest)
    half = BODY / 2 * wide
    below = [line for line in below if line.share(middle[0] - half, middle[0] + half) >= BELOW]
    sides = itertools.product(below, before, behind)
    open_frames = (three for three in sides if _joins(*three, middle))
    return any(_closes(line, *three, middle) for three in open_frames for line in above)


def lines_of(
    pieces: Floats, middle: tuple[float, float], beyond: tuple[float, float], length: int, shortest: float
) -> tuple[list[Line], list[Line]]:
    """The longest lines along the first axis on both sides of a face, those before it and those behind it.

    Args:
        pieces: rows of x, y, x, y (axes swapped for upright lines).
        middle: of the face.
        beyond: where on the second axis they may begin to lie, before and behind.
        length: of the picture along the first axis, in pixels.
        shortest: pieces that are shorter are left out.
    """
    along, across = pieces[:, 2] - pieces[:, 0], pieces[:, 3] - pieces[:, 1]
    fits = (np.abs(along) >= shortest) & (np.abs(across) <= LEAN * np.abs(along))
    pieces, along, lean = pieces[fits], np.abs(along[fits]), across[fits] / along[fits]
    at = pieces[:, 1] + lean * (middle[0] - pieces[:, 0])
    found: list[list[Line]] = []
    for side in (at < beyond[0], at > beyond[1]):
        groups = _groups(np.flatnonzero(side), at, lean, along)[:TRIED]
        found.append([Line(float(at[g[0]]), float(lean[g[0]]), _covered(pieces[g], length)) for g in groups])
    return found[0], found[1]


def _groups(these: Ints, at: Floats, lean: Floats, along: Floats) -> list[list[int]]:
    """Pieces that lie on one line, longest line first; the longest piece of each line first."""
    rest = these[np.argsort(-along[these], kind="stable")]
    groups: list[list[int]] = []
    while len(rest):
        same = (np.abs(at[rest] - at[rest[0]]) <= NEAR) & (np.abs(lean[rest] - lean[rest[0]]) <= ALIKE)
        groups.append(rest[same].tolist())
        rest = rest[~same]
    return sorted(groups, key=lambda group: -float(along[group].sum()))


def _covered(pieces: Floats, length: int) -> list[int]:
    there = np.zeros(length + 1, np.int32)
    for start, _, end, _ in pieces.tolist():
        first, last = sorted((start, end))
        there[max(0, math.floor(first)) + 1 : max(0, math.ceil(last)) + 1] = 1
    return [int(count) for count in np.cumsum(there)]


def _joins(level: Line, before: Line, behind: Line, middle: tuple[float, float]) -> bool:
    """Is most of a level side there between its corners with two upright ones?"""
    return level.share(before.where(level.at, middle[1]), behind.where(level.at, middle[1])) >= THERE


def _closes(above: Line, below: Line, before: Line, behind: Line, middle: tuple[float, float]) -> bool:
    """Is most of the other three sides there, too?"""
    ends = (above.where(middle[0], middle[0]), below.where(middle[0], middle[0]))
    return _joins(above, before, behind, middle) and all(line.share(*ends) >= THERE for line in (before, behind))
