from __future__ import annotations

import numpy as np
import pytest

from screen.checks import backs
from screen.checks.backs import BackCheck, BackSettings
from screen.faces import THRESHOLDS, DetectedFace
from screen.geometry import Box
from screen.hands import DetectedHand
from screen.people import PersonMask
from screen.people.facing import Facing
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


AWAY, TOWARDS, UNKNOWN = Facing((175.0, 172.0)), Facing((10.0, 20.0)), Facing(())


def inspect(monkeypatch, mask, faces=(), hands=(), way=UNKNOWN, presence=0.0, close=0.0, **settings):
    monkeypatch.setattr(backs, "facing", lambda photo, head: way)
    monkeypatch.setattr(backs, "face_presence", lambda photo, head: presence)
    monkeypatch.setattr(backs, "closely_seen", lambda photo, head: close)
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
    assert 0.35 <= finding.score <= 1


@pytest.mark.parametrize("way", [UNKNOWN, Facing((175.0,)), Facing((175.0, 120.0)), TOWARDS])
@pytest.mark.parametrize("score", [0.95, 0.4, 0.1])
def test_the_weakest_face_makes_it_no_back(monkeypatch, score, way):
    face = DetectedFace(Box(370, 170, 430, 250), score)

    assert inspect(monkeypatch, outline(), [face], way=way) == []


def test_hair_that_looks_like_a_face_is_a_back_if_all_looks_at_the_body_say_so(monkeypatch):
    below, above = THRESHOLDS["normal"] - 0.01, THRESHOLDS["normal"] + 0.01
    hair, face = (DetectedFace(Box(370, 170, 430, 250), score) for score in (below, above))

    assert len(inspect(monkeypatch, outline(), [hair], way=AWAY)) == 1
    assert inspect(monkeypatch, outline(), [hair], way=AWAY, presence=0.3) == []
    assert inspect(monkeypatch, outline(), [face], way=AWAY) == []


def test_a_body_that_faces_the_camera_or_a_mesh_that_sees_a_face_makes_it_no_back(monkeypatch):
    assert inspect(monkeypatch, outline(), way=TOWARDS) == []
    assert inspect(monkeypatch, outline(), presence=0.6) == []


def test_what_looks_like_a_face_from_close_by_is_no_back_whatever_the_body_says(monkeypatch):
    """A cheek and glasses, seen from behind: somebody who knows the person may recognise it."""
    assert inspect(monkeypatch, outline(), way=AWAY, close=0.4) == []
    assert len(inspect(monkeypatch, outline(), way=AWAY, close=0.3)) == 1


def test_the_more_looks_agree_the_surer_it_is(monkeypatch):
    scores = [
        inspect(monkeypatch, outline(), way=way)[0].score for way in (UNKNOWN, Facing((104.0,)), Facing((175.0,)), AWAY)
    ]

    assert scores[0] == scores[1] < scores[2] < scores[3]


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
