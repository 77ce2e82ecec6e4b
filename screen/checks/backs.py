"""Backs of heads: what a school can show instead of faces; always for a person to confirm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from screen.faces import DetectedFace, detect_faces
from screen.faces.heads import head_box
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
        least_face: a candidate for a face of at least that score, 0 to 1, makes a head no back.
    """

    threshold: float = 0.5
    least_width: int = 16
    least_face: float = 0.05


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
        faces = [face for face in detect_faces(photo) if face.score >= self.chosen.least_face] if heads else []
        hands = detect_hands(photo) if heads else ()
        for head in heads:
            has_face = any(looks(face, head.box, photo.size) for face in faces)
            if not has_face and not any(is_hand(hand, head.box) for hand in hands):
                yield Finding(self.id, round(head.score, 4), head.box)


def looks(face: DetectedFace, head: Box, size: tuple[int, int]) -> bool:
    """Does this candidate for a face belong to this head, with hair and ears, and is it large enough for it?"""
    own = head_box(face.box, face.landmarks, size, face.turns)
    return own.shared_area(head) >= 0.25 * min(own.area, head.area) and face.box.width >= 0.3 * head.width


def is_hand(hand: DetectedHand, head: Box) -> bool:
    """Is this head a hand held up? Ears are taken for hands at times, but cover little of a head."""
    return hand.box.shared_area(head) >= 0.4 * head.area
