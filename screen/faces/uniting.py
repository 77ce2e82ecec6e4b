"""Each face once: which boxes of several passes are the same face."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from screen.faces import DetectedFace
from screen.faces.looking import Pass
from screen.geometry import Box

#: A turned look must be better than the upright one by this much: most photos are upright.
FOR_UPRIGHT = 0.1
#: Two boxes that share more than this (intersection over union) are one face.
SAME_FACE = 0.4
#: A verified box of which this share lies in another one, with a better score, is part of that face.
INSIDE = 0.8
#: Boxes that share this much of the smaller one are one face unless a pass saw two at once: coarse passes put boxes
#: beside the face by half of its width at times.
PERHAPS = 0.45
#: A pass saw a box if a face of its own, with this raw score at least, shares this much with it.
LEAST, SEEN = 0.4, 0.5


def united_candidates(found: Sequence[DetectedFace]) -> tuple[DetectedFace, ...]:
    """Candidates that are not yet verified, each once, best first, with all that saw it.

    Boxes inside others stay: a pattern around a small face must not swallow it.
    """
    return _each_once(found, lambda one, other: one.box.iou(other.box) > SAME_FACE)


def united(found: Sequence[DetectedFace], passes: Sequence[Pass] = ()) -> tuple[DetectedFace, ...]:
    """Verified faces, each once, best first: of those that are the same the one with the best score.

    Args:
        found: faces, some of them several times.
        passes: what was seen at once.
    """
    return _each_once(found, lambda one, other: _same(one.box, other.box, passes))


def apart(one: Box, other: Box, passes: Iterable[Pass]) -> bool:
    """Did one pass see both boxes, each as a face of its own?"""
    return any(_sees_both(a_pass, one, other) for a_pass in passes)


def _each_once(
    found: Sequence[DetectedFace], same: Callable[[DetectedFace, DetectedFace], bool]
) -> tuple[DetectedFace, ...]:
    best_first = sorted(found, key=lambda face: -_preference(face))
    touching = [np.flatnonzero(row) for row in _touching([face.box for face in best_first])]
    kept: set[int] = set()
    for index, face in enumerate(best_first):
        if not any(same(face, best_first[other]) for other in touching[index] if other in kept):
            kept.add(index)
    return tuple(_with_witnesses(best_first[k], [best_first[other] for other in touching[k]]) for k in sorted(kept))


def _touching(boxes: Sequence[Box]) -> npt.NDArray[np.bool_]:
    """Which boxes share something with which, themselves included: a square of truths."""
    left, top, right, bottom = np.array([box.as_tuple() for box in boxes], np.int64).reshape(-1, 4).T
    across = np.minimum(right[:, None], right) > np.maximum(left[:, None], left)
    return across & (np.minimum(bottom[:, None], bottom) > np.maximum(top[:, None], top))


def _preference(face: DetectedFace) -> float:
    return face.score - (FOR_UPRIGHT if face.turns else 0.0)


def _same(one: Box, other: Box, passes: Sequence[Pass]) -> bool:
    """Do two boxes hold the same face: do they overlap, or does one lie in the other, as eyes and nose do in a face?"""
    shared, smaller = one.shared_area(other), min(one.area, other.area)
    if shared < PERHAPS * smaller:
        return False
    if one.iou(other) > SAME_FACE or shared >= INSIDE * smaller:
        return True
    return not apart(one, other, passes)


def _sees_both(a_pass: Pass, one: Box, other: Box) -> bool:
    faces = [face for face in a_pass.faces if face.score >= LEAST]
    first, second = (max(faces, key=lambda face: face.box.iou(box), default=None) for box in (one, other))
    if first is None or second is None or first is second:
        return False
    return first.box.iou(one) >= SEEN and second.box.iou(other) >= SEEN


def _with_witnesses(face: DetectedFace, found: Iterable[DetectedFace]) -> DetectedFace:
    names = {name for other in found if other.box.iou(face.box) > SAME_FACE for name in other.seen_by}
    return replace(face, seen_by=tuple(sorted(names)))
