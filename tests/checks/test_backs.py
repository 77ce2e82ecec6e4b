from __future__ import annotations

import numpy as np
import pytest

from screen.checks import backs
from screen.checks.backs import BackCheck, BackSettings
from screen.faces import DetectedFace
from screen.geometry import Box
from screen.hands import DetectedHand
from screen.people import PersonMask
from screen.people.heads import heads_of
from screen.photo import photo_of

SIZE = (800, 600)
HEAD = Box(352, 140, 448, 260)


def outline(*, shoulders=True, above=False):
    """The mask of one person: a head around (400, 200) on shoulders, as a drawing."""
    import cv2

    values = np.zeros((384, 512), np.float32)
    cv2.ellipse(values, (256, 128), (30, 38), 0, 0, 360, 1.0, -1)
    if shoulders:
        cv2.rectangle(values, (240, 150), (272, 190), 1.0, -1)
        cv2.ellipse(values, (256, 250), (85, 75), 0, 180, 360, 1.0, -1)
        cv2.rectangle(values, (171, 250), (341, 383), 1.0, -1)
    if above:
        cv2.rectangle(values, (226, 0), (286, 128), 1.0, -1)
    return PersonMask(values, SIZE)


def inspect(monkeypatch, mask, faces=(), hands=(), **settings):
    monkeypatch.setattr(backs, "detect_hands", lambda photo: tuple(hands))
    monkeypatch.setattr(backs, "person_mask", lambda photo: mask)
    monkeypatch.setattr(backs, "detect_faces", lambda photo: tuple(faces))
    photo = photo_of(np.zeros((SIZE[1], SIZE[0], 3), np.uint8))
    return list(BackCheck(BackSettings(**settings)).inspect(photo))


def test_a_head_without_a_face_is_the_back_of_a_head(monkeypatch):
    (finding,) = inspect(monkeypatch, outline())

    assert finding.check == "back"
    assert finding.box is not None
    assert finding.box.iou(HEAD) > 0.6
    assert 0.5 <= finding.score <= 1


@pytest.mark.parametrize("score", [0.95, 0.4, 0.1])
def test_the_weakest_face_makes_it_no_back(monkeypatch, score):
    face = DetectedFace(Box(370, 170, 430, 250), score)

    assert inspect(monkeypatch, outline(), [face]) == []


def test_a_face_elsewhere_says_nothing(monkeypatch):
    assert len(inspect(monkeypatch, outline(), [DetectedFace(Box(10, 10, 70, 90), 0.9)])) == 1


def test_nobody_is_no_back(monkeypatch):
    assert inspect(monkeypatch, PersonMask(np.zeros((384, 512), np.float32), SIZE)) == []


def test_everywhere_is_no_back(monkeypatch):
    assert inspect(monkeypatch, PersonMask(np.ones((384, 512), np.float32), SIZE)) == []


def test_a_pillar_is_no_head(monkeypatch):
    assert inspect(monkeypatch, outline(above=True)) == []


def test_a_raised_hand_is_no_head(monkeypatch):
    assert inspect(monkeypatch, outline(), hands=[DetectedHand(HEAD, 0.9)]) == []


def test_small_heads_say_nothing(monkeypatch):
    assert inspect(monkeypatch, outline(), least_width=200) == []


@pytest.mark.parametrize("scale", [0.6, 1.0, 1.7, 2.3])
def test_heads_of_all_sizes_are_found(scale):
    import cv2

    drawn = cv2.resize(outline().values[60:, 140:372], None, fx=scale, fy=scale)
    values = np.zeros((768, 1024), np.float32)
    values[-drawn.shape[0] :, 200 : 200 + drawn.shape[1]] = drawn[-768:]

    head = heads_of(PersonMask(values, (1024, 768)))[0]

    assert head.box.width == pytest.approx(60 * scale, rel=0.35)
