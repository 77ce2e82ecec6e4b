"""How sharp the pixels of a photo are: spread of edges in the tiles where there is most to see.

An edge seen through a lens and a moving hand is a step blurred with a Gaussian of some spread s. The energy of its
gradient, smoothed with sigma a, goes as 1 / sqrt(s^2 + a^2), whatever the contrast of the edge and the exposure
are; so the ratio of the energies at two sigmas tells s (after Zhuo & Sim, "Defocus map estimation from a single image",
Pattern Recognition 44, 2011, there for single edges). Taken along each direction by itself, it tells motion from focus.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from screen.geometry import Box
from screen.photo import Photo

Floats = npt.NDArray[np.float32]
#: Sigmas, in pixels of the photo, at which gradients are compared; a Sobel filter adds the first one.
SIGMAS = (0.0, 1.0, 2.0, 4.0, 8.0)
#: Directions along which sharpness is measured, in half turns.
DIRECTIONS = np.arange(8) * math.pi / 8
#: Tiles that are looked at, those with the strongest contours; more of them tell nothing new.
MOST_TILES = 32
#: Long side of the view in which contours are looked for.
CONTOUR_SIDE = 512
#: Energy of gradients, in squared grey levels a pixel, below which a tile shows no contour.
LEAST_CONTOUR = 0.5
#: Steepness of edges at which sharp and blurred photos are equally likely, for a long side of 1000 pixels.
LIMIT = 0.52
#: Spread of the steepness over directions from which blur is called motion.
MOTION = 0.115


@dataclass(frozen=True, slots=True, eq=False)
class TileEnergies:
    """Gradient energies of one tile: (len(SIGMAS), len(DIRECTIONS)) of squared grey levels a pixel, noise taken off."""

    box: Box
    energies: Floats


def tile_side(size: tuple[int, int]) -> int:
    """Side of a tile in pixels: a twelfth of the long side, 48 to 160."""
    return int(np.clip(max(size) // 12, 48, 160))


def strongest_tiles(photo: Photo, most: int = MOST_TILES) -> tuple[Box, ...]:
    """The tiles of a grid that have the strongest contours when the photo is seen as a whole, strongest first."""
    import cv2  # noqa: PLC0415

    side, (width, height) = tile_side(photo.size), photo.size
    columns, rows = max(1, width // side), max(1, height // side)
    view = photo.view(max_side=CONTOUR_SIDE)
    grey = cv2.cvtColor(view.pixels, cv2.COLOR_RGB2GRAY)
    strength = cv2.magnitude(cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1))
    cut = strength[: max(1, round(rows * side * view.scale)), : max(1, round(columns * side * view.scale))]
    cells = cv2.resize(cut, (columns, rows), interpolation=cv2.INTER_AREA)
    order = np.argsort(-cells, axis=None, kind="stable")[:most]
    corners = ((int(i % columns) * side, int(i // columns) * side) for i in order)
    return tuple(Box(x, y, min(x + side, width), min(y + side, height)) for x, y in corners)


def tile_energies(photo: Photo, boxes: Iterable[Box]) -> tuple[TileEnergies, ...]:
    """Gradient energies of each box at full resolution; boxes of less than 16 pixels a side are left out."""
    return tuple(TileEnergies(box, _energies(_grey(photo, box))) for box in boxes if min(box.width, box.height) >= 16)


def _grey(photo: Photo, box: Box) -> Floats:
    import cv2  # noqa: PLC0415

    pixels = np.ascontiguousarray(photo.pixels[box.as_slices()])
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.float32)


def _energies(grey: Floats) -> Floats:
    """Energies of a tile of shape (height, width), minus what its noise adds."""
    import cv2  # noqa: PLC0415

    noise = noise_of(grey) ** 2
    found: list[Floats] = []
    smooth, before = grey, 0.0
    for sigma in SIGMAS:
        if sigma:
            smooth = _smoothed(smooth, math.sqrt(sigma**2 - before**2))
            before = sigma
        dx, dy = cv2.Sobel(smooth, cv2.CV_32F, 1, 0, scale=0.125), cv2.Sobel(smooth, cv2.CV_32F, 0, 1, scale=0.125)
        xx, xy, yy = float((dx * dx).mean()), float((dx * dy).mean()), float((dy * dy).mean())
        along = (
            xx * np.cos(DIRECTIONS) ** 2
            + 2 * xy * np.cos(DIRECTIONS) * np.sin(DIRECTIONS)
            + yy * np.sin(DIRECTIONS) ** 2
        )
        found.append(np.maximum(along - noise * _noise_gain(sigma), 1e-3))
    return np.asarray(found, np.float32)


def _smoothed(grey: Floats, sigma: float) -> Floats:
    import cv2  # noqa: PLC0415

    return np.asarray(cv2.GaussianBlur(grey, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE), np.float32)


def _noise_gain(sigma: float) -> float:
    """Energy of the gradient of white noise of variance 1, smoothed with sigma and a Sobel filter of sum 1/8."""
    # Raw noise: central difference, smoothed across by [1 2 1] / 4, so 2/4 * 6/16. Smoothed noise: 1 / (8 pi s^4).
    return 0.1875 if not sigma else 1 / (8 * math.pi * (sigma**2 + 0.5) ** 2)


def noise_of(grey: Floats) -> float:
    """Standard deviation of the noise in grey levels, as low as the flattest parts of the tile show it.

    Immerkaer, "Fast noise variance estimation", CVIU 64 (1996), on blocks of 8 pixels; their tenth percentile, since
    everything that is not noise only adds.
    """
    import cv2  # noqa: PLC0415

    kernel = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32) / 6
    squares = cv2.filter2D(grey, cv2.CV_32F, kernel) ** 2
    small = cv2.resize(squares, (max(1, grey.shape[1] // 8), max(1, grey.shape[0] // 8)), interpolation=cv2.INTER_AREA)
    return float(math.sqrt(max(0.0, np.percentile(small, 10))))


@dataclass(frozen=True, slots=True)
class Sharpness:
    """What was concluded for a photo.

    Attributes:
        blurred: probability that people would call it too blurred, 0 to 1.
        sharpness: 0 to 1, the spread of edges against the long side: half where edges spread by a thousandth of it.
        cause: motion, focus or empty (no contour to judge by, which is no better for a reader).
    """

    blurred: float
    sharpness: float
    cause: str


def sharpness_of(photo: Photo) -> Sharpness:
    """How sharp the photo is where there is most to see; computed once per photo."""
    return photo.once("sharpness", _concluded)


def _concluded(photo: Photo) -> Sharpness:
    found = tile_energies(photo, strongest_tiles(photo))
    tiles = [tile.energies for tile in found if tile.energies[0].mean() > LEAST_CONTOUR]
    if not tiles:
        return Sharpness(1.0, 0.0, "empty")
    steepness = steepness_by_direction(np.stack(tiles), of=1)
    resolution = 0.3 * math.log(max(*photo.size, 800) / 1000)
    blurred = 1 / (1 + math.exp(12 * (float(steepness.min()) + resolution - LIMIT)))
    motion = float(np.ptp(steepness_by_direction(np.stack(tiles), of=3))) > MOTION
    return Sharpness(blurred, _as_share(float(steepness.mean()), max(photo.size)), "motion" if motion else "focus")


def steepness_by_direction(energies: Floats, of: int) -> Floats:
    """Log ratio of the energies at the first two sigmas, along each direction that has contours.

    Args:
        energies: (tiles, len(SIGMAS), len(DIRECTIONS)).
        of: which sigma decides where there are contours; a coarse one sees those that blur has left.

    Returns:
        One value for each such direction: that of the tiles that are sharper than nine tenths of the others. The
        camera moves for all of them alike, and each tile has its contours in other directions.
    """
    energies = np.maximum(energies, 1e-3)
    ratio, strength = np.log(energies[:, 0] / energies[:, 1]), energies[:, of]
    counts = strength >= 0.3 * strength.mean(axis=1, keepdims=True)
    values = [np.percentile(ratio[counts[:, d], d], 90) for d in range(len(DIRECTIONS)) if counts[:, d].any()]
    return np.asarray(values, np.float32)


def _as_share(steepness: float, long_side: int) -> float:
    """Sharpness from the log ratio of energies at the first two sigmas, for edges with a Gaussian spread."""
    square, first = math.exp(2 * max(steepness, 0.02)), 0.5
    spread = math.sqrt(max(0.0, (1 + first - square * first) / (square - 1)))
    return 1 / (1 + (spread / (long_side / 1000)) ** 2)
