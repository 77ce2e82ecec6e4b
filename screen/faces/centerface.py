"""CenterFace: small faces in large pictures, with five landmarks.

Xu, Yan, Yang, Wu: CenterFace: Joint Face Detection and Alignment Using Face as Point, 2019 (arXiv:1911.03599). The
network answers on a grid of every fourth pixel: how much this is the middle of a face, its size, the shift of the
middle, and where eyes, nose and mouth are as shares of the size.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from screen.faces import RawFace
from screen.geometry import Point
from screen.inference import Floats, compiled
from screen.photo import Pixels

#: Pixels per cell of the answer.
STRIDE = 4
#: Both edges of what the network gets are multiples of this: it halves the picture five times, and OpenVINO prepares
#: itself for each new pair of edges (50 ms and some MB), so there should be few of them.
MULTIPLE = 64
#: Two answers that share more than this (intersection over union) are the same face; the paper's own value.
SAME_FACE = 0.3
#: Score from which a cell hints at a face: what makes no face in one pass can become one in a finer one.
LEAST_HINT = 0.002
#: Candidates of one picture that are looked at, best first: a guard against pictures of noise.
MOST = 600


class CenterFace:
    """CenterFace as published (trained on WIDER FACE), on OpenVINO."""

    name = "centerface"

    def detect(self, pixels: Pixels, threshold: float) -> list[RawFace]:
        """Faces of at least that score in (height, width, 3) uint8 RGB, none twice, best first.

        Raises:
            MissingDependencyError: the weights are not there.
        """
        return self.look(pixels, threshold)[0]

    def look(self, pixels: Pixels, threshold: float) -> tuple[list[RawFace], Floats]:
        """The same faces, and all that hints at one, however weakly: rows of x, y, size and score in pixels."""
        answer = [whole[0] for whole in _network()(as_input(pixels))]
        heat, size = answer[:2]
        height, width = (edge // STRIDE for edge in pixels.shape[:2])
        return _faces(answer, threshold), hints_of(heat[0, :height, :width], size[:, :height, :width])

    def detect_each(self, pictures: Pixels, threshold: float) -> list[list[RawFace]]:
        """What detect() gives for each of (count, height, width, 3) uint8 RGB, all asked at once.

        Raises:
            MissingDependencyError: the weights are not there.
        """
        below, beside = (-edge % MULTIPLE for edge in pictures.shape[1:3])
        answers = _network()(np.pad(pictures, ((0, 0), (0, below), (0, beside), (0, 0))))
        return [_faces(answer, threshold) for answer in zip(*answers, strict=True)]


def _network() -> Callable[[Pixels], list[Floats]]:
    return compiled("centerface", (-1, 3, -1, -1), exact=False, of_pixels=True)


def _faces(answer: Sequence[Floats], threshold: float) -> list[RawFace]:
    """The faces in what the network says of one picture."""
    heat, size, shift, marks = answer
    rows = decoded(heat[0], size, shift, marks, threshold)
    return [_raw(row) for row in rows[not_twice(rows, SAME_FACE)]]


def as_input(pixels: Pixels) -> Pixels:
    """The pixels as (1, height, width, 3), with black below and at the right up to multiples of 64."""
    below, beside = (-edge % MULTIPLE for edge in pixels.shape[:2])
    return np.pad(pixels, ((0, below), (0, beside), (0, 0)))[None]


def decoded(heat: Floats, size: Floats, shift: Floats, marks: Floats, threshold: float) -> Floats:
    """Candidates as rows of left, top, right, bottom, score and five times x, y; best first.

    Args:
        heat: (rows, columns) score of each cell.
        size: (2, rows, columns) logarithm of height and width in cells.
        shift: (2, rows, columns) shift of the middle down and right, in cells.
        marks: (10, rows, columns) five times y, x from the top left of the face, as shares of its height and width.
        threshold: least score.
    """
    ys, xs = np.nonzero(heat >= threshold)
    best = np.argsort(-heat[ys, xs], kind="stable")[:MOST]
    ys, xs = ys[best], xs[best]
    height, width = np.exp(size[:, ys, xs]) * STRIDE
    top = (ys + shift[0, ys, xs] + 0.5) * STRIDE - height / 2
    left = (xs + shift[1, ys, xs] + 0.5) * STRIDE - width / 2
    points = np.empty((len(ys), 10), np.float32)
    points[:, 0::2] = (marks[1::2, ys, xs] * width + left).T
    points[:, 1::2] = (marks[0::2, ys, xs] * height + top).T
    edges = np.column_stack([left, top, left + width, top + height, heat[ys, xs]])
    return np.column_stack([edges, points]).astype(np.float32)


def hints_of(heat: Floats, size: Floats) -> Floats:
    """Rows of x, y, size and score in pixels, for each cell that hints at a face; arguments as of decoded."""
    ys, xs = np.nonzero(heat >= LEAST_HINT)
    edge = np.exp(size[:, ys, xs].mean(axis=0)) * STRIDE
    return np.column_stack([(xs + 0.5) * STRIDE, (ys + 0.5) * STRIDE, edge, heat[ys, xs]]).astype(np.float32)


def not_twice(rows: Floats, iou: float) -> list[int]:
    """Indexes of the rows that remain, in order, when each drops later ones that overlap it by more than iou."""
    left, top, right, bottom = rows[:, :4].T
    area = (right - left) * (bottom - top)
    kept: list[int] = []
    alive = np.ones(len(rows), bool)
    for index in range(len(rows)):
        if not alive[index]:
            continue
        kept.append(index)
        wide = np.minimum(right[index], right) - np.maximum(left[index], left)
        high = np.minimum(bottom[index], bottom) - np.maximum(top[index], top)
        shared = np.clip(wide, 0, None) * np.clip(high, 0, None)
        alive &= shared <= iou * (area + area[index] - shared)
    return kept


def _raw(row: Floats) -> RawFace:
    left, top, right, bottom, score, *flat = map(float, row)
    points: tuple[Point, ...] = tuple(zip(flat[0::2], flat[1::2], strict=True))
    return RawFace(left, top, right, bottom, score, points)
