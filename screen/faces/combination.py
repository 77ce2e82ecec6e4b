"""All candidates of a photo: passes at several scales and turns, united, verified, and a second opinion."""

from __future__ import annotations

from dataclasses import replace

from screen.faces import THRESHOLDS, DetectedFace, FaceModel
from screen.faces.looking import Pass, look_closely, look_over
from screen.faces.second import second_opinion
from screen.faces.verification import Verifier
from screen.faces.witness import weighed
from screen.geometry import Box
from screen.photo import Photo
from screen.plugins import pick

#: Long sides of the passes over the whole photo. Each misses something: large faces fall out of the finer ones, small
#: faces of the coarser ones. What these three say of a candidate are its looks.
SCALES = (1280, 960, 480)
#: For faces that fill the picture.
COARSE = 160
#: Photos with a longer side than this get the fine pass.
LARGE = 1600
#: Long side of the passes in turned views, for heads that lie and photos that lie.
TURNED = 480
#: Raw score from which something is a candidate, by kind of pass; turned passes raise more false alarms. Small faces
#: have low scores, and closer looks tell them well from other things (docs/measurements.md).
LEAST, LEAST_TURNED, LEAST_FINE = 0.15, 0.45, 0.08
#: Faces above this size in the fine pass (in its pixels) are left to the passes over the whole photo.
LARGEST_FINE = 40
#: Raw score from which a pass tells what it saw: below the above, so that other looks can be compared.
LEAST_SEEN = 0.05
#: A turned look must be better than the upright one by this much: most photos are upright.
FOR_UPRIGHT = 0.1
#: Two boxes that share more than this (intersection over union) are one face.
SAME_FACE = 0.4
#: A verified box of which this share lies in another one, with a better score, is part of that face.
INSIDE = 0.8
#: Narrower ones (in pixels of the photo) are left out: nobody is recognised by fewer than 8 pixels, and no model tells
#: them from dots.
NARROWEST = 8


def find_candidates(photo: Photo, model: str, fine: int) -> tuple[DetectedFace, ...]:
    """All candidates of the photo with their verified scores, best first.

    Args:
        photo: the photo.
        model: the name of a face model.
        fine: long side of the fine pass.
    """
    network: FaceModel = pick("photoscreen_face_models", model, "face model")
    upright = [look_over(photo, network, model, side, LEAST_SEEN) for side in SCALES]
    others = [look_over(photo, network, model, COARSE, LEAST)]
    if max(photo.size) > LARGE:
        others.append(_small_ones(look_closely(photo, network, model, fine, LEAST_FINE)))
    turned = [look_over(photo, network, model, TURNED, LEAST_SEEN, turns) for turns in (1, 2, 3)]
    seen = [face for a_pass in (*upright, *turned) for face in _candidates(a_pass)]
    # Not yet verified: a pattern around a small face must not swallow it, so boxes inside others stay.
    candidates = united([*seen, *(face for a_pass in others for face in a_pass.faces)], inside=2.0)
    verifier = Verifier(photo, network, (*upright, *turned))
    found = united([weighed(photo, verifier.verified(candidate)) for candidate in candidates])
    if any(face.score >= THRESHOLDS["normal"] for face in found):
        return found
    return united([*found, *second_opinion(photo, verifier)])


def _small_ones(fine: Pass) -> Pass:
    small = (face for face in fine.faces if max(face.box.width, face.box.height) * fine.scale <= LARGEST_FINE)
    return replace(fine, faces=tuple(face for face in small if face.box.width >= NARROWEST))


def _candidates(a_pass: Pass) -> list[DetectedFace]:
    """What is worth a closer look in a pass."""
    least = LEAST_TURNED if a_pass.turns else LEAST
    return [face for face in a_pass.faces if face.score >= least and face.box.width >= NARROWEST]


def united(found: list[DetectedFace], inside: float = INSIDE) -> tuple[DetectedFace, ...]:
    """Each face once, best first: of those that are the same the one with the best score, with all that saw it.

    Args:
        found: faces, some of them several times.
        inside: a box of which this share lies in another one is part of that face; above 1, none is.
    """
    kept: list[DetectedFace] = []
    for face in sorted(found, key=lambda face: -_preference(face)):
        if not any(_same(face.box, other.box, inside) for other in kept):
            kept.append(face)
    return tuple(_with_witnesses(face, found) for face in kept)


def _preference(face: DetectedFace) -> float:
    return face.score - (FOR_UPRIGHT if face.turns else 0.0)


def _same(one: Box, other: Box, inside: float) -> bool:
    """Do two boxes hold the same face: do they overlap, or does one lie in the other, as eyes and nose do in a face?"""
    return one.iou(other) > SAME_FACE or one.shared_area(other) >= inside * min(one.area, other.area)


def _with_witnesses(face: DetectedFace, found: list[DetectedFace]) -> DetectedFace:
    names = {name for other in found if other.box.iou(face.box) > SAME_FACE for name in other.seen_by}
    return replace(face, seen_by=tuple(sorted(names)))
