"""BlazeFace's decoding against hand-made answers, and the tiles of the second opinion."""

import numpy as np
import pytest

from screen.faces import THRESHOLDS, RawFace, second
from screen.faces.blazeface import as_input, decoded
from screen.faces.verification import Verifier
from screen.geometry import Box
from screen.people import PersonMask
from screen.photo import photo_of


def test_pictures_are_fitted_and_not_stretched():
    plane, scale = as_input(np.full((200, 400, 3), 255, np.uint8))
    assert plane.shape == (1, 192, 192, 3)
    assert scale == pytest.approx(400 / 192)
    assert plane[0, :96].min() == 1
    assert plane[0, 96:].max() == -1


def test_decoding_gives_edges_around_the_place():
    boxes, scores = np.zeros((2304, 16), np.float32), np.full(2304, -200, np.float32)
    place = 10 * 48 + 20  # row 10, column 20: middle at x 82, y 42
    boxes[place, :6] = 2, -2, 16, 24, 1, 1
    scores[place] = 2
    (row,) = decoded(boxes, scores, 0.5)
    assert row[:4] == pytest.approx([76, 28, 92, 52])
    assert row[4] == pytest.approx(1 / (1 + np.exp(-2)))
    assert row[5:7] == pytest.approx([83, 43])


def test_views_cover_the_photo():
    photo = photo_of(np.zeros((300, 400, 3), np.uint8))
    covered = np.zeros((300, 400), int)
    for view in second.views(photo):
        covered[view.box.as_slices()] += 1
        assert view.scale == pytest.approx(3.2, rel=0.02)
    assert covered.min() >= 2


def test_what_only_the_second_model_sees_is_still_looked_at(monkeypatch):
    class Seen:
        def detect(self, pixels, threshold):
            return [raw] if pixels.shape[0] == 960 else []

    class Blind:
        def detect(self, pixels, threshold):
            return []

    raw = RawFace(320, 320, 480, 520, 0.9)
    monkeypatch.setattr(second, "BlazeFace", Seen)
    photo = photo_of(np.zeros((300, 400, 3), np.uint8))
    photo.once("people", lambda _: PersonMask(np.zeros((3, 4), np.float32), photo.size))
    (face,) = second.second_opinion(photo, Verifier(photo, Blind(), ()))
    assert face.score == THRESHOLDS["strict"]
    assert face.box.iou(Box(100, 100, 150, 163)) > 0.9
