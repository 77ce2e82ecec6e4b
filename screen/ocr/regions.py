"""Where writing is: a text-detection network's probability map, and the quads in it.

The map is that of differentiable binarisation (Liao et al., "Real-time Scene Text Detection with Differentiable
Binarization", AAAI 2020); the network is the detector of PP-OCRv6.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from screen.geometry import Point, Quad
from screen.layout import Place
from screen.ocr.outlines import followed
from screen.ocr.quads import around, grown, lengths, moved, quad_of
from screen.photo import Pixels

Floats = npt.NDArray[np.float32]
#: (1, 3, height, width) normalised BGR in, probability map (height, width) out.
Network = Callable[[Floats], Floats]

#: The network halves its input five times, so edges must be multiples of this.
STEP = 32
#: Mean and standard deviation of red, green and blue, 0 to 1, that PaddleOCR trains its detectors with (those of
#: ImageNet). RapidOCR takes 0.5 for all, with which the network misses every tenth word of real photos.
MEAN, DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
#: Share of a tile that its neighbours see too.
SHARED = 0.06
#: Higher regions are no lines: without writing in sight the network sometimes takes a whole object for a letter.
HIGHEST = 0.35


#: Probability from which a pixel may belong to writing that is too small for this view.
FAINT = 0.1
#: Writing is looked at again in a larger view if its trace in the map is thinner, in pixels: capitals below about 9.
THIN = 7.0
#: So are blocks whose mean probability is less than this, and which take less than this share of the map.
SOLID, LARGEST_BLOCK = 0.7, 0.03
#: Pixels of the map that are looked at around it.
AROUND = 14

#: Left, top, right, bottom.
Rectangle = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Region:
    """A place with writing.

    Attributes:
        quad: corners in pixels of the array that was searched, those of a rectangle.
        score: how sure, 0 to 1.
        slanted: corners whose upper and lower edge follow the writing, where it is seen at a slant.
    """

    quad: Quad
    score: float
    slanted: Quad | None = None

    def moved(self, origin: Point, scale: Point) -> Region:
        """The region in pixels of the array that it was searched in a part of: larger by a scale, from an origin on."""
        slanted = moved(self.slanted, origin, scale) if self.slanted else None
        return Region(moved(self.quad, origin, scale), self.score, slanted)


@dataclass(frozen=True, slots=True)
class Cutting:
    """How regions are cut out of the map; the values are those of PP-OCR unless said.

    Attributes:
        pixel: probability from which a pixel belongs to writing.
        region: mean probability that a region must have.
        unclip: how far a region grows, as a share of its area over its outline (1.5 to 2 in the paper).
        thinnest: shorter side that a region must have in the map, in pixels (3 in PP-OCR, which does not look for
            writing of 5 pixels).
    """

    pixel: float = 0.3
    region: float = 0.5
    unclip: float = 1.6
    thinnest: float = 2.0


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at a view gave: regions, and rectangles around writing that is too small to trust this look.

    Both in pixels of the view; a rectangle is left, top, right, bottom.
    """

    regions: tuple[Region, ...]
    small: tuple[Rectangle, ...]


def look_at(pixels: Pixels, network: Network, most: float, cutting: Cutting, highest: float = HIGHEST) -> Look:
    """The regions of an array, searched in tiles if it has more pixels than most; never one region twice.

    Args:
        pixels: (height, width, 3) uint8 RGB.
        network: the detector.
        most: pixels that the network gets at once, which bounds its memory.
        cutting: how regions are cut out.
        highest: share of the shorter side of a tile that a region may have as its height.
    """
    found: list[Region] = []
    small: list[Rectangle] = []
    height, width = pixels.shape[:2]
    for left, top, right, bottom in tiles(width, height, most):
        tile = pixels[top:bottom, left:right]
        seen = network(_prepared(tile))[: bottom - top, : right - left]
        new = [
            region.moved((left, top), (1, 1))
            for region in regions_in(seen, cutting)
            if min(lengths(region.quad)) <= highest * min(right - left, bottom - top)
        ]
        found = _joined(found, new)
        small += [(x1 + left, y1 + top, x2 + left, y2 + top) for x1, y1, x2, y2 in small_writing(seen)]
    found.sort(key=lambda region: -max(lengths(region.quad)))
    return Look(tuple(distinct(found, (width, height))), tuple(small))


