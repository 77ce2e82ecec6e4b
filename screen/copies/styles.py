"""How to hide: blur, pixelate, fill and emoji. Each makes the picture that replaces a region.

What a style may take from the hidden pixels is at most CELLS x CELLS averages over the region, each with noise that no
one can repeat (mosaics and blurs without noise were undone by trained networks: McPherson, Shokri, Shmatikov 2016).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from screen.copies.masks import Mask
from screen.photo import Pixels

Values = npt.NDArray[np.float32]

#: Averages across the longer side of a hidden region, at the most.
CELLS = 6
#: Standard deviation of the noise on each average, in levels of 255: brightness, and colour.
NOISE, COLOUR_NOISE = 12.0, 4.0
#: Pixels to which the few cells are enlarged while they are smoothed; the rest is linear interpolation.
SMOOTH_SIDE = 96
#: Levels of 255 around the median colour that are taken for the same paper in other light, and how many pixels of it
#: must be seen for its shading to be carried on.
SHADE, LEAST_PAPER = 32, 24
#: Pixels of the soft edge that are looked at, at the most.
MOST_RIM = 4096

Style = Callable[[Pixels, Mask, float, np.random.Generator], Pixels]


def cells_across(strength: float) -> int:
    """Cells across the longer side of a region: 6 at strength 1, fewer at more."""
    return max(1, int(CELLS / max(1.0, strength)))


def cells(region: Pixels, strength: float, noise: np.random.Generator) -> Values:
    """All that is kept of a region: (rows, columns, 3) averages with noise, at most CELLS on the longer side."""
    import cv2  # noqa: PLC0415

    height, width = region.shape[:2]
    most = cells_across(strength)
    columns = max(1, min(width, round(most * width / max(width, height))))
    rows = max(1, min(height, round(most * height / max(width, height))))
    averages = cv2.resize(region, (columns, rows), interpolation=cv2.INTER_AREA).astype(np.float32)
    brightness = noise.normal(0, NOISE, (rows, columns, 1))
    colour = noise.normal(0, COLOUR_NOISE, (rows, columns, 3))
    return np.asarray(np.clip(averages + brightness + colour, 0, 255), np.float32)


def blur(pixels: Pixels, mask: Mask, strength: float, noise: np.random.Generator) -> Pixels:
    """The cells of the region, smoothed until it looks like a strong blur."""
    import cv2  # noqa: PLC0415

    few = cells(pixels[mask.core.as_slices()], strength, noise)
    rows, columns = few.shape[:2]
    small = SMOOTH_SIDE * columns // max(rows, columns), SMOOTH_SIDE * rows // max(rows, columns)
    smooth = cv2.resize(few, small, interpolation=cv2.INTER_LINEAR)
    smooth = cv2.GaussianBlur(smooth, (0, 0), SMOOTH_SIDE / max(rows, columns) / 2)
    return _spread(np.clip(np.rint(smooth), 0, 255).astype(np.uint8), mask, cv2.INTER_LINEAR)


def pixelate(pixels: Pixels, mask: Mask, strength: float, noise: np.random.Generator) -> Pixels:
    """The cells of the region as squares."""
    import cv2  # noqa: PLC0415

    few = cells(pixels[mask.core.as_slices()], strength, noise)
    return _spread(np.rint(few).astype(np.uint8), mask, cv2.INTER_NEAREST)


def fill(pixels: Pixels, mask: Mask, strength: float, noise: np.random.Generator) -> Pixels:
    """The colours around the region, carried on smoothly into it; nothing of the region itself."""
    import cv2  # noqa: PLC0415

    height, width = mask.alpha.shape
    scale = min(1.0, SMOOTH_SIDE / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    outside = (mask.alpha == 0).astype(np.float32)
    known = cv2.resize(outside, size, interpolation=cv2.INTER_AREA)
    seen = pixels[mask.box.as_slices()] * (mask.alpha == 0)[:, :, None]
    sums = cv2.resize(np.asarray(seen, np.uint8), size, interpolation=cv2.INTER_AREA).astype(np.float32)
    start = np.broadcast_to(surroundings(pixels, mask).astype(np.float32), (1, 1, 3))
    smooth = cv2.GaussianBlur(_carried_on(sums, known, start), (0, 0), max(size) / 24 + 0.5)
    large = cv2.resize(smooth, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.clip(np.rint(large), 0, 255), np.uint8)


def _carried_on(sums: Values, known: Values, start: Values) -> Values:
    """A picture without holes, by push and pull (Gortler et al. 1996, section 3.4).

    Args:
        sums: (height, width, 3): colours times how much of each pixel is known.
        known: (height, width): how much that is, 0 to 1.
        start: (1, 1, 3): the colour where nothing is known at all.
    """
    import cv2  # noqa: PLC0415

    height, width = known.shape
    if max(height, width) == 1:
        return np.asarray(sums + (1 - known[:, :, None]) * start, np.float32)
    half = (width + 1) // 2, (height + 1) // 2
    less, few = (cv2.resize(values, half, interpolation=cv2.INTER_AREA) for values in (known, sums))
    more = np.minimum(1.0, 4 * less) / np.maximum(less, 1e-6)
    fewer = np.asarray(few * more[:, :, None], np.float32)
    coarse = _carried_on(fewer, np.asarray(less * more, np.float32), start)
    beneath = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(sums + (1 - known[:, :, None]) * beneath, np.float32)


def plain(pixels: Pixels, mask: Mask, strength: float, noise: np.random.Generator) -> Pixels:
    """The colour right around the region, shaded as it is there: for writing, whose neighbours are writing, too."""
    import cv2  # noqa: PLC0415

    height, width = mask.alpha.shape
    places, colours = rim(pixels, mask)
    middle = surroundings(pixels, mask)
    paper = np.abs(colours.astype(np.int16) - middle).max(axis=1, initial=0) <= SHADE
    if int(paper.sum()) < LEAST_PAPER:
        return np.broadcast_to(middle, (height, width, 3))
    # A plane through the colours of the paper alone: ink and what lies beside the sheet have no say.
    values = colours[paper].astype(np.float64)
    plane = np.linalg.lstsq(_with_one(places[paper]), values, rcond=None)[0]
    scale = min(1.0, SMOOTH_SIDE / max(height, width))
    ys, xs = (np.linspace(-1, 1, max(2, round(side * scale))) for side in (height, width))
    grid = np.stack(np.meshgrid(ys, xs, indexing="ij"), axis=-1)
    shaded = np.clip(_with_one(grid) @ plane, *np.percentile(values, (2, 98), axis=0))
    small = np.rint(shaded).astype(np.uint8)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)


def _with_one(places: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.concatenate([np.ones((*places.shape[:-1], 1)), places], axis=-1)


def emoji(pixels: Pixels, mask: Mask, strength: float, noise: np.random.Generator) -> Pixels:
    """A plain smiling face in yellow, drawn here, as large as the region; nothing of the region itself."""
    import cv2  # noqa: PLC0415

    canvas = np.full((*mask.alpha.shape, 3), (255, 205, 60), np.uint8)
    area, core = mask.box, mask.core
    (x, y), (a, b) = core.centre, (core.width / 2, core.height / 2)
    ink = (90, 60, 10)

    def spot(dx: float, dy: float, rx: float, ry: float, start: int, end: int, width: int) -> None:
        centre = round((x - area.left + dx * a) * 16), round((y - area.top + dy * b) * 16)
        axes = max(8, round(rx * a * 16)), max(8, round(ry * b * 16))
        cv2.ellipse(canvas, centre, axes, 0, start, end, ink, width, cv2.LINE_AA, 4)  # 4 binary places

    spot(-0.33, -0.22, 0.11, 0.17, 0, 360, -1)
    spot(0.33, -0.22, 0.11, 0.17, 0, 360, -1)
    spot(0, 0.12, 0.52, 0.48, 20, 160, max(1, round(min(a, b) * 0.1)))
    return canvas


def surroundings(pixels: Pixels, mask: Mask) -> Pixels:
    """The median colour right around the region, (3,) uint8; mid-grey where there is nothing around it."""
    colours = rim(pixels, mask)[1]
    return np.asarray(np.median(colours, axis=0), np.uint8) if len(colours) else np.full(3, 128, np.uint8)


def rim(pixels: Pixels, mask: Mask) -> tuple[npt.NDArray[np.float64], Pixels]:
    """The pixels of the soft edge, which lies outside of the region: no farther, since a sheet may end there.

    Returns:
        (n, 2) places, downwards and across, -1 to 1 within the mask's box; (n, 3) uint8 colours; MOST_RIM at the most.
    """
    height, width = mask.alpha.shape
    ys, xs = np.nonzero((mask.alpha > 0) & (mask.alpha < 255))
    every = slice(None, None, max(1, len(ys) // MOST_RIM))
    ys, xs = ys[every], xs[every]
    places = np.stack([2 * ys / max(1, height - 1) - 1, 2 * xs / max(1, width - 1) - 1], axis=-1)
    return places, pixels[mask.box.as_slices()][ys, xs]


def _spread(few: Pixels, mask: Mask, how: int) -> Pixels:
    """A small picture of the core, enlarged to it and carried on to the edges of the mask's box."""
    import cv2  # noqa: PLC0415

    core, area = mask.core, mask.box
    grown: Any = cv2.resize(few, (core.width, core.height), interpolation=how)
    sides = core.top - area.top, area.bottom - core.bottom, core.left - area.left, area.right - core.right
    return np.asarray(cv2.copyMakeBorder(grown, *sides, cv2.BORDER_REPLICATE), np.uint8)


STYLES: dict[str, Style] = {"blur": blur, "pixelate": pixelate, "fill": fill, "emoji": emoji}
