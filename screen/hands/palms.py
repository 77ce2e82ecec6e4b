"""MediaPipe's palm detector: palms with seven points in a square of 192 pixels.

Zhang et al.: MediaPipe Hands: On-device Real-time Hand Tracking, 2020 (arXiv:2006.10214). The anchors are those of
MediaPipe's palm_detection graph: cells of 8 pixels with 2 anchors each, then cells of 16 pixels with 6 each, all of the
size of the picture, so that the answer is shifts and sizes in pixels.
"""

from __future__ import annotations

import functools

import numpy as np

from screen.inference import Floats, compiled
from screen.photo import Pixels

#: Edge of what the network sees.
SEEN = 192
#: (edge of a cell in pixels, anchors in each).
GRIDS = ((8, 2), (16, 6))
#: Two palms that share more than this (intersection over union) are one; MediaPipe's own value.
SAME_PALM = 0.3


def find_palms(pixels: Pixels, threshold: float) -> Floats:
    """Palms as rows of left, top, right, bottom, score and seven times x, y, best first, in pixels of the array.

    The first point is the wrist, the third one the knuckle of the middle finger.

    Args:
        pixels: (height, width, 3) uint8 RGB; it is fitted into a square, black at the right and below.
        threshold: least score, 0 to 1.

    Raises:
        MissingDependencyError: the weights are not there.
    """
    plane, scale = _squared(pixels)
    # Not exact: a third quicker where 16-bit floats are to be had, and nothing is hidden or shown by this alone.
    raw, logits = compiled("palm-detection", (1, SEEN, SEEN, 3), exact=False)(plane)
    scores = (1 / (1 + np.exp(-np.clip(logits[0, :, 0], -80, 80)))).astype(np.float32)
    likely = np.nonzero(scores >= threshold)[0]
    rows = _decoded(raw[0, likely], anchors()[likely], scores[likely])
    rows = merged(rows[np.argsort(-rows[:, 4], kind="stable")])
    rows[:, :4] /= scale
    rows[:, 5:] /= scale
    return rows


@functools.cache
def anchors() -> Floats:
    """(2016, 2) middles of all anchors, x and y in pixels of the square."""
    grids = []
    for edge, count in GRIDS:
        middles = (np.arange(SEEN // edge, dtype=np.float32) + 0.5) * edge
        cells = np.stack(np.meshgrid(middles, middles), axis=-1).reshape(-1, 2)
        grids.append(np.repeat(cells, count, axis=0))
    return np.concatenate(grids)


def merged(rows: Floats) -> Floats:
    """Each palm once: answers that overlap the best one are averaged, weighted by score, as BlazeFace does it."""
    kept = []
    while len(rows):
        same = overlaps(rows[0], rows) > SAME_PALM
        same[0] = True
        weights = rows[same, 4]
        palm = (rows[same] * weights[:, None]).sum(axis=0) / weights.sum()
        palm[4] = rows[0, 4]
        kept.append(palm)
        rows = rows[~same]
    return np.stack(kept).astype(np.float32) if kept else np.zeros((0, 19), np.float32)


def overlaps(row: Floats, rows: Floats) -> Floats:
    """Intersection over union of one row's edges with those of all rows."""
    wide = np.minimum(row[2], rows[:, 2]) - np.maximum(row[0], rows[:, 0])
    high = np.minimum(row[3], rows[:, 3]) - np.maximum(row[1], rows[:, 1])
    shared = np.clip(wide, 0, None) * np.clip(high, 0, None)
    areas = (rows[:, 2] - rows[:, 0]) * (rows[:, 3] - rows[:, 1])
    area = (row[2] - row[0]) * (row[3] - row[1])
    return np.asarray(shared / np.maximum(area + areas - shared, 1e-6), np.float32)


def _decoded(raw: Floats, middles: Floats, scores: Floats) -> Floats:
    """Rows in pixels of the square from the network's answers at the anchors with those middles."""
    half = raw[:, 2:4] / 2
    middle = raw[:, :2] + middles
    points = raw[:, 4:].reshape(-1, 7, 2) + middles[:, None]
    return np.column_stack([middle - half, middle + half, scores, points.reshape(-1, 14)]).astype(np.float32)


def _squared(pixels: Pixels) -> tuple[Floats, float]:
    """The picture at the top left of a black square as float32 (1, 192, 192, 3), 0 to 1, and its scale."""
    import cv2  # noqa: PLC0415

    height, width = pixels.shape[:2]
    scale = SEEN / max(height, width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    plane = np.zeros((1, SEEN, SEEN, 3), np.float32)
    plane[0, : size[1], : size[0]] = cv2.resize(pixels, size, interpolation=how)
    return plane / np.float32(255), scale
