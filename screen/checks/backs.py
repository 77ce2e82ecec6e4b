"""Backs of heads: what a school can show instead of faces; always for a person to confirm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from screen.faces import detect_faces
from screen.faces.presence import closely_seen, face_presence
from screen.faces.witness import belongs
from screen.geometry import Box
from screen.hands import DetectedHand, detect_hands
from screen.people import person_mask
from screen.people.facing import facing
from screen.people.heads import Head, find_heads
from screen.photo import Photo
from screen.records import Finding

#: What is left of the score where no look tells which way the body faces, and where only one does.
NOT_TOLD, TOLD_ONCE = 0.75, 0.9


@dataclass(frozen=True, slots=True)
class BackSettings:
    """How sure to be.

    Attributes:
        threshold: least fit of a head's outline, 0 to 1.
        least_width: heads narrower than this, in pixels, say nothing about which way they look.
        least_face: a candidate for a face of at least that score, 0 to 1, makes a head no back unless the body is
            surely seen from behind.
        most_presence: a head in which the face mesh is that sure of a face, 0 to 1, is no back.
        most_doubt: the same, for a head with such a candidate on it.
        most_close: a head on which the face model sees a face of that score, 0 to 1, from close by, is no back.
    """

    threshold: float = 0.5
    least_width: int = 16
    least_face: float = 0.05
    most_presence: float = 0.5
    most_doubt: float = 0.2
    most_close: float = 0.35


class BackCheck:
    """Find heads in the outlines of people that are seen from behind, and on which no face is seen, however weakly."""

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
            on_it = [face for face in faces if belongs(face, head.box, photo.size)]
            if any(face.is_face for face in on_it) or any(is_hand(hand, head.box) for hand in hands):
                continue
            if score := self._score(photo, head, doubtful=bool(on_it)):
                yield Finding(self.id, round(score, 4), head.box)

    def _score(self, photo: Photo, head: Head, doubtful: bool) -> float:
        """How surely a head is seen from behind, 0 to 1; 0 if it may not be.

        With a candidate for a face on it, hair most often, every look at the body must say that it is turned away, and
        the face mesh must see nothing; without one, nothing may speak against it.
        """
        way = facing(photo, head.box)
        most = self.chosen.most_doubt if doubtful else self.chosen.most_presence
        if way.towards or (doubtful and not way.away) or face_presence(photo, head.box) >= most:
            return 0.0
        if closely_seen(photo, head.box) >= self.chosen.most_close:
            return 0.0
        return head.score * (1.0 if way.away else TOLD_ONCE if way.perhaps_away else NOT_TOLD)


def is_hand(hand: DetectedHand, head: Box) -> bool:
    """Is this head a hand held up? Ears are taken for hands at times, but cover little of a head."""
    return hand.box.shared_area(head) >= 0.4 * head.area
