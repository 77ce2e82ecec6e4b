"""How much of a hidden region can still be seen: does fine detail of the source live on in the copy?"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from screen.copies.masks import Alpha
from screen.copies.styles import CELLS
from screen.photo import Pixels

#: Regions are compared at this side at the most, in pixels; identity needs far less.
SIDE = 128
#: Levels of 255 of local contrast from which a place has detail at all.
CONTRAST = 3.0
#: Share of the energy of that detail that the copy must be away from it for it to count as gone. A copy that shows it
#: at a fraction f leaves (1 - f)^2 of it: half is f = 0.3.
GONE = 0.5

#: Detail is finer than this share of a cell (standard deviation of the Gaussian that takes the rest away).
FINE, LEAST_FINE = 1 / 6, 0.7

Values = npt.NDArray[np.float32]


def detail_left(source: Pixels, copy: Pixels, alpha: Alpha) -> float:
    """The share of the hidden pixels at which the copy shows the same detail as the source, 0 to 1.

    Detail is what remains of the brightness without what CELLS averages across the region can say; its energy, and that
    of what the copy lacks of it, are compared in windows of one such cell.

    Args:
        source: (height, width, 3) of the region.
        copy: the same region of the copy.
        alpha: (height, width): 255 where nothing may be seen.
    """
    import cv2  # noqa: PLC0415

    scale = min(1.0, SIDE / max(alpha.shape))
    size = max(1, round(alpha.shape[1] * scale)), max(1, round(alpha.shape[0] * scale))
    core = cv2.resize((alpha == 255).astype(np.float32), size, interpolation=cv2.INTER_AREA) > 0.999
    if not core.any():
        return 0.0
    cell = max(size) / CELLS
    first, second = (_detail(cv2.resize(p, size, interpolation=cv2.INTER_AREA), core, cell) for p in (source, copy))
    window = (max(3, int(cell) | 1),) * 2
    weight = np.maximum(_mean(core.astype(np.float32), window), 1e-3)
    energy, missing = (_mean(values * values, window) / weight for values in (first, first - second))
    seen = core & (energy > CONTRAST**2) & (missing < GONE * energy)
    return float(seen.sum() / core.sum())


def _detail(pixels: Any, core: npt.NDArray[np.bool_], cell: float) -> Values:
    """Brightness without its coarse part, 0 outside of the core, so that what lies around has no say.

    The coarse part is a local linear fit with Gaussian weights: unlike a plain mean it has no bias along the rim
    (Fan & Gijbels 1996, section 3.2), where a shade common to both pictures would pass for detail.
    """
    import cv2  # noqa: PLC0415

    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.float64)
    inside = core.astype(np.float64)
    rows, columns = (axis - axis.mean() for axis in np.indices(core.shape, dtype=np.float64))
    sigma = max(LEAST_FINE, FINE * cell)

    def weighed(values: Any) -> Any:
        return cv2.GaussianBlur(inside * values, (0, 0), sigma, borderType=cv2.BORDER_CONSTANT)

    one, x, y = weighed(np.ones_like(grey)), weighed(columns), weighed(rows)
    one = np.maximum(one, 1e-6)
    mx, my = x / one, y / one
    xx, yy = weighed(columns**2) / one - mx**2, weighed(rows**2) / one - my**2
    xy = weighed(columns * rows) / one - mx * my
    mean = weighed(grey) / one
    xg, yg = weighed(columns * grey) / one - mx * mean, weighed(rows * grey) / one - my * mean
    slope = np.maximum(xx * yy - xy**2, 1e-9)
    coarse = mean + ((yy * xg - xy * yg) * (columns - mx) + (xx * yg - xy * xg) * (rows - my)) / slope
    return np.asarray((grey - coarse) * inside, np.float32)


def _mean(values: Values, window: tuple[int, int]) -> Values:
    import cv2  # noqa: PLC0415

    return np.asarray(cv2.boxFilter(values, -1, window, borderType=cv2.BORDER_CONSTANT), np.float32)


def difference_outside(source: Pixels, copy: Pixels, hidden: npt.NDArray[np.bool_]) -> float:
    """The mean absolute difference of all colours where nothing was hidden, 0 to 255; 0 where all was."""
    import cv2  # noqa: PLC0415

    total, count = 0.0, 0
    for start in range(0, source.shape[0], 256):
        band = slice(start, start + 256)
        seen = (~hidden[band]).view(np.uint8)
        gap = cv2.absdiff(np.ascontiguousarray(source[band]), np.ascontiguousarray(copy[band]))
        pixels = cv2.countNonZero(seen)
        total += sum(cv2.mean(gap, seen)[:3]) * pixels
        count += 3 * pixels
    return total / count if count else 0.0
