from __future__ import annotations

import numpy as np
import pytest

from screen.checks import hands
from screen.checks.hands import HandCheck, HandSettings
from screen.faces import DetectedFace
from screen.geometry import Box
from screen.hands import DetectedHand
from screen.people.heads import Head
from screen.photo import photo_of
from screen.records import HandDetails, Landmark


def inspect(monkeypatch, found, faces=(), heads=(), **settings):
    monkeypatch.setattr(hands, "detect_hands", lambda photo: tuple(found))
    monkeypatch.setattr(hands, "detect_faces", lambda photo: tuple(faces))
    monkeypatch.setattr(hands, "person_mask", lambda photo: None)
    monkeypatch.setattr(hands, "find_heads", lambda photo, mask: tuple(heads))
    return list(HandCheck(HandSettings(**settings)).inspect(photo_of(np.zeros((300, 400, 3), np.uint8))))


def test_a_hand_is_a_finding_with_its_side_and_points(monkeypatch):
    points = (Landmark("wrist", (12.0, 55.0)),)

    (finding,) = inspect(monkeypatch, [DetectedHand(Box(10, 20, 50, 60), 0.9, "left", points)])

    assert (finding.check, finding.score, finding.box) == ("hand", 0.9, Box(10, 20, 50, 60))
    assert finding.details == HandDetails("left", points)


def test_unsure_hands_are_left_out(monkeypatch):
    assert inspect(monkeypatch, [DetectedHand(Box(10, 20, 50, 60), 0.6)]) == []
    assert len(inspect(monkeypatch, [DetectedHand(Box(10, 20, 50, 60), 0.6)], threshold=0.5)) == 1


def test_a_face_taken_for_a_hand_is_dropped(monkeypatch):
    assert (
        inspect(monkeypatch, [DetectedHand(Box(10, 20, 50, 60), 0.9)], [DetectedFace(Box(12, 18, 50, 62), 0.9)]) == []
    )


def test_a_sure_hand_before_a_face_stays(monkeypatch):
    face = DetectedFace(Box(12, 18, 50, 62), 0.9)

    assert len(inspect(monkeypatch, [DetectedHand(Box(10, 20, 50, 60), 0.99)], [face])) == 1


def test_a_hand_that_touches_a_face_stays(monkeypatch):
    face = DetectedFace(Box(45, 18, 100, 80), 0.9)

    assert len(inspect(monkeypatch, [DetectedHand(Box(10, 20, 50, 60), 0.9)], [face])) == 1


def test_an_ear_taken_for_a_hand_is_dropped(monkeypatch):
    ear = DetectedHand(Box(10, 20, 30, 50), 0.88)

    assert inspect(monkeypatch, [ear], heads=[Head(Box(12, 0, 90, 100), 0.9)]) == []
    assert len(inspect(monkeypatch, [ear], heads=[Head(Box(12, 0, 90, 100), 0.4)])) == 1


def test_a_hand_held_up_has_an_outline_like_a_head_and_stays(monkeypatch):
    hand = DetectedHand(Box(10, 20, 90, 130), 0.88)

    assert len(inspect(monkeypatch, [hand], heads=[Head(Box(12, 25, 90, 125), 0.9)])) == 1


def test_what_is_hardly_a_face_does_not_drop_a_hand(monkeypatch):
    face = DetectedFace(Box(10, 20, 50, 60), 0.1)

    assert len(inspect(monkeypatch, [DetectedHand(Box(10, 20, 50, 60), 0.9)], [face])) == 1


@pytest.mark.models
def test_hands_of_real_photos(shared_data):
    from screen.photo import open_photo

    check = HandCheck(HandSettings())
    right = list(check.inspect(open_photo(shared_data / "hands/mmpose/9.jpg")))
    nobody = list(check.inspect(open_photo(shared_data / "faces/nofaces/000000000283.jpg")))

    assert len(right) == 1
    assert right[0].details is not None
    assert right[0].details.side == "right"
    assert right[0].box.iou(Box(63, 92, 162, 286)) > 0.5
    assert nobody == []
