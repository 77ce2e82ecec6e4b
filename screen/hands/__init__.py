"""Hands: what the networks see in bare pixels, and all hands of a photo in one shared answer.

Other checks ask ``detect_hands(photo)``; it is computed once per photo.
"""

from __future__ import annotations

from dataclasses import dataclass

from screen.geometry import Box
from screen.photo import Photo
from screen.records import Landmark


@dataclass(frozen=True, slots=True)
class DetectedHand:
    """A hand, in pixels of the upright photo.

    Attributes:
        box: the whole hand, wrist and finger tips included.
        score: how sure it is that this is a hand, 0 to 1.
        side: left or right hand of its owner; unknown where the network hesitates.
        landmarks: MediaPipe's 21 points.
    """

    box: Box
    score: float
    side: str = "unknown"
    landmarks: tuple[Landmark, ...] = ()


def detect_hands(photo: Photo) -> tuple[DetectedHand, ...]:
    """All hands of a photo, best first; computed once per photo.

    Raises:
        MissingDependencyError: the weights are not there.
    """
    from screen.hands.search import find_hands  # noqa: PLC0415

    return photo.once("hands", find_hands)
