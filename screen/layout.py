"""How lines of writing stand to each other: beside, below, near; in the direction of the writing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from screen.geometry import Quad


@dataclass(frozen=True)
class Place:
    """A line's place as its own reader sees it: origin, direction, length and height."""

    quad: Quad

    @cached_property
    def direction(self) -> tuple[float, float]:
        """Unit vector along the writing."""
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = self.quad
        x, y = bx - ax + cx - dx, by - ay + cy - dy
        length = math.hypot(x, y) or 1.0
        return x / length, y / length

    @cached_property
    def centre(self) -> tuple[float, float]:
        """The middle."""
        return sum(x for x, _ in self.quad) / 4, sum(y for _, y in self.quad) / 4

    @cached_property
    def height(self) -> float:
        """Height of the line in pixels, at least 1."""
        return max(1.0, (math.dist(self.quad[0], self.quad[3]) + math.dist(self.quad[1], self.quad[2])) / 2)

    @cached_property
    def length(self) -> float:
        """Length of the line in pixels."""
        return (math.dist(self.quad[0], self.quad[1]) + math.dist(self.quad[3], self.quad[2])) / 2

    def spread(self, other: Place) -> tuple[float, float, float, float]:
        """Where the other one reaches, seen from here: least and most along, least and most down, from the centre."""
        x, y = self.direction
        cx, cy = self.centre
        along = [(px - cx) * x + (py - cy) * y for px, py in other.quad]
        down = [(py - cy) * x - (px - cx) * y for px, py in other.quad]
        return min(along), max(along), min(down), max(down)

    def like(self, other: Place) -> bool:
        """Written in much the same direction, and in a size that goes with it (a factor of 2.5 at most)?"""
        turn = self.direction[0] * other.direction[0] + self.direction[1] * other.direction[1]
        return turn > 0.9 and 0.4 < self.height / other.height < 2.5


def gap_beside(first: Place, second: Place) -> float | None:
    """How far second begins to the right of first, on the same row, in heights of first; None if it does not."""
    if not first.like(second):
        return None
    left, right, top, bottom = first.spread(second)
    middle = (top + bottom) / 2
    if abs(middle) > 0.6 * max(first.height, second.height) or (left + right) / 2 < first.length / 2:
        return None
    return max(0.0, (left - first.length / 2) / first.height)


def gap_below(first: Place, second: Place) -> float | None:
    """How far second begins below first, with some of it under it, in heights of first; None if it does not."""
    if not first.like(second):
        return None
    left, right, top, bottom = first.spread(second)
    if (top + bottom) / 2 < 0.4 * first.height or left > first.length / 2 or right < -first.length / 2:
        return None
    return max(0.0, (top - first.height / 2) / first.height)


def near(first: Place, second: Place, across: float, down: float) -> bool:
    """Is the gap between both at most so many heights (of the larger one) along and across the writing of first?"""
    left, right, top, bottom = first.spread(second)
    height = max(first.height, second.height)
    along = max(left - first.length / 2, -right - first.length / 2, 0.0)
    away = max(top - first.height / 2, -bottom - first.height / 2, 0.0)
    return along <= across * height and away <= down * height


def neighbour(index: int, places: Sequence[Place], beside: float, below: float) -> int | None:
    """The line that goes on where this one ends: the nearest to the right on its row, else the nearest below it.

    Args:
        index: of the line.
        places: all lines.
        beside: most gap to the right, in heights.
        below: most gap below, in heights.
    """
    first = places[index]
    for gap_of, most in ((gap_beside, beside), (gap_below, below)):
        gaps = [(gap_of(first, other), number) for number, other in enumerate(places) if number != index]
        nearest = min(((gap, number) for gap, number in gaps if gap is not None and gap <= most), default=None)
        if nearest:
            return nearest[1]
    return None
