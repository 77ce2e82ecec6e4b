"""MediaPipe's pose landmarks: points of one body in a square of 256 pixels.

Bazarevsky et al.: BlazePose: On-device Real-time Body Pose Tracking, 2020 (arXiv:2006.10204). The network gives 39
points with depth; z grows away from the camera and is about as long as x (MediaPipe BlazePose GHUM model card, 2021).
Left and right are those of the person, and it tells them for people seen from behind too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from screen.inference import Floats, compiled
from screen.photo import Pixels

#: Edge of what the network sees.
SEEN = 256
#: Numbers of points, as MediaPipe counts them.
NOSE, LEFT_EAR, RIGHT_EAR = 0, 7, 8
#: The points in mirrored order: eyes, ears, mouth, then pairs from the shoulders down; the rest as it is.
_SWAPPED = [0, 4, 5, 6, 1, 2, 3, 8, 7, 10, 9, *(n + 1 if n % 2 else n - 1 for n in range(11, 33)), *range(33, 39)]


@dataclass(frozen=True, slots=True, eq=False)
class RawBody:
    """What the network saw.

    Attributes:
        presence: how sure it is that there is a body, 0 to 1.
        points: (39, 3) float32: x and y in pixels of the square, z in the same unit.
        seen: (39,) float32: how surely each point can be seen, 0 to 1.
    """

    presence: float
    points: Floats
    seen: Floats


def read_body(pixels: Pixels) -> RawBody:
    """The body in (256, 256, 3) uint8 RGB.

    Raises:
        MissingDependencyError: the weights are not there.
    """
    plane = np.ascontiguousarray(pixels, np.float32)[None] / np.float32(255)
    raw, presence = compiled("pose-landmark", (1, SEEN, SEEN, 3))(plane)[:2]
    rows = np.asarray(raw.reshape(39, 5), np.float32)
    seen = np.asarray(1 / (1 + np.exp(-np.clip(rows[:, 3], -80, 80))), np.float32)
    return RawBody(float(presence.squeeze()), rows[:, :3], seen)


def mirrored(body: RawBody, edge: int = SEEN) -> RawBody:
    """A body that was seen in a mirrored square, in the square itself: its left is its right again."""
    points = body.points[_SWAPPED].copy()
    points[:, 0] = edge - points[:, 0]
    return RawBody(body.presence, points, body.seen[_SWAPPED])
