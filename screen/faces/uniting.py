"""Each face once: which boxes of several passes are the same face."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

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
    kept: list[DetectedFace] = []
    for face in sorted(found, key=lambda face: -_preference(face)):
        if not any(same(face, other) for other in kept):
            kept.append(face)
    return tuple(_with_witnesses(face, found) for face in kept)


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
