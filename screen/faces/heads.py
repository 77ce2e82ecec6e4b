"""The head around a face: with hair and ears, also when it is tilted, lies on its side or is seen from the side."""

from __future__ import annotations

import math
from collections.abc import Sequence

from screen.geometry import Box, Point, box_of
from screen.records import Landmark

# A face box runs from the chin to the hairline. Head height to face height is 1.25 to 1.35 and head breadth to face
# breadth 1.1 to 1.2 without hair (Farkas, Anthropometry of the Head and Face, 1994); hair and doubt come on top.
SIDES, ABOVE, BELOW = 0.35, 0.5, 0.2
#: More at the side of the back of the head, when the face is seen from the side: a head is as deep as it is high.
BEHIND = 0.3


def head_box(face: Box, landmarks: Sequence[Landmark], size: tuple[int, int], turns: int = 0) -> Box:
    """The region to cover for a face, within a photo of size (width, height); it always holds the face's own box.

    Args:
        face: the face, chin to forehead.
        landmarks: five points, or none; they tell where the top of the head is.
        size: width and height of the photo.
        turns: clockwise quarter turns that set the face upright, for faces without landmarks.
    """
    up = up_of(landmarks, turns)
    right = (-up[1], up[0])
    wide = math.hypot(face.width * right[0], face.height * right[1])
    high = math.hypot(face.width * up[0], face.height * up[1])
    towards = facing(landmarks)
    middle = face.centre
    corners: list[Point] = []
    for side in (-1, 1):
        behind = BEHIND * max(0.0, -side * towards)
        across = side * (0.5 + SIDES + behind) * wide
        for along in ((0.5 + ABOVE) * high, -(0.5 + BELOW) * high):
            x, y = right[0] * across + up[0] * along, right[1] * across + up[1] * along
            corners.append((middle[0] + x, middle[1] + y))
    head = box_of(corners, size)
    return face.union(head) if head else face


def up_of(landmarks: Sequence[Landmark], turns: int = 0) -> Point:
    """The direction from mouth to eyes as a unit vector in the photo (up is 0, -1); without landmarks, from turns."""
    points = {mark.name: mark.point for mark in landmarks}
    if len(points) >= 5:
        eyes, mouth = (
            _between(points["left-eye"], points["right-eye"]),
            _between(points["left-mouth"], points["right-mouth"]),
        )
        x, y = eyes[0] - mouth[0], eyes[1] - mouth[1]
        if (length := math.hypot(x, y)) > 0:
            return x / length, y / length
    return ((0.0, -1.0), (-1.0, 0.0), (0.0, 1.0), (1.0, 0.0))[turns % 4]


def facing(landmarks: Sequence[Landmark]) -> float:
    """Where a face looks: 0 to the camera, -1 wholly to the left of the picture, 1 wholly to the right.

    The nose of a frontal face is in the middle between the eyes; of a profile it is beyond the nearer one.
    """
    points = {mark.name: mark.point for mark in landmarks}
    if len(points) < 5:
        return 0.0
    up = up_of(landmarks)
    right = (-up[1], up[0])
    left_eye, right_eye, nose = (_along(points[name], right) for name in ("left-eye", "right-eye", "nose"))
    height = abs(
        _along(_between(points["left-eye"], points["right-eye"]), up)
        - _along(_between(points["left-mouth"], points["right-mouth"]), up)
    )
    # Eyes of a frontal face are about as far apart as they are above the mouth (Farkas 1994): less means turned.
    shift = nose - (left_eye + right_eye) / 2
    half = max((right_eye - left_eye) / 2, 0.15 * height, 1e-6)
    return max(-1.0, min(1.0, shift / half))


def _between(a: Point, b: Point) -> Point:
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2


def _along(point: Point, axis: Point) -> float:
    return point[0] * axis[0] + point[1] * axis[1]
