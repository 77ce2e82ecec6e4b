"""Not fit to post: too dark, burnt out, too small, portrait where landscape is advised, several pictures in a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from screen.photo import Photo
from screen.quality.contours import SHARED_VIEW
from screen.quality.uprightness import uprightness_of
from screen.records import Finding, QualityDetails


@dataclass(frozen=True, slots=True)
class QualitySettings:
    """Settings of the quality check.

    Attributes:
        dark: brightness, 0 to 255, which all but the brightest twentieth of the pixels stay below in a dark photo.
        burnt_out: share of pixels that are pure white in a burnt-out photo.
        small: long side in pixels below which a photo is too small to post.
        landscape: width against height that platforms advise at least.
    """

    dark: int = 60
    burnt_out: float = 0.5
    small: int = 600
    landscape: float = 1.0


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
        yield from self._light(photo)
        yield from self._shape(photo)
        if photo.frames > 1:
            yield self._finding("several-frames", 1.0, float(photo.frames))

    def _light(self, photo: Photo) -> Iterator[Finding]:
        pixels = photo.view(max_side=SHARED_VIEW).pixels[
            ::3, ::3
        ]  # every ninth pixel of a view made already tells enough
        bright = float(np.percentile(pixels.max(axis=2), 95))
        if bright < self.chosen.dark:
            yield self._finding("dark", 1 - bright / (2 * self.chosen.dark), bright)
        white = float((pixels.min(axis=2) >= 252).mean())
        if white >= self.chosen.burnt_out:
            yield self._finding("burnt-out", white, white)

    def _shape(self, photo: Photo) -> Iterator[Finding]:
        width, height = photo.size
        if max(width, height) < self.chosen.small:
            yield self._finding("small", 1.0, float(max(width, height)))
        if uprightness_of(photo).turns % 2:
            width, height = height, width
        if width < self.chosen.landscape * height:
            yield self._finding("portrait", 1.0, round(width / height, 3))

    def _finding(self, kind: str, score: float, value: float) -> Finding:
        return Finding(self.id, round(score, 4), None, QualityDetails(kind, round(value, 4)))
