"""All candidates of a photo: the model at several scales, united by overlap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from screen.faces import LANDMARKS, THRESHOLDS, DetectedFace, FaceModel, RawFace
from screen.geometry import non_overlapping
from screen.photo import Photo, View
from screen.plugins import pick
from screen.records import Landmark

#: Long sides of the views. One alone misses: large faces fall out of the finer view, small ones of the coarser.
SCALES = (1280, 640)
#: Candidates from this score are kept and listed, weak as they are.
LEAST_SCORE = THRESHOLDS["strict"]
#: Two boxes that share more than this (intersection over union) are one face.
SAME_FACE = 0.4


def find_candidates(photo: Photo, model: str) -> tuple[DetectedFace, ...]:
    """All candidates of the photo, best first."""
    network: FaceModel = pick("photoscreen_face_models", model, "face model")
    found = [face for scale in SCALES for face in _seen_at(photo, network, model, scale)]
    return united(found)


def _seen_at(photo: Photo, network: FaceModel, name: str, scale: int) -> Iterator[DetectedFace]:
    view = photo.view(max_side=scale, enlarge=True)
    return in_photo(network.detect(view.pixels, LEAST_SCORE), view, f"{name}@{scale}")


def in_photo(seen: Iterable[RawFace], view: View, seen_by: str) -> Iterator[DetectedFace]:
    """What a model saw in a view, in pixels of the photo; what lies outside of the photo is left out."""
    for raw in seen:
        box = view.to_photo(*raw.edges)
        if box is not None:
            points = (view.point_to_photo(*point) for point in raw.points)
            landmarks = tuple(Landmark(*named) for named in zip(LANDMARKS, points, strict=False))
            yield DetectedFace(box, min(1.0, raw.score), landmarks, view.turns, (seen_by,))


def united(found: list[DetectedFace]) -> tuple[DetectedFace, ...]:
    """Each face once, best first: of those that overlap the one with the best score, with all that saw it."""
    kept = non_overlapping([face.box for face in found], [face.score for face in found], SAME_FACE)
    return tuple(_with_witnesses(found[index], found) for index in kept)


def _with_witnesses(face: DetectedFace, found: list[DetectedFace]) -> DetectedFace:
    names = {name for other in found if other.box.iou(face.box) > SAME_FACE for name in other.seen_by}
    return DetectedFace(face.box, face.score, face.landmarks, face.turns, tuple(sorted(names)))
