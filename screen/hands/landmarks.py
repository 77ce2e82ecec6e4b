"""MediaPipe's hand landmarks: 21 points of a hand whose palm was seen, and how surely there is a hand.

Zhang et al.: MediaPipe Hands: On-device Real-time Hand Tracking, 2020 (arXiv:2006.10214). The network sees a square of
224 pixels, turned so that the fingers point upwards. How it is laid around a palm (2.6 times as large, half a palm
nearer to the fingers) and around known points (2.0 and 0.1) is that of MediaPipe's graphs
palm_detection_detection_to_roi and hand_landmark_landmarks_to_roi.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from screen.geometry import Point
from screen.inference import Floats, compiled
from screen.photo import Pixels

#: Edge of what the network sees.
SEEN = 224
#: MediaPipe's names of the 21 points, in order.
LANDMARKS = (
    "wrist",
    *(f"thumb-{joint}" for joint in ("cmc", "mcp", "ip", "tip")),
    *(
        f"{finger}-{joint}"
        for finger in ("index", "middle", "ring", "little")
        for joint in ("mcp", "pip", "dip", "tip")
    ),
)
#: The points between wrist and knuckles, from which MediaPipe lays its next square.
_PALM_POINTS = (0, 1, 2, 3, 5, 6, 9, 10, 13, 14, 17, 18)


@dataclass(frozen=True, slots=True)
class Square:
    """A turned square of a picture.

    Attributes:
        middle: in pixels of the picture.
        edge: in pixels of the picture.
        angle: radians, clockwise as seen, by which the hand leans from upright.
    """

    middle: Point
    edge: float
    angle: float


@dataclass(frozen=True, slots=True, eq=False)
class RawHand:
    """What the network saw.

    Attributes:
        presence: how sure it is that there is a hand, 0 to 1.
        right: how sure it is that this is its owner's right hand, 0 to 1.
        points: (21, 2) float32 in pixels of the picture, in the order of LANDMARKS.
    """

    presence: float
    right: float
    points: Floats


def square_of_palm(palm: Floats) -> Square:
    """Where to look for the hand of a palm: a row of find_palms."""
    wrist, knuckle = palm[5:7], palm[9:11]
    size = float(max(palm[2] - palm[0], palm[3] - palm[1]))
    middle = (float(palm[0] + palm[2]) / 2, float(palm[1] + palm[3]) / 2)
    return _moved(middle, size, _lean(wrist, knuckle), 2.6, 0.5)


def square_of_hand(points: Floats) -> Square:
    """Where to look again for a hand whose (21, 2) points are known roughly."""
    palm = points[list(_PALM_POINTS)]
    knuckles = (points[5] + points[13]) / 2
    knuckles = (knuckles + points[9]) / 2
    angle = _lean(points[0], knuckles)
    turn = np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
    upright = palm @ turn.T
    low, high = upright.min(axis=0), upright.max(axis=0)
    x, y = turn.T @ ((low + high) / 2)
    return _moved((float(x), float(y)), float((high - low).max()), angle, 2.0, 0.1)


def read_hand(pixels: Pixels, square: Square) -> RawHand:
    """The hand in a square of a picture, (height, width, 3) uint8 RGB.

    Raises:
        MissingDependencyError: the weights are not there.
    """
    inside, back = _cut(pixels, square)
    # Not exact: as for palms.
    points, presence, right = compiled("hand-landmark", (1, SEEN, SEEN, 3), exact=False)(inside)[:3]
    found = points.reshape(21, 3)[:, :2] @ back[:, :2].T + back[:, 2]
    return RawHand(float(presence.squeeze()), float(right.squeeze()), found.astype(np.float32))


def _lean(wrist: Floats, knuckle: Floats) -> float:
    """Radians, clockwise as seen, by which the line from wrist to knuckle leans from upright."""
    return math.atan2(float(knuckle[0] - wrist[0]), float(wrist[1] - knuckle[1]))


def _moved(middle: Point, size: float, angle: float, scale: float, up: float) -> Square:
    """A larger square, moved towards the fingers by so many sizes."""
    x, y = middle[0] + math.sin(angle) * size * up, middle[1] - math.cos(angle) * size * up
    return Square((x, y), size * scale, angle)


def _cut(pixels: Pixels, square: Square) -> tuple[Floats, Floats]:
    """Float32 (1, 224, 224, 3), 0 to 1, of a square, and the 2 x 3 matrix from its pixels to those of the picture."""
    import cv2  # noqa: PLC0415

    zoom = square.edge / SEEN
    cos, sin = math.cos(square.angle) * zoom, math.sin(square.angle) * zoom
    half = SEEN / 2
    (x, y) = square.middle
    back = np.array([[cos, -sin, x - half * cos + half * sin], [sin, cos, y - half * sin - half * cos]], np.float32)
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    seen = cv2.warpAffine(pixels, back, (SEEN, SEEN), flags=how, borderMode=cv2.BORDER_CONSTANT)
    return seen.astype(np.float32)[None] / np.float32(255), back
