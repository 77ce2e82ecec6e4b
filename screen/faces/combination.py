"""All candidates of a photo: passes at several scales and turns, united, verified, and a second opinion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from screen.faces import FINE, THRESHOLDS, DetectedFace, FaceModel
from screen.faces.looking import Pass, look_closely, look_over
from screen.faces.places import Hints, look_at_places, look_for_hints
from screen.faces.second import second_opinion
from screen.faces.surroundings import judged
from screen.faces.uniting import united, united_candidates
from screen.faces.verification import Verifier
from screen.faces.witness import weighed
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
    first, hints = look_for_hints(photo, network, model, SCALES[0], LEAST_SEEN)
    upright = [first, *(look_over(photo, network, model, side, LEAST_SEEN) for side in SCALES[1:])]
    others = [look_over(photo, network, model, COARSE, LEAST)]
    if max(photo.size) > LARGE:
        others.append(_small_ones(_fine_pass(photo, network, model, fine, hints, first)))
    turned = [look_over(photo, network, model, TURNED, LEAST_SEEN, turns) for turns in (1, 2, 3)]
    seen = [face for a_pass in (*upright, *turned) for face in _candidates(a_pass)]
    candidates = united_candidates([*seen, *(face for a_pass in others for face in a_pass.faces)])
    verifier = Verifier(photo, network, (*upright, *turned))
    passes = (*upright, *others, *turned)
    found = united(_settled(photo, verifier.verified(candidates)), passes)
    if any(face.score >= THRESHOLDS["normal"] for face in found):
        return found
    return united([*found, *second_opinion(photo, verifier)], passes)


def _settled(photo: Photo, verified: Sequence[DetectedFace]) -> list[DetectedFace]:
    """The candidates with what else is asked of doubtful ones in their scores: the body's way, and surroundings."""
    voted = judged(photo, [weighed(photo, face) for face in verified])
    return [weighed(photo, face) for face in voted]


def _fine_pass(photo: Photo, network: FaceModel, model: str, fine: int, hints: Hints | None, first: Pass) -> Pass:
    """What is seen at a finer scale: at the best places, or everywhere at strict sensitivity or without hints."""
    if hints is None or fine > FINE:
        return look_closely(photo, network, model, fine, LEAST_FINE)
    return look_at_places(photo, network, model, fine, LEAST_FINE, hints, first.faces)


def _small_ones(fine: Pass) -> Pass:
    small = (face for face in fine.faces if max(face.box.width, face.box.height) * fine.scale <= LARGEST_FINE)
    return replace(fine, faces=tuple(face for face in small if face.box.width >= NARROWEST))


def _candidates(a_pass: Pass) -> list[DetectedFace]:
    """What is worth a closer look in a pass."""
    least = LEAST_TURNED if a_pass.turns else LEAST
    return [face for face in a_pass.faces if face.score >= least and face.box.width >= NARROWEST]
