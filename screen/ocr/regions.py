"""Where writing is: a text-detection network's probability map, and the quads in it.

The map is that of differentiable binarisation (Liao et al., "Real-time Scene Text Detection with Differentiable
Binarization", AAAI 2020); the network is the detector of PP-OCRv6.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from screen.geometry import Quad
from screen.ocr.quads import grown, lengths, quad_of
from screen.photo import Pixels

Floats = npt.NDArray[np.float32]
#: (1, 3, height, width) normalised BGR in, probability map (height, width) out.
Network = Callable[[Floats], Floats]

#: The network halves its input five times, so edges must be multiples of this.
STEP = 32
#: Pixels that neighbouring tiles share: more than the height of writing that is read at this scale.
SHARED = 96


@dataclass(frozen=True, slots=True)
class Region:
    """A place with writing: corners in pixels of the array that was searched, and how sure, 0 to 1."""

    quad: Quad
    score: float


@dataclass(frozen=True, slots=True)
class Cutting:
    """How regions are cut out of the map; the values are those of PP-OCR unless said.

    Attributes:
        pixel: probability from which a pixel belongs to writing.
        region: mean probability that a region must have.
        unclip: how far a region grows, as a share of its area over its outline (1.5 to 2 in the paper).
        thinnest: shorter side that a region must have in the map, in pixels.
    """

    pixel: float = 0.3
    region: float = 0.5
    unclip: float = 1.6
    thinnest: float = 3.0


def probability_map(pixels: Pixels, network: Network, tile: int) -> Floats:
    """The map (height, width) of how likely each pixel belongs to writing.

    Args:
        pixels: (height, width, 3) uint8 RGB.
        network: the detector.
        tile: longest edge that the network gets at once; bounds its memory. Maps of tiles are united by maximum.
    """
    height, width = pixels.shape[:2]
    found = np.zeros((height, width), np.float32)
    for top, left in itertools.product(_starts(height, tile), _starts(width, tile)):
        piece = pixels[top : top + tile, left : left + tile]
        seen = network(_prepared(piece))[: piece.shape[0], : piece.shape[1]]
        part = found[top : top + tile, left : left + tile]
        np.maximum(part, seen, out=part)
    return found


def _starts(length: int, tile: int) -> list[int]:
    if length <= tile:
        return [0]
    count = -(-(length - SHARED) // (tile - SHARED))
    return [round(i * (length - tile) / (count - 1)) for i in range(count)]


def _prepared(piece: Pixels) -> Floats:
    """The piece as the network wants it: BGR from -1 to 1, edges padded to multiples of STEP with the middle grey."""
    height, width = piece.shape[:2]
    whole = np.zeros((1, 3, -(-height // STEP) * STEP, -(-width // STEP) * STEP), np.float32)
    for channel in range(3):
        np.multiply(piece[:, :, 2 - channel], 1 / 127.5, out=whole[0, channel, :height, :width], dtype=np.float32)
    whole[0, :, :height, :width] -= 1.0
    return whole


def regions_in(found: Floats, cutting: Cutting, most: int = 1000) -> Iterator[Region]:
    """The regions of a map, in pixels of the map."""
    import cv2  # noqa: PLC0415

    mask = (found > cutting.pixel).astype(np.uint8)
    mask = np.asarray(cv2.dilate(mask, np.ones((2, 2), np.uint8)), np.uint8)
    contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    for contour in contours[:most]:
        rectangle = cv2.minAreaRect(contour)
        if min(rectangle[1]) < cutting.thinnest:
            continue
        quad = in_order(np.asarray(cv2.boxPoints(rectangle), np.float32))
        score = _mean_inside(found, quad)
        if score >= cutting.region:
            long, high = lengths(quad)
            more = long * high * cutting.unclip / (2 * (long + high))
            yield Region(grown(quad, more, more), score)


def _mean_inside(found: Floats, quad: Quad) -> float:
    import cv2  # noqa: PLC0415

    points = np.array(quad)
    height, width = found.shape
    low = np.clip(np.floor(points.min(axis=0)).astype(int), 0, (width - 1, height - 1))
    top = np.clip(np.ceil(points.max(axis=0)).astype(int), 0, (width - 1, height - 1))
    piece = found[low[1] : top[1] + 1, low[0] : top[0] + 1]
    mask = np.zeros(piece.shape, np.uint8)
    cv2.fillPoly(mask, [np.round(points - low).astype(np.int32)], 1)
    return float(cv2.mean(piece, mask)[0])


def in_order(points: npt.NDArray[np.float32]) -> Quad:
    """Four corners of a rectangle, clockwise from the top left one, the top left being that of the two left ones."""
    by_x = points[np.argsort(points[:, 0], kind="stable")]
    left, right = by_x[:2], by_x[2:]
    left, right = left[np.argsort(left[:, 1])], right[np.argsort(right[:, 1])]
    return quad_of([left[0], right[0], right[1], left[1]])
