"""Hands: what a school can show instead of faces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from screen.faces import detect_faces
from screen.geometry import Box
from screen.hands import detect_hands
from screen.people import person_mask
from screen.people.heads import find_heads
from screen.photo import Photo
from screen.records import Finding, HandDetails


@dataclass(frozen=True, slots=True)
class HandSettings:
    """How sure to be.

    Attributes:
        threshold: least score of a hand, 0 to 1.
        on_face: share of a hand (or of the face) in common from which they are the same; likewise for heads.
        on_face_threshold: least score of a hand that may lie there all the same, before a face for example.
        least_head: least fit of an outline that counts as a head.
    """

    threshold: float = 0.7
    on_face: float = 0.6
    on_face_threshold: float = 0.95
    least_head: float = 0.5


class HandCheck:
    """Find hands of every size; false ones on faces are dropped."""

    id: ClassVar[str] = "hand"
    title: ClassVar[str] = "Hands"
    settings: ClassVar[type[HandSettings]] = HandSettings

    def __init__(self, chosen: HandSettings) -> None:
        self.chosen = chosen

    def inspect(self, photo: Photo) -> Iterator[Finding]:
        """A finding per hand, its box in pixels of the photo.

        Raises:
            MissingDependencyError: weights are not there.
        """
        hands = [hand for hand in detect_hands(photo) if hand.score >= self.chosen.threshold]
        doubtful = any(hand.score < self.chosen.on_face_threshold for hand in hands)
        heads = self._heads(photo) if doubtful else []
        for hand in hands:
            if hand.score >= self.chosen.on_face_threshold or not any(self._same(hand.box, head) for head in heads):
                yield Finding(self.id, round(hand.score, 4), hand.box, HandDetails(hand.side, hand.landmarks))

    def _heads(self, photo: Photo) -> list[Box]:
        """Faces, which look like palms, and heads in the outlines of people, whose ears look like hands."""
        heads = [head.box for head in find_heads(photo, person_mask(photo)) if head.score >= self.chosen.least_head]
        return [*heads, *(face.box for face in detect_faces(photo) if face.is_face)]

    def _same(self, hand: Box, head: Box) -> bool:
        """Was a face, or a part of a head, taken for a hand?"""
        return hand.shared_area(head) >= self.chosen.on_face * min(hand.area, head.area)
