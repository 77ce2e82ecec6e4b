"""The orientation check: turns that scripted faces call for, and don't know where nothing speaks."""

from __future__ import annotations

import numpy as np
import pytest

from screen.checks.orientation import OrientationCheck, OrientationSettings
from screen.faces import DetectedFace
from screen.geometry import Box
from screen.photo import Photo, photo_of
from screen.records import Finding, OrientationDetails


@pytest.fixture(autouse=True)
def scripted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The models are scripted: a face has its score in its own turn, less in the others, and the scene says nothing."""

    def scores(photo: Photo, faces: list[DetectedFace], model: str) -> np.ndarray:
        rows = [[face.score if k == face.turns else face.score - 0.3 for k in range(4)] for face in faces]
        return np.array(rows).reshape(-1, 4)

    monkeypatch.setattr("screen.quality.uprightness.scores_by_turn", scores)
    monkeypatch.setattr("screen.quality.uprightness.points_by_turn", lambda photo, faces: np.zeros((0, 4)))
    monkeypatch.setattr("screen.quality.uprightness.upright_by_turn", lambda photo: np.zeros(4))


def photo_with(*faces: DetectedFace) -> Photo:
    photo = photo_of(np.full((480, 640, 3), 128, np.uint8))
    photo.once(("faces", "scripted"), lambda _: faces)
    return photo


def face(turns: int, score: float = 0.9, side: int = 60) -> DetectedFace:
    return DetectedFace(Box(10, 10, 10 + side, 10 + side), score, turns=turns)


def inspect(photo: Photo) -> tuple[Finding, OrientationDetails]:
    (found,) = OrientationCheck(OrientationSettings()).inspect(photo)
    assert isinstance(found.details, OrientationDetails)
    return found, found.details


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_faces_tell_the_turn(turns: int) -> None:
    found, details = inspect(photo_with(face(turns), face(turns)))
    assert details == OrientationDetails(turns, details.told_by)
    assert "faces" in details.told_by
    assert found.score > 0.9


def test_majority_of_faces_wins() -> None:
    assert inspect(photo_with(face(0), face(0), face(0), face(1, 0.6)))[1].turns == 0
    assert inspect(photo_with(face(3), face(3), face(3), face(0, 0.5)))[1].turns == 3


def test_one_small_doubtful_face_turns_nothing() -> None:
    found, details = inspect(photo_with(face(2, 0.4, side=12)))
    assert details.turns == 0
    assert found.score < 0.95


def test_no_witness_means_dont_know() -> None:
    found, details = inspect(photo_with())
    assert details.turns == 0
    assert found.score < 0.5
