"""How sharp a photo is, and how likely people would call it too blurred: a curve over its steepest contours."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from screen.photo import Photo
from screen.quality.contours import SPREADS, contours_of, strongest_tiles

Floats = npt.NDArray[np.float64]
#: The calibrated curve, logistic over the logarithm of relative_spread(): printed by models/train_blur.py.
SLOPE, BIAS = 6.59, 7.11
#: Pictures with a shorter long side count as if they had this one: their contours cannot be narrower than their pixels.
SMALLEST = 700
#: Difference between directions, in logarithms, from which blur is called motion.
MOTION = 0.35


@dataclass(frozen=True, slots=True)
class Sharpness:
    """What was concluded for a photo.

    Attributes:
        blurred: probability that people would call it too blurred, 0 to 1.
        sharpness: 0 to 1: half where its steepest contours spread over a thousandth of the long side.
        cause: motion, focus or empty (no contour to judge by, which is no better for a reader).
    """

    blurred: float
    sharpness: float
    cause: str


def sharpness_of(photo: Photo) -> Sharpness:
    """How sharp the photo is where there is most to see; computed once per photo."""
    return photo.once("sharpness", _concluded)


def _concluded(photo: Photo) -> Sharpness:
    summaries = summaries_of(photo)
    if summaries is None:
        return Sharpness(1.0, 0.0, "empty")
    spread = relative_spread(summaries, photo.size)
    logit = SLOPE * math.log(spread) + BIAS
    motion = float(np.ptp(_over_directions(summaries[1]))) > MOTION
    blurred = 1 / (1 + math.exp(-max(-50.0, min(50.0, logit))))
    return Sharpness(blurred, 1 / (1 + spread), "motion" if motion else "focus")


def summaries_of(photo: Photo) -> tuple[Floats, ...] | None:
    """Summaries of the contours for each of SPREADS; None if there are too few contours to judge by."""
    tiles = strongest_tiles(photo)
    found = tuple(np.asarray(contours_of(photo, tiles, spread).summary(), np.float64) for spread in SPREADS)
    return found if all(np.isfinite(summary[0]) for summary in found) else None


def relative_spread(summaries: tuple[Floats, ...], size: tuple[int, int]) -> float:
    """How far the steepest contours are spread (a standard deviation), in thousandths of the long side.

    People see the photo as a whole, so what counts is the share of the picture, not pixels. Two estimates are
    averaged: the mean over all directions, against little blur, and the direction in which contours are
    softest, against much blur, which is where the camera moved.

    Above two pixels the estimate falls short of the truth, since slopes become few grey levels a pixel; it still grows.
    """
    typical = _spread_of(float(_over_directions(summaries[0]).mean()), SPREADS[0])
    worst = _spread_of(float(_over_directions(summaries[1]).min()), SPREADS[1])
    return math.sqrt(typical * worst) / (max(*size, SMALLEST) / 1000)


def _over_directions(summary: Floats) -> Floats:
    """The steepness of each direction that has contours; of all together where none has enough."""
    known = summary[1:][np.isfinite(summary[1:])]
    return known if known.size else summary[:1]


def _spread_of(steepness: float, more: float) -> float:
    """The spread in pixels of a step with that steepness (a logarithm), against its slope after so much more blur.

    A step blurred with a Gaussian of spread s changes by erf(0.5 / (s * sqrt 2)) of its height between two
    neighbours; after the additional blur its slope is 1 / sqrt(2 pi (s^2 + more^2)) of it. The table of that
    ratio is searched for s.
    """
    spreads = np.geomspace(0.15, 60, 400)
    steps = np.array([math.erf(0.5 / (spread * math.sqrt(2))) for spread in spreads])
    table = np.log(steps * np.sqrt(2 * math.pi * (spreads**2 + more**2)))
    return float(np.interp(-steepness, -table, spreads))
