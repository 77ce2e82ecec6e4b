"""The only rectangle of the package, in whole pixels of the upright photo."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

#: A point, x to the right, y down, in pixels.
Point = tuple[float, float]
#: Four corners, clockwise from the top left of what is written there.
Quad = tuple[Point, Point, Point, Point]


@dataclass(frozen=True, slots=True, order=True)
class Box:
    """A rectangle: left and top inside, right and bottom just outside, in whole pixels.

    Raises:
        ValueError: the box would be empty.
    """

    left: int
    top: int
    right: int
    bottom: int

    def __post_init__(self) -> None:
        if self.right <= self.left or self.bottom <= self.top:
            raise ValueError(f"empty box {self.left},{self.top},{self.right},{self.bottom}")

    @classmethod
    def around(cls, left: float, top: float, right: float, bottom: float, size: tuple[int, int]) -> Box | None:
        """The box that holds these edges, rounded outwards and clipped to size (width, height); None if empty."""
        edges = (left, top, right, bottom)
        if not all(math.isfinite(edge) for edge in edges):
            return None
        width, height = size
        whole = (max(0, math.floor(left)), max(0, math.floor(top)))
        ends = (min(width, math.ceil(right)), min(height, math.ceil(bottom)))
        return cls(*whole, *ends) if ends[0] > whole[0] and ends[1] > whole[1] else None

    @property
    def width(self) -> int:
        """Width in pixels."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Height in pixels."""
        return self.bottom - self.top

    @property
    def area(self) -> int:
        """Area in pixels."""
        return self.width * self.height

    @property
    def centre(self) -> Point:
        """The middle, in pixels."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def as_tuple(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom."""
        return self.left, self.top, self.right, self.bottom

    def as_slices(self) -> tuple[slice, slice]:
        """Rows and columns, to index a pixel array of shape (height, width, ...)."""
        return slice(self.top, self.bottom), slice(self.left, self.right)

    def intersection(self, other: Box) -> Box | None:
        """What both boxes share; None if nothing."""
        left, top = max(self.left, other.left), max(self.top, other.top)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return Box(left, top, right, bottom) if right > left and bottom > top else None

    def shared_area(self, other: Box) -> int:
        """The area that both boxes share, in pixels."""
        shared = self.intersection(other)
        return shared.area if shared else 0

    def iou(self, other: Box) -> float:
        """Intersection over union, 0 to 1."""
        shared = self.shared_area(other)
        return shared / (self.area + other.area - shared)

    def contains(self, other: Box) -> bool:
        """Is the other box wholly inside this one?"""
        return (
            self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )

    def holds(self, point: Point) -> bool:
        """Is the point inside?"""
        return self.left <= point[0] < self.right and self.top <= point[1] < self.bottom

    def union(self, other: Box) -> Box:
        """The smallest box around both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def grown(self, sides: float, above: float, below: float, size: tuple[int, int]) -> Box:
        """The box with so many of its widths added at each side and of its heights above and below, clipped to size."""
        grown = Box.around(
            self.left - sides * self.width,
            self.top - above * self.height,
            self.right + sides * self.width,
            self.bottom + below * self.height,
            size,
        )
        return grown or self


def turned_box(box: Box, size: tuple[int, int], turns: int) -> Box:
    """The box in the photo after so many clockwise quarter turns; size is width and height before."""
    width, height = size
    left, top, right, bottom = box.as_tuple()
    return {
        0: lambda: box,
        1: lambda: Box(height - bottom, left, height - top, right),
        2: lambda: Box(width - right, height - bottom, width - left, height - top),
        3: lambda: Box(top, width - right, bottom, width - left),
    }[turns % 4]()


def turned_size(size: tuple[int, int], turns: int) -> tuple[int, int]:
    """Width and height after so many quarter turns."""
    return size if turns % 2 == 0 else (size[1], size[0])


def box_of(points: Iterable[Point], size: tuple[int, int]) -> Box | None:
    """The box around points, rounded outwards and clipped to size (width, height); None if empty."""
    xs, ys = zip(*points, strict=True)
    return Box.around(min(xs), min(ys), max(xs), max(ys), size)


def corners(box: Box) -> Quad:
    """The four corners of a box, clockwise from the top left."""
    return (
        (box.left, box.top),
        (box.right, box.top),
        (box.right, box.bottom),
        (box.left, box.bottom),
    )


def non_overlapping(boxes: Sequence[Box], scores: Sequence[float], iou: float) -> list[int]:
    """Indexes of the boxes that remain, best score first, when each drops those that overlap it by more than iou."""
    kept: list[int] = []
    for index in sorted(range(len(boxes)), key=lambda i: -scores[i]):
        if all(boxes[index].iou(boxes[other]) <= iou for other in kept):
            kept.append(index)
    return kept
