"""Which way up a face is: eyes and mouth in four crops, on scripted points and on a portrait."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from screen.faces import DEFAULT_MODEL, DetectedFace, detect_faces
from screen.geometry import Box
from screen.photo import open_photo, photo_of
from screen.quality.facing import LEAST_SIDE, MOST_FACES, _turns_of_points, largest, points_by_turn, scores_by_turn

SAMPLES = Path(__file__).resolve().parent.parent.parent / "sample_images"


@pytest.mark.parametrize(
    ("mouth", "turns"), [((50, 80), 0), ((80, 50), 1), ((50, 20), 2), ((20, 50), 3), ((60, 80), 0), ((80, 62), 1)]
)
def test_the_turn_that_brings_the_mouth_below_the_eyes(mouth: tuple[int, int], turns: int) -> None:
    points = np.zeros((6, 2), np.float32)
    points[0], points[1], points[3] = (40, 50), (60, 50), mouth
    assert _turns_of_points(points) == turns


def test_the_largest_faces_are_looked_at_and_none_is_needed() -> None:
    faces = [DetectedFace(Box(0, 0, side, side), 0.9) for side in (20, LEAST_SIDE - 1, 60, 40, 30)]
    assert [face.box.width for face in largest(faces)] == [60, 40, 30][:MOST_FACES]
    photo = photo_of(np.zeros((100, 100, 3), np.uint8))
    assert scores_by_turn(photo, [], DEFAULT_MODEL).shape == points_by_turn(photo, []).shape == (0, 4)


@pytest.mark.models
@pytest.mark.parametrize("turns", range(4))
def test_a_portrait_tells_its_turn(turns: int) -> None:
    upright = open_photo(SAMPLES / "visitor-from-space.jpg")
    face = max(detect_faces(upright), key=lambda face: face.score).box
    pixels = np.ascontiguousarray(np.rot90(upright.pixels, turns))
    width, height = upright.size
    left, top, right, bottom = face.as_tuple()
    box = (
        face,
        Box(top, width - right, bottom, width - left),
        Box(width - right, height - bottom, width - left, height - top),
        Box(height - bottom, left, height - top, right),
    )[turns]
    found = DetectedFace(box, 0.9)
    assert int(scores_by_turn(photo_of(pixels), [found], DEFAULT_MODEL)[0].argmax()) == turns
    votes = points_by_turn(photo_of(pixels), [found])[0]
    assert int(votes.argmax()) == turns
    assert votes.max() >= 0.3
