"""Sideways or upside-down pixels. It asks for a turn; the plan carries it, and the safe copy is turned last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from screen.photo import Photo
from screen.quality.uprightness import DEFAULT_THRESHOLD, uprightness_of
from screen.records import Finding, OrientationDetails


@dataclass(frozen=True, slots=True)
class OrientationSettings:
    """Settings of the orientation check.

    Attributes:
        threshold: how sure it must be before it asks for a turn.
    """

    threshold: float = DEFAULT_THRESHOLD


class OrientationCheck:
    """One finding a photo: the turns that set it right. No turns and a low score mean: don't know."""

    id: ClassVar[str] = "orientation"
    title: ClassVar[str] = "Orientation"
    settings: ClassVar[type[OrientationSettings]] = OrientationSettings

    def __init__(self, chosen: OrientationSettings) -> None:
        self.chosen = chosen

    def inspect(self, photo: Photo) -> Iterator[Finding]:
        """The finding for the photo as a whole.

        Raises:
            MissingDependencyError: weights are not there.
        """
        found = uprightness_of(photo, self.chosen.threshold)
        yield Finding(self.id, round(found.score, 4), None, OrientationDetails(found.turns, found.told_by))
