"""Hands: what a school can show instead of faces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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

    threshold: float = 0.75
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
        doubtful = [hand for hand in hands if hand.score < self.chosen.on_face_threshold]
        faces = [face.box for face in detect_faces(photo) if face.is_face] if doubtful else []
        heads = self._heads(photo) if doubtful else []
        for hand in hands:
            if hand not in doubtful or not (self._is_face(hand.box, faces) or self._is_ear(hand.box, heads)):
                yield Finding(self.id, round(hand.score, 4), hand.box, HandDetails(hand.side, hand.landmarks))

    def _heads(self, photo: Photo) -> list[Box]:
        """Heads in the outlines of people."""
        return [head.box for head in find_heads(photo, person_mask(photo)) if head.score >= self.chosen.least_head]

    def _is_face(self, hand: Box, faces: Sequence[Box]) -> bool:
        """Was a face taken for a hand? Eyes and nose look like knuckles."""
        return any(hand.shared_area(face) >= self.chosen.on_face * min(hand.area, face.area) for face in faces)

    def _is_ear(self, hand: Box, heads: Sequence[Box]) -> bool:
        """Was a part of a head taken for a hand? A hand held up has an outline like a head, but fills it."""
        return any(
            hand.shared_area(head) >= self.chosen.on_face * hand.area and hand.area <= 0.4 * head.area for head in heads
        )
