"""Faces: what models see in bare pixels, and all candidates of a photo in one shared answer.

Other checks ask ``detect_faces(photo)``. It is computed once per photo and holds every candidate, also those that are
too weak to be shown as a face; ``is_face`` and ``counts_at("strict")`` tell which is which.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol, runtime_checkable

from screen.geometry import Box, Point
from screen.hookspecs import hookimpl
from screen.inference import Floats
from screen.photo import Photo, Pixels
from screen.records import Landmark

#: Names of the five points, in the order in which models give them. Left and right are those of the picture.
LANDMARKS = ("left-eye", "right-eye", "nose", "left-mouth", "right-mouth")
#: Score from which a candidate is treated as a face, by sensitivity; measured in docs/measurements.md.
THRESHOLDS: Mapping[str, float] = MappingProxyType({"normal": 0.25, "strict": 0.1})
#: Long side of the pass for the smallest faces of large photos: where the coarser passes give a hint, and everywhere
#: (at strict sensitivity).
FINE, FINE_STRICT = 3072, 4096
#: The model that is used unless a policy names another one.
DEFAULT_MODEL = "centerface"


@dataclass(frozen=True, slots=True)
class RawFace:
    """What a model saw, in pixels of the array it was given, as plain floats; it may reach beyond the edges.

    Attributes:
        left, top, right, bottom: edges of the face, chin to forehead.
        score: how sure the model is, 0 to 1.
        points: eyes, nose and corners of the mouth in the order of LANDMARKS; empty if the model has none.
    """

    left: float
    top: float
    right: float
    bottom: float
    score: float
    points: tuple[Point, ...] = ()

    @property
    def edges(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return self.left, self.top, self.right, self.bottom


class FaceModel(Protocol):
    """A network that finds faces in bare pixels."""

    def detect(self, pixels: Pixels, threshold: float) -> list[RawFace]:
        """Faces of at least that score in (height, width, 3) uint8 RGB, none twice, best first.

        Raises:
            MissingDependencyError: its weights are not there.
        """
        ...


@runtime_checkable
class HintingModel(FaceModel, Protocol):
    """A network that also tells where something hints at a face that is too small for it."""

    def look(self, pixels: Pixels, threshold: float) -> tuple[list[RawFace], Floats]:
        """What detect() gives, and float32 rows of x, y, size and score (all in pixels, 0 to 1) of weak hints."""
        ...


@runtime_checkable
class BatchingModel(FaceModel, Protocol):
    """A network that looks at several pictures at once, none of which changes what it sees in another."""

    def detect_each(self, pictures: Pixels, threshold: float) -> list[list[RawFace]]:
        """What detect() gives for each of (count, height, width, 3) uint8 RGB."""
        ...


@dataclass(frozen=True, slots=True)
class DetectedFace:
    """A candidate, in pixels of the upright photo.

    Attributes:
        box: the face, from chin to forehead, within the photo.
        score: how sure it is that this is a face, 0 to 1: agreement of models and scales is in it.
        landmarks: left-eye, right-eye, nose, left-mouth, right-mouth in pixels of the photo (left and right
            as seen when the face stands upright); empty if only a model without landmarks saw it.
        turns: clockwise quarter turns of the view in which it was seen: 0 for an upright face, 1 for a face
            that stands upright once the photo is turned a quarter clockwise.
        people: share of people in the region of the head, 0 to 1; 1 where the face is sure without asking.
        seen_by: what saw it, for example ("centerface@1280", "centerface@640", "blazeface").
    """

    box: Box
    score: float
    landmarks: tuple[Landmark, ...] = ()
    turns: int = 0
    seen_by: tuple[str, ...] = ()
    people: float = 1.0

    @property
    def is_face(self) -> bool:
        """Is it to be treated as a face at normal sensitivity?"""
        return self.counts_at("normal")

    def counts_at(self, sensitivity: str) -> bool:
        """Is it to be treated as a face at this sensitivity: normal or strict (also what is hardly one)?"""
        return self.score >= THRESHOLDS[sensitivity]


def detect_faces(photo: Photo, model: str = DEFAULT_MODEL, fine: int = FINE) -> tuple[DetectedFace, ...]:
    """All candidates for faces of a photo, weak ones too, best first; computed once per photo and model.

    Args:
        photo: upright, but it may lie sideways or stand on its head: faces are looked for in four turns.
        model: the name of a face model, built-in or from a plugin.
        fine: long side of the pass for the smallest faces of large photos, in pixels; above FINE it looks everywhere.

    Raises:
        MissingDependencyError: the weights are not there.
        UsageError: there is no model of that name.
    """
    from screen.faces.combination import find_candidates  # noqa: PLC0415

    return photo.once(("faces", model, fine), lambda shared: find_candidates(shared, model, fine))


def _centerface() -> FaceModel:
    from screen.faces.centerface import CenterFace  # noqa: PLC0415

    return CenterFace()


def _blazeface() -> FaceModel:
    from screen.faces.blazeface import BlazeFace  # noqa: PLC0415

    return BlazeFace()


@hookimpl
def photoscreen_face_models() -> Mapping[str, Callable[[], FaceModel]]:
    """The built-in face models by name."""
    return {"centerface": _centerface, "blazeface": _blazeface}
