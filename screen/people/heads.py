"""Head-shaped tops of a person mask: where heads are, whichever way they look.

A head is a round part of the mask with nobody above it, nobody beside it on one side at least, and a neck with a
shoulder below. The mask is reduced step by step and searched for heads of one size.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np

from screen.geometry import Box, non_overlapping
from screen.people import Mask, PersonMask
from screen.photo import Photo

#: Half width in cells of the heads that are looked for in each reduction of the mask.
RADIUS = 6
#: Half widths of the smallest and largest heads as shares of the mask's long side, and the step from one to the next.
LEAST, MOST, STEP = 0.015, 0.2, 1.25
#: A head is higher than wide by this (adults 1.3, children less, hair included).
TALL = 1.25
#: Two heads that share more than this of the smaller one are one.
SAME_HEAD = 0.4
#: Least fit of a head.
LEAST_FIT = 0.35

#: Rectangles around the middle of a head, in half widths across and half heights down: left, top, right, bottom.
_INSIDE = (-0.7, -0.8, 0.7, 0.9)
_ABOVE = (-0.9, -1.6, 0.9, -1.1)
_NECK = (-0.6, 1.1, 0.6, 1.6)
_SIDES = ((-1.8, -0.9, -1.2, 0.5), (1.2, -0.9, 1.8, 0.5))
_CORNERS = ((-1.2, -1.2, -0.85, -0.8), (0.85, -1.2, 1.2, -0.8))
_SHOULDERS = ((-1.9, 1.6, -0.9, 2.3), (0.9, 1.6, 1.9, 2.3))
_Edges = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Head:
    """A head-shaped top: its box in photo pixels and how well the shape fits, 0 to 1."""

    box: Box
    score: float


def find_heads(photo: Photo, mask: PersonMask) -> tuple[Head, ...]:
    """Head-shaped tops of people, best first, none twice; computed once per photo."""
    return photo.once("heads", lambda _: heads_of(mask))


def heads_of(mask: PersonMask) -> tuple[Head, ...]:
    """Head-shaped tops of people, best first, none twice."""
    import cv2  # noqa: PLC0415

    rows, columns = mask.values.shape
    found: list[Head] = []
    radius = LEAST * max(rows, columns)
    while radius <= MOST * max(rows, columns):
        size = max(1, round(columns * RADIUS / radius)), max(1, round(rows * RADIUS / radius))
        how = cv2.INTER_AREA if radius > RADIUS else cv2.INTER_LINEAR
        reduced = np.asarray(cv2.resize(mask.values, size, interpolation=how), np.float32)
        found += _of_one_size(PersonMask(reduced, mask.photo_size))
        radius *= STEP
    kept = non_overlapping([head.box for head in found], [head.score for head in found], 0.3)
    return tuple(_without_parts([found[index] for index in kept]))


def _without_parts(heads: list[Head]) -> list[Head]:
    """Heads without those that lie mostly within a better one, or around it."""
    kept: list[Head] = []
    for head in heads:
        if all(head.box.shared_area(k.box) <= SAME_HEAD * min(head.box.area, k.box.area) for k in kept):
            kept.append(head)
    return kept


def fit(values: Mask) -> Mask:
    """How well a head of RADIUS fits around each cell, 0 to 1: (rows, columns)."""
    mean = functools.partial(_mean, values)
    sides, corners, shoulders = ([mean(edges) for edges in pair] for pair in (_SIDES, _CORNERS, _SHOULDERS))
    free = (1 - np.minimum(*sides)) * (1 - 0.5 * np.maximum(*sides))
    rounded = (1 - np.minimum(*corners)) * (1 - 0.5 * np.maximum(*corners))
    body = np.minimum(1, 0.4 + 0.4 * np.maximum(*shoulders) + 0.4 * np.minimum(*shoulders))
    neck = np.minimum(1, 0.3 + mean(_NECK))
    return np.asarray(mean(_INSIDE) ** 2 * (1 - mean(_ABOVE)) * free * rounded * body * neck, np.float32)


def _of_one_size(mask: PersonMask) -> list[Head]:
    """Places in a reduced mask where a head of RADIUS fits best."""
    import cv2  # noqa: PLC0415

    scores = fit(mask.values)
    best = cv2.dilate(scores, np.ones((RADIUS + 1, RADIUS + 1), np.uint8))
    found = []
    for y, x in np.argwhere((scores >= LEAST_FIT) & (scores >= best)).tolist():
        tall = RADIUS * TALL
        box = mask.to_photo(x - RADIUS, y - tall, x + RADIUS + 1, y + tall + 1)
        if box:
            found.append(Head(box, float(scores[y, x])))
    return found


def _mean(values: Mask, edges: _Edges) -> Mask:
    """Mean of the mask in a rectangle around each cell; outside of the photo it goes on as at its edge."""
    import cv2  # noqa: PLC0415

    left, top, right, bottom = edges
    first = round(left * RADIUS), round(top * RADIUS * TALL)
    size = round((right - left) * RADIUS) + 1, round((bottom - top) * RADIUS * TALL) + 1
    border = cv2.BORDER_REPLICATE
    reach = round(2.4 * RADIUS * TALL) + 1
    padded = cv2.copyMakeBorder(values, reach, reach, reach, reach, border)
    means = cv2.boxFilter(padded, -1, size, anchor=(0, 0), borderType=border)
    rows, columns = values.shape
    y, x = reach + first[1], reach + first[0]
    return np.asarray(means[y : y + rows, x : x + columns], np.float32)