def small_writing(found: Floats) -> Iterator[Rectangle]:
    """Rectangles of the map around what may be small writing: thin, or a faint block of lines run together."""
    import cv2  # noqa: PLC0415

    mask = (found > FAINT).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    total = np.bincount(labels.ravel(), weights=found.ravel(), minlength=count)
    for index, (left, top, width, height, area) in enumerate(stats.tolist()[:count]):
        thin = area >= 6 and area / max(width, height) < THIN
        block = THIN * THIN < area < LARGEST_BLOCK * found.size and total[index] / area < SOLID
        if index and (thin or block):
            yield left - AROUND, top - AROUND, left + width + AROUND, top + height + AROUND


def united(rectangles: Iterable[Rectangle]) -> list[Rectangle]:
    """The rectangles, those that meet made one."""
    result: list[Rectangle] = []
    for rectangle in rectangles:
        one, apart = rectangle, list(result)
        while meeting := [r for r in apart if r[0] < one[2] and r[2] > one[0] and r[1] < one[3] and r[3] > one[1]]:
            apart = [r for r in apart if r not in meeting]
            lefts, tops, rights, bottoms = zip(one, *meeting, strict=True)
            one = (min(lefts), min(tops), max(rights), max(bottoms))
        result = [*apart, one]
    return result


def _joined(found: list[Region], new: list[Region]) -> list[Region]:
    """Both lists, lines that two tiles saw a part of made whole."""
    import cv2  # noqa: PLC0415

    result = list(found)
    for region in new:
        for index, other in enumerate(result):
            first, second = Place(other.quad), Place(region.quad)
            if first.like(second) and abs(first.spread(second)[2] + first.spread(second)[3]) < first.height:
                shared, _ = cv2.intersectConvexConvex(
                    np.array(other.quad, np.float32), np.array(region.quad, np.float32)
                )
                if shared > 0.2 * min(first.length * first.height, second.length * second.height):
                    region = Region(around([other.quad, region.quad]), max(region.score, other.score))  # noqa: PLW2901
                    del result[index]
                    break
        result.append(region)
    return result


def tiles(width: int, height: int, most: float) -> list[tuple[int, int, int, int]]:
    """Left, top, right and bottom of tiles of at most so many pixels, cut across the longer side, overlapping."""
    count = 1
    while width * height * (1 / count + (SHARED if count > 1 else 0)) > most:
        count += 1
    long = max(width, height)
    size = min(long, round(long * (1 / count + (SHARED if count > 1 else 0))))
    starts = [round(i * (long - size) / (count - 1)) for i in range(count)] if count > 1 else [0]
    if width >= height:
        return [(start, 0, start + size, height) for start in starts]
    return [(0, start, width, start + size) for start in starts]


def distinct(regions: Sequence[Region], size: tuple[int, int]) -> list[Region]:
    """The regions, longest first, without those of which half is already seen; size is width and height."""
    import cv2  # noqa: PLC0415

    scale = min(1.0, 1600 / max(size))
    seen = np.zeros((round(size[1] * scale) + 1, round(size[0] * scale) + 1), np.uint8)
    kept = []
    for region in regions:
        points = np.array(region.quad) * scale
        low, top = np.floor(points.min(axis=0)).astype(int), np.ceil(points.max(axis=0)).astype(int) + 1
        low, top = np.maximum(low, 0), np.maximum(top, 1)
        spot = seen[low[1] : top[1], low[0] : top[0]]
        mask = np.zeros(spot.shape, np.uint8)
        if not mask.size:
            continue
        cv2.fillPoly(mask, [np.round(points - low).astype(np.int32)], 1)
        if (spot & mask).sum() < 0.5 * mask.sum():
            kept.append(region)
            spot |= mask
    return kept


def _prepared(piece: Pixels) -> Floats:
    """The piece as the network wants it: normalised BGR, edges padded to multiples of STEP with the mean colour."""
    height, width = piece.shape[:2]
    whole = np.zeros((1, 3, -(-height // STEP) * STEP, -(-width // STEP) * STEP), np.float32)
    for channel, (mean, deviation) in enumerate(zip(MEAN, DEVIATION, strict=True)):
        place = whole[0, 2 - channel, :height, :width]
        np.multiply(piece[:, :, channel], 1 / (255 * deviation), out=place, dtype=np.float32)
        place -= mean / deviation
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
            yield Region(grown(quad, more, more), score, followed(np.asarray(contour), quad, more))


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
