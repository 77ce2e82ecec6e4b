"""Hands: what a school can show instead of faces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from screen.faces import DetectedFace, detect_faces
from screen.hands import DetectedHand, detect_hands
from screen.photo import Photo
from screen.records import Finding, HandDetails


@dataclass(frozen=True, slots=True)
class HandSettings:
    """How sure to be.

    Attributes:
        threshold: least score of a hand, 0 to 1.
        on_face: a hand that lies on a face with this share of its box (or the face of its own) must be surer.
        on_face_threshold: that sure.
    """

    threshold: float = 0.7
    on_face: float = 0.6
    on_face_threshold: float = 0.95


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
        faces = [face for face in detect_faces(photo) if face.is_face] if hands else []
        for hand in hands:
            if not any(self._is_the_face(hand, face) for face in faces):
                yield Finding(self.id, hand.score, hand.box, HandDetails(hand.side, hand.landmarks))

    def _is_the_face(self, hand: DetectedHand, face: DetectedFace) -> bool:
        """Was the face itself taken for a hand? Eyes and nose look like knuckles to the palm detector."""
        shared = hand.box.shared_area(face.box) / min(hand.box.area, face.box.area)
        return shared >= self.chosen.on_face and hand.score < self.chosen.on_face_threshold
