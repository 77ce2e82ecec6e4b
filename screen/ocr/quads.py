"""Corners of writing: cutting it out, parts of it, turns of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import cast

import numpy as np

from screen.geometry import Point, Quad
from screen.photo import Pixels


def quad_of(points: Sequence[Sequence[float]]) -> Quad:
    """Four (x, y) pairs as plain floats."""
    return cast(Quad, tuple((float(x), float(y)) for x, y in points))


def lengths(quad: Quad) -> tuple[float, float]:
    """Length of the writing and height of it, in pixels: means of opposite sides."""
    top, right = math.dist(quad[0], quad[1]), math.dist(quad[1], quad[2])
    bottom, left = math.dist(quad[2], quad[3]), math.dist(quad[3], quad[0])
    return (top + bottom) / 2, (left + right) / 2


def turned(quad: Quad, turns: int) -> Quad:
    """The same corners, starting so many corners later: as if the writing were turned by quarter turns clockwise."""
    turns %= 4
    return cast(Quad, quad[turns:] + quad[:turns])


def mirrored(quad: Quad) -> Quad:
    """The same corners for writing that runs from right to left."""
    return quad[1], quad[0], quad[3], quad[2]


def moved(quad: Quad, origin: Point, scale: Point) -> Quad:
    """The corners, x and y multiplied by a scale and counted from an origin."""
    return quad_of([(origin[0] + x * scale[0], origin[1] + y * scale[1]) for x, y in quad])


def part(quad: Quad, start: float, end: float) -> Quad:
    """The part of the writing from start to end, both as shares (0 to 1) of its length."""
    return (
        _between(quad[0], quad[1], start),
        _between(quad[0], quad[1], end),
        _between(quad[3], quad[2], end),
        _between(quad[3], quad[2], start),
    )


def _between(a: Point, b: Point, share: float) -> Point:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def around(quads: Sequence[Quad]) -> Quad:
    """The smallest quad in the direction of the first one that holds all of them."""
    first = quads[0]
    if len(quads) == 1:
        return first
    along = _direction(first[0], first[1], first[3], first[2])
    down = _direction(first[0], first[3], first[1], first[2])
    points = np.array([point for quad in quads for point in quad])
    origin = np.array(first[0])
    axes = np.array([along, down]).T
    if abs(float(np.linalg.det(axes))) < 0.2:
        low, high = points.min(axis=0), points.max(axis=0)
        return quad_of([(low[0], low[1]), (high[0], low[1]), (high[0], high[1]), (low[0], high[1])])
    places = np.linalg.solve(axes, (points - origin).T).T
    (a, b), (c, d) = places.min(axis=0), places.max(axis=0)
    return quad_of([origin + axes @ np.array(place) for place in ((a, b), (c, b), (c, d), (a, d))])


def _direction(a: Point, b: Point, c: Point, d: Point) -> tuple[float, float]:
    x, y = (b[0] - a[0]) + (d[0] - c[0]), (b[1] - a[1]) + (d[1] - c[1])
    length = math.hypot(x, y) or 1.0
    return x / length, y / length


def grown(quad: Quad, along: float, across: float) -> Quad:
    """The quad with so many pixels more at both ends and above and below."""
    x, y = _direction(quad[0], quad[1], quad[3], quad[2])
    u, v = _direction(quad[0], quad[3], quad[1], quad[2])
    signs = ((-1, -1), (1, -1), (1, 1), (-1, 1))
    return quad_of(
        [
            (px + s * along * x + t * across * u, py + s * along * y + t * across * v)
            for (px, py), (s, t) in zip(quad, signs, strict=True)
        ]
    )


def cut_out(pixels: Pixels, quad: Quad, height: int, most_width: int, wider: float = 1.0) -> Pixels:
    """The writing set straight: (height, width, 3) uint8, width as its shape asks, times wider, at most most_width.

    Large writing is first reduced together with its surroundings, so that thin strokes are averaged, not skipped.
    """
    import cv2  # noqa: PLC0415

    long, high = lengths(quad)
    width = int(np.clip(round(height * long / max(high, 1.0) * wider), 1, most_width))
    points = np.array(quad, np.float32)
    low = np.maximum(np.floor(points.min(axis=0)) - 2, 0).astype(int)
    top = np.ceil(points.max(axis=0)).astype(int) + 3
    piece = pixels[low[1] : top[1], low[0] : top[0]]
    if not piece.size:
        return np.zeros((height, width, 3), np.uint8)
    points = points - low.astype(np.float32)
    scale = height / max(high, 1.0)
    if scale < 0.6:
        size = max(1, round(piece.shape[1] * scale)), max(1, round(piece.shape[0] * scale))
        points = points * np.array([size[0] / piece.shape[1], size[1] / piece.shape[0]], np.float32)
        piece = np.asarray(cv2.resize(piece, size, interpolation=cv2.INTER_AREA), np.uint8)
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(points, target)
    cut = cv2.warpPerspective(piece, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cut, np.uint8)
