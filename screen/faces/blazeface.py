"""BlazeFace, full range: a detector of another kind, for a second opinion where CenterFace sees nobody.

Bazarevsky, Kartynnik, Vakunov, Raveendran, Grundmann: BlazeFace: Sub-millisecond Neural Face Detection on Mobile GPUs,
2019 (arXiv:1907.05047). The full-range network sees 192 x 192 pixels and answers for each of 48 x 48 places, with its
box and six points as offsets in pixels from the place.
"""

from __future__ import annotations

import numpy as np

from screen.faces import RawFace
from screen.faces.centerface import not_twice
from screen.geometry import Point
from screen.inference import Floats, compiled
from screen.photo import Pixels

#: Edge of what the network sees, and places along it.
SEEN, PLACES = 192, 48
#: Two answers that share more than this are the same face; MediaPipe's own value.
SAME_FACE = 0.3
#: Scores are cut here before the exponential, as MediaPipe does.
CUT = 50.0


class BlazeFace:
    """BlazeFace full range (sparse) as MediaPipe ships it, on OpenVINO. It looks at pictures whole: tile large ones."""

    name = "blazeface"

    def detect(self, pixels: Pixels, threshold: float) -> list[RawFace]:
        """Faces of at least that score in (height, width, 3) uint8 RGB, none twice, best first.

        Raises:
            MissingDependencyError: the weights are not there.
        """
        plane, scale = as_input(pixels)
        boxes, scores = compiled("blazeface-full-range")(plane)
        rows = decoded(boxes[0], scores[0, :, 0], threshold)
        return [_raw(row, scale) for row in rows[not_twice(rows, SAME_FACE)]]


def as_input(pixels: Pixels) -> tuple[Floats, float]:
    """Float32 (1, 192, 192, 3) from -1 to 1, black below or at the right; and photo pixels per pixel of it."""
    import cv2  # noqa: PLC0415

    height, width = pixels.shape[:2]
    scale = max(height, width) / SEEN
    size = max(1, round(width / scale)), max(1, round(height / scale))
    how = cv2.INTER_AREA if scale > 1 else cv2.INTER_LINEAR
    plane = np.full((1, SEEN, SEEN, 3), -1, np.float32)
    plane[0, : size[1], : size[0]] = cv2.resize(pixels, size, interpolation=how) / np.float32(127.5) - 1
    return plane, scale


def decoded(boxes: Floats, scores: Floats, threshold: float) -> Floats:
    """Rows of left, top, right, bottom, score and six times x, y in pixels of what the network saw; best first.

    Args:
        boxes: (places, 16) shift of the middle, width, height, then six points, in pixels from the place.
        scores: (places,) logarithms of odds.
        threshold: least score.
    """
    odds = 1 / (1 + np.exp(-np.clip(scores, -CUT, CUT)))
    best = np.argsort(-odds, kind="stable")
    best = best[odds[best] >= threshold]
    column, row = best % PLACES, best // PLACES
    places = (np.column_stack([column, row]) + 0.5) * (SEEN / PLACES)
    middle, half = places + boxes[best, :2], boxes[best, 2:4] / 2
    points = boxes[best, 4:] + np.tile(places, 6)
    return np.column_stack([middle - half, middle + half, odds[best], points]).astype(np.float32)


def _raw(row: Floats, scale: float) -> RawFace:
    left, top, right, bottom = (float(edge) * scale for edge in row[:4])
    points: tuple[Point, ...] = tuple((float(x) * scale, float(y) * scale) for x, y in row[5:11].reshape(3, 2))
    return RawFace(left, top, right, bottom, float(row[4]), points)
