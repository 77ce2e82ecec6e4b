"""Which way a head looks, told by the body below it: what says that a head is seen from behind.

A face detector that sees nothing is weak evidence: faces that look down or are half hidden are missed too. The pose
network sees the shoulders as well, and puts the nose behind the ears where somebody looks away.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from screen.geometry import Box, Point
from screen.people.pose import LEFT_EAR, NOSE, RIGHT_EAR, SEEN, RawBody, mirrored, read_body
from screen.photo import Photo, Pixels

#: The looks at a body: edge of the square in heights of the head, and mirrored or not. Sitting children are four to
#: five heads high, standing adults seven and a half (Loomis, Figure Drawing, 1943).
LOOKS = ((5.5, False), (7.0, True))
#: How far the square begins above the head, in its heights.
ABOVE = 0.35
#: Looks that are less sure that there is a body say nothing.
LEAST_PRESENCE = 0.5
#: Degrees from which every look must see the head turned away: more than a profile (90), so that the cheek hides the
#: eye. On the development sets (docs/measurements.md) no face that is seen from the front has more than 120 on average.
AWAY = 140.0
#: Degrees up to which, on average, somebody looks towards the camera.
TOWARDS = 75.0


@dataclass(frozen=True, slots=True)
class Facing:
    """Which way a head looks.

    Attributes:
        angles: of each look that saw a body, in degrees: 0 to the camera, 90 a profile, 180 away.
    """

    angles: tuple[float, ...]

    @property
    def away(self) -> bool:
        """Do all looks see it from behind? Never on the word of one alone."""
        return len(self.angles) == len(LOOKS) and self.perhaps_away

    @property
    def perhaps_away(self) -> bool:
        """Do those looks that saw a body see it from behind, at least one?"""
        return bool(self.angles) and min(self.angles) >= AWAY

    @property
    def towards(self) -> bool:
        """Does it look to the camera, as far as the looks can tell?"""
        return bool(self.angles) and statistics.fmean(self.angles) <= TOWARDS


def facing(photo: Photo, head: Box) -> Facing:
    """Which way an upright head looks; computed once per photo and head.

    Args:
        photo: the photo.
        head: the whole head, hair included, in pixels of the photo.

    Raises:
        MissingDependencyError: the weights are not there.
    """
    return photo.once(("facing", head), lambda shared: _facing(shared, head))


def _facing(photo: Photo, head: Box) -> Facing:
    return Facing(tuple(round(angle_of(body), 1) for body in bodies_below(photo, head)))


def bodies_below(photo: Photo, head: Box) -> tuple[RawBody, ...]:
    """What each look sees of the body below an upright head, in pixels of the photo; looks that see none are left out.

    Computed once per photo and head.

    Raises:
        MissingDependencyError: the weights are not there.
    """
    return photo.once(("bodies", head), lambda shared: tuple(_bodies(shared, head)))


def _bodies(photo: Photo, head: Box) -> Iterator[RawBody]:
    for heights, flipped in LOOKS:
        pixels, corner, scale = square_below(photo, head, heights)
        body = mirrored(read_body(pixels[:, ::-1])) if flipped else read_body(pixels)
        if body.presence >= LEAST_PRESENCE:
            points = body.points / scale + np.array([*corner, 0], np.float32)
            yield RawBody(body.presence, points, body.seen)


def angle_of(body: RawBody) -> float:
    """Degrees by which a head is turned from the camera, 0 to 180: the nose against the middle of the ears."""
    nose, ears = body.points[NOSE], (body.points[LEFT_EAR] + body.points[RIGHT_EAR]) / 2
    return abs(math.degrees(math.atan2(float(nose[0] - ears[0]), float(ears[2] - nose[2]))))


def square_below(photo: Photo, head: Box, heights: float) -> tuple[Pixels, Point, float]:
    """A square that begins above a head, with its body, black where the photo ends.

    Returns:
        (256, 256, 3) uint8 RGB; the left upper corner in pixels of the photo; and its pixels per pixel of the photo.
    """
    size = max(head.height, 1.2 * head.width)
    edge = heights * size
    left, top = head.centre[0] - edge / 2, head.top - ABOVE * size
    part = Box.around(left, top, left + edge, top + edge, photo.size) or head
    scale = SEEN / edge
    side = max(1, min(SEEN, round(max(part.width, part.height) * scale)))
    seen = photo.view(part, max_side=side, enlarge=True, keep=False).pixels
    square = np.zeros((SEEN, SEEN, 3), np.uint8)
    x, y = (max(0, round((begin - start) * scale)) for begin, start in ((part.left, left), (part.top, top)))
    rows, columns = min(seen.shape[0], SEEN - y), min(seen.shape[1], SEEN - x)
    square[y : y + rows, x : x + columns] = seen[:rows, :columns]
    return square, (left, top), scale
