"""The steepest contours of a photo at full resolution: what lens and hand have left of them.

An edge seen through a lens and a moving hand is a step, blurred with some spread. How steep it is, against how steep it
would be after some more blur, tells that spread whatever contrast and exposure are (after Zhuo & Sim, "Defocus map
estimation from a single image", Pattern Recognition 44, 2011). Texture says little about it; the steepest contours do.
A photo with a soft background has steep ones on its subject, a shaken photo has none across the movement, so each
direction is looked at by itself.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from screen.geometry import Box
from screen.photo import Photo

Floats = npt.NDArray[np.float32]
#: Tiles that are looked at, those with the strongest contours; more of them tell nothing new.
MOST_TILES = 32
#: Long side of the picture in which contours are looked for, and of the view of other checks that it is made from.
CONTOUR_SIDE, SHARED_VIEW = 512, 1280
#: Spreads, in pixels, of the additional blur that contours are compared with.
SPREADS = (1.0, 2.5)
#: What counts of a direction are contours steeper than so many per cent of them: a sharp subject may be small.
PERCENTILE = 97
#: Directions of contours, in parts of a half turn; a direction with fewer contours than FEWEST says nothing.
DIRECTIONS, FEWEST = 8, 12
#: Contours are pixels at the top of a slope, in the upper fifth of their tile, of at least so many grey levels a pixel.
STRONGEST, LEAST_SLOPE = 80, 2.0


@dataclass(frozen=True, slots=True, eq=False)
class Contours:
    """Steepness of the contours of some tiles: slope at full resolution against slope after some more blur.

    Attributes:
        steepness: one value a contour pixel; 1 for a very soft one, larger for steeper ones.
        direction: the part of the half turn in which its slope points, 0 to DIRECTIONS - 1.
    """

    steepness: Floats
    direction: npt.NDArray[np.int64]

    def summary(self) -> Floats:
        """Logarithm of the steepness at PERCENTILE: of all contours, then of each direction.

        Shape (1 + DIRECTIONS,); a direction with too few contours has no number (NaN).
        """
        parts = [self.steepness, *(self.steepness[self.direction == k] for k in range(DIRECTIONS))]
        values = [np.percentile(part, PERCENTILE) if part.size >= FEWEST else math.nan for part in parts]
        return np.asarray(np.log(np.maximum(values, 1e-2)), np.float32)


def tile_side(size: tuple[int, int]) -> int:
    """Side of a tile in pixels: a twelfth of the long side, 48 to 128."""
    return int(np.clip(max(size) // 12, 48, 128))


def strongest_tiles(photo: Photo, most: int = MOST_TILES) -> tuple[Box, ...]:
    """The tiles of a grid that have the strongest contours when the photo is seen as a whole, strongest first."""
    import cv2  # noqa: PLC0415

    side, (width, height) = tile_side(photo.size), photo.size
    columns, rows = max(1, width // side), max(1, height // side)
    grey, scale = _small_grey(photo)
    strength = cv2.magnitude(cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1))
    cut = strength[: max(1, round(rows * side * scale)), : max(1, round(columns * side * scale))]
    cells = cv2.resize(cut, (columns, rows), interpolation=cv2.INTER_AREA)
    order = np.argsort(-cells, axis=None, kind="stable")[:most]
    corners = ((int(i % columns) * side, int(i // columns) * side) for i in order)
    return tuple(Box(x, y, min(x + side, width), min(y + side, height)) for x, y in corners)


def _small_grey(photo: Photo) -> tuple[npt.NDArray[np.uint8], float]:
    """The photo in grey, CONTOUR_SIDE at the most, and its scale; made from a view that other checks need too."""
    import cv2  # noqa: PLC0415

    grey = cv2.cvtColor(photo.view(max_side=SHARED_VIEW).pixels, cv2.COLOR_RGB2GRAY)
    scale = min(1.0, CONTOUR_SIDE / max(grey.shape))
    size = max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale))
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8), small.shape[1] / photo.size[0]


def contours_of(photo: Photo, boxes: tuple[Box, ...], spread: float) -> Contours:
    """The contours of these boxes at full resolution; boxes of less than 24 pixels a side are left out."""
    found = [_contours(_grey(photo, box), spread) for box in boxes if min(box.width, box.height) >= 24]
    if not found:
        return Contours(np.zeros(0, np.float32), np.zeros(0, np.int64))
    steepness, direction = zip(*found, strict=True)
    return Contours(np.concatenate(steepness), np.concatenate(direction))


def _grey(photo: Photo, box: Box) -> Floats:
    import cv2  # noqa: PLC0415

    pixels = np.ascontiguousarray(photo.pixels[box.as_slices()])
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.float32)


def _contours(grey: Floats, spread: float) -> tuple[Floats, npt.NDArray[np.int64]]:
    """Steepness and direction of the contour pixels of a tile, four pixels away from its border."""
    import cv2  # noqa: PLC0415

    soft = cv2.GaussianBlur(grey, (0, 0), spread, borderType=cv2.BORDER_REPLICATE)
    dx, dy = (cv2.Sobel(soft, cv2.CV_32F, *which, scale=0.125) for which in ((1, 0), (0, 1)))
    slope = cv2.magnitude(dx, dy)
    inner = np.s_[4:-4, 4:-4]
    slopes = slope[inner].ravel()
    place = slopes.size * STRONGEST // 100
    least = max(LEAST_SLOPE, float(np.partition(slopes, place)[place]))
    top = slope >= 0.97 * cv2.dilate(slope, np.ones((3, 3), np.uint8))
    ys, xs = np.nonzero((top & (slope >= least))[inner])
    ys, xs = ys + 4, xs + 4
    across = _step(grey[ys, xs - 1], grey[ys, xs], grey[ys, xs + 1])
    down = _step(grey[ys - 1, xs], grey[ys, xs], grey[ys + 1, xs])
    dx, dy, slope = dx[ys, xs], dy[ys, xs], slope[ys, xs]
    fine = np.abs(across * dx + down * dy) / slope
    direction = np.round(np.arctan2(dy, dx) / (math.pi / DIRECTIONS)).astype(np.int64) % DIRECTIONS
    return np.asarray(fine / slope, np.float32), direction


def _step(before: Floats, here: Floats, after: Floats) -> Floats:
    """The larger one of the steps to both neighbours: a perfect edge lies between two pixels, on one side."""
    first, second = here - before, after - here
    return np.where(np.abs(first) > np.abs(second), first, second)
