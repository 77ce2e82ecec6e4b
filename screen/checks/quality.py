"""Not fit to post: too dark, burnt out, too small, a screenshot, mirrored, portrait, several pictures in a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from screen.ocr import Line
from screen.photo import Photo, Pixels
from screen.quality.contours import SHARED_VIEW
from screen.quality.uprightness import Uprightness
from screen.records import Finding, QualityDetails

#: Brightness of all channels from which a pixel counts as burnt out.
WHITE = 252
#: Pairs of rows in which flat areas are looked for.
ROWS = 32
#: Lines that tell whether a photo is mirrored: read with this certainty, of so many letters. A short one does not,
#: since "OTTO" and "MAMA" read both ways.
SURE_LINE, LETTERS = 0.9, 5
#: Such lines that make a page of what is flat.
PAGE = 3


@dataclass(frozen=True, slots=True)
class QualitySettings:
    """Settings of the quality check.

    Attributes:
        dark: brightness, 0 to 255, which all but the brightest twentieth of the pixels stay below in a dark photo.
        burnt_out: share of pixels that are pure white in a burnt-out photo.
        small: long side in pixels below which a photo is too small to post.
        small_for_print: the same for print: 148 mm, the width of a page in A5, at 300 pixels an inch.
        landscape: width against height that platforms advise at least.
        flat: share of pixels like those beside and below them, to the last bit, in a screenshot. Photos have noise: of
            270, the one with most has 0.59.
    """

    dark: int = 60
    burnt_out: float = 0.5
    small: int = 600
    small_for_print: int = 1748
    landscape: float = 1.0
    flat: float = 0.65


class QualityCheck:
    """One finding for each thing that speaks against posting the photo; none if nothing does."""

    id: ClassVar[str] = "quality"
    title: ClassVar[str] = "Fit to post"
    settings: ClassVar[type[QualitySettings]] = QualitySettings

    def __init__(self, chosen: QualitySettings) -> None:
        self.chosen = chosen

    def inspect(self, photo: Photo) -> Iterator[Finding]:
        """Findings for the photo as a whole.

        Raises:
            MissingDependencyError: weights are not there.
        """
        lines: tuple[Line, ...] = photo.made("ocr") or ()
        yield from self._light_or_screenshot(photo, lines)
        yield from self._shape(photo)
        backwards = mirrored_share(lines)
        if backwards > 0.5:
            yield self._finding("mirrored", backwards, backwards)
        if photo.frames > 1:
            yield self._finding("several-frames", 1.0, float(photo.frames))

    def _light_or_screenshot(self, photo: Photo, lines: Sequence[Line]) -> Iterator[Finding]:
        """What is white and flat is burnt out in a photo; with several lines of writing on it, it is a page.

        Flat and dark without writing is dark: where there is little light few grey levels are left of the noise.
        """
        page = sum(map(is_sure, lines)) >= PAGE
        light, flat = tuple(self._light(photo)), flat_share(photo.pixels, white=page)
        dark = any(isinstance(found.details, QualityDetails) and found.details.kind == "dark" for found in light)
        if flat >= self.chosen.flat and (page or not dark):
            yield self._finding("screenshot", flat, flat)
        else:
            yield from light

    def _light(self, photo: Photo) -> Iterator[Finding]:
        # Every ninth pixel of a view made already tells enough.
        pixels = photo.view(max_side=SHARED_VIEW).pixels[::3, ::3]
        darkest, brightest = _range(pixels)
        bright = float(np.percentile(brightest, 95))
        if bright < self.chosen.dark:
            yield self._finding("dark", 1 - bright / (2 * self.chosen.dark), bright)
        white = float((darkest >= WHITE).mean())
        if white >= self.chosen.burnt_out:
            yield self._finding("burnt-out", white, white)

    def _shape(self, photo: Photo) -> Iterator[Finding]:
        width, height = photo.size
        long = max(width, height)
        if long < self.chosen.small:
            yield self._finding("small", 1.0, float(long))
        elif long < self.chosen.small_for_print:
            yield self._finding("small-for-print", 1.0, float(long))
        concluded: Uprightness | None = photo.made("uprightness")
        if concluded and concluded.turns % 2:
            width, height = height, width
        if width < self.chosen.landscape * height:
            yield self._finding("portrait", 1.0, round(width / height, 3))

    def _finding(self, kind: str, score: float, value: float) -> Finding:
        return Finding(self.id, round(score, 4), None, QualityDetails(kind, round(value, 4)))


def flat_share(pixels: Pixels, white: bool) -> float:
    """The share of pixels that equal those beside and below them, in some rows of an array; 0 to 1.

    The sensor's noise leaves few in a photo; windows, letters and drawings are made of them. Black and, unless white is
    true, white do not count: there a sensor has no noise either.
    """
    rows = np.linspace(0, max(0, len(pixels) - 2), min(ROWS, max(1, len(pixels) - 1))).astype(int)
    here, below = pixels[rows], pixels[np.minimum(rows + 1, len(pixels) - 1)]
    beside, down = here[:, 1:] == here[:, :-1], here[:, 1:] == below[:, 1:]
    same = np.logical_and.reduce([one[:, :, channel] for one in (beside, down) for channel in range(3)])
    darkest, brightest = _range(here[:, 1:])
    counts = brightest > 3
    if not white:
        counts &= darkest < WHITE
    return float((same & counts).mean()) if same.size else 0.0


def _range(pixels: Pixels) -> tuple[Pixels, Pixels]:
    """The darkest and the brightest channel of each pixel; channel by channel, which is ten times quicker."""
    red, green, blue = (pixels[:, :, channel] for channel in range(3))
    return np.minimum(np.minimum(red, green), blue), np.maximum(np.maximum(red, green), blue)


def mirrored_share(lines: Iterable[Line]) -> float:
    """The share of letters that run backwards among those in lines that were read for certain; 0 without any."""
    counts = {False: 0, True: 0}
    for line in lines:
        if is_sure(line):
            counts[line.mirrored] += _letters(line)
    return counts[True] / max(1, sum(counts.values()))


def is_sure(line: Line) -> bool:
    """Was the line read for certain, and is it long enough to read in one way only?"""
    return line.score >= SURE_LINE and _letters(line) >= LETTERS


def _letters(line: Line) -> int:
    return sum(character.isalnum() for character in line.text)
