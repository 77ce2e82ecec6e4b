"""Backs of heads: what a school can show instead of faces; always for a person to confirm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from screen.faces import DetectedFace, detect_faces
from screen.geometry import Box
from screen.hands import DetectedHand, detect_hands
from screen.people import person_mask
from screen.people.heads import find_heads
from screen.photo import Photo
from screen.records import Finding


@dataclass(frozen=True, slots=True)
class BackSettings:
    """How sure to be.

    Attributes:
        threshold: least fit of a head's outline, 0 to 1.
        least_width: heads narrower than this, in pixels, say nothing about which way they look.
    """

    threshold: float = 0.5
    least_width: int = 16


class BackCheck:
    """Find heads in the outlines of people on which no face is seen, however weakly."""

    id: ClassVar[str] = "back"
    title: ClassVar[str] = "Backs of heads"
    settings: ClassVar[type[BackSettings]] = BackSettings

    def __init__(self, chosen: BackSettings) -> None:
        self.chosen = chosen

    def inspect(self, photo: Photo) -> Iterator[Finding]:
        """A finding per back of a head, its box in pixels of the photo.

        Raises:
            MissingDependencyError: weights are not there.
        """
        heads = [
            head
            for head in find_heads(photo, person_mask(photo))
            if head.score >= self.chosen.threshold and head.box.width >= self.chosen.least_width
        ]
        seen: list[DetectedFace | DetectedHand] = [*detect_faces(photo), *detect_hands(photo)] if heads else []
        for head in heads:
            if not any(belongs(other, head.box) for other in seen):
                yield Finding(self.id, head.score, head.box)


def belongs(other: DetectedFace | DetectedHand, head: Box) -> bool:
    """Is a candidate for a face, even a weak one, on this head, or is it a hand held up?"""
    return other.box.shared_area(head) >= 0.25 * min(other.box.area, head.area)
