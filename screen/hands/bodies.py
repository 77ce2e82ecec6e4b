"""Hands that are too small, or gloved, for the palm detector: where the pose of a known body has them.

The palm detector knows bare palms of some size. The pose network sees the whole body, and says where its hands are even
if they are a few pixels in a mitten. Only bodies below small faces are asked, and only what two looks agree on counts.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np

from screen.faces import detect_faces
from screen.faces.heads import head_box
from screen.geometry import Box, Point
from screen.hands import DetectedHand
from screen.inference import Floats
from screen.people.facing import bodies_below
from screen.photo import Photo

#: The points of a hand: wrist, little finger, index, thumb; of the left and of the right one.
HANDS = {"left": (15, 17, 19, 21), "right": (16, 18, 20, 22)}
#: Faces higher than this share of the long side have hands that are seen on tiles; and bodies that are looked at.
SMALL_FACE, MOST_BODIES = 0.07, 4
#: Every look must be that sure that all points of the hand can be seen.
LEAST_SEEN = 0.7
#: Two looks agree if the middles they give are nearer than this, in heights of the head; and the edge of a hand's box.
#: A hand is three quarters of a face long, seen from the side half as wide (Loomis, Figure Drawing, 1943).
AGREE, EDGE = 0.3, 0.45
#: Scores of such a hand: never that of a hand that was read.
LEAST_SCORE, MOST_SCORE = 0.76, 0.85


def small_heads(photo: Photo) -> list[Box]:
    """Heads of people further away, largest first: upright ones with a small face, whose hands are small too."""
    most = SMALL_FACE * max(photo.size)
    faces = [face for face in detect_faces(photo) if face.is_face and face.turns == 0 and face.box.height <= most]
    faces.sort(key=lambda face: -face.box.height)
    return [head_box(face.box, face.landmarks, photo.size) for face in faces[:MOST_BODIES]]


def hands_of_bodies(photo: Photo, heads: Sequence[Box]) -> Iterator[DetectedHand]:
    """Hands of people whose heads are given, where all looks at their bodies put them.

    Raises:
        MissingDependencyError: the weights are not there.
    """
    for head in heads:
        looks = bodies_below(photo, head)
        for side, points in HANDS.items() if len(looks) > 1 else ():
            seen = min(float(look.seen[list(points)].min()) for look in looks)
            middles = [_middle(look.points, points) for look in looks]
            box = _between(middles, EDGE * head.height, photo.size)
            agree = math.dist(middles[0], middles[1]) <= AGREE * head.height
            if seen >= LEAST_SEEN and agree and box and not _is_on(box, heads):
                score = LEAST_SCORE + (MOST_SCORE - LEAST_SCORE) * (seen - LEAST_SEEN) / (1 - LEAST_SEEN)
                yield DetectedHand(box, round(score, 4), side)


def _between(middles: Sequence[Point], edge: float, size: tuple[int, int]) -> Box | None:
    x, y = (sum(values) / len(middles) for values in zip(*middles, strict=True))
    return Box.around(x - edge / 2, y - edge / 2, x + edge / 2, y + edge / 2, size)


def _is_on(hand: Box, heads: Sequence[Box]) -> bool:
    """Does it lie on a head? There looks go astray, where one body hides another."""
    return any(hand.shared_area(head) >= 0.5 * hand.area for head in heads)


def _middle(points: Floats, which: Sequence[int]) -> Point:
    x, y = np.mean(points[list(which), :2], axis=0)
    return float(x), float(y)
