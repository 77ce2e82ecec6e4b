"""Too blurred to publish: shaken or out of focus where it matters. Blurred faces stay faces for the face check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from screen.photo import Photo
from screen.quality.sharpness import sharpness_of
from screen.records import BlurDetails, Finding


@dataclass(frozen=True, slots=True)
class BlurSettings:
    """Settings of the blur check.

    Attributes:
        threshold: from this score on the photo counts as too blurred.
    """

    threshold: float = 0.5


class BlurCheck:
    """One finding a photo: how sure it is that the photo is too blurred, how sharp it is, and why it is not."""

    id: ClassVar[str] = "blur"
    title: ClassVar[str] = "Blur"
    settings: ClassVar[type[BlurSettings]] = BlurSettings

    def __init__(self, chosen: BlurSettings) -> None:
        self.chosen = chosen

    def inspect(self, photo: Photo) -> Iterator[Finding]:
        """The finding for the photo as a whole."""
        found = sharpness_of(photo)
        cause = found.cause if found.blurred >= self.chosen.threshold else ""
        yield Finding(self.id, round(found.blurred, 4), None, BlurDetails(round(found.sharpness, 4), cause))
