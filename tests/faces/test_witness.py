"""The third witness, with drawn outlines of people and scripted bodies."""

import numpy as np
import pytest

from screen.checks.faces import certainty
from screen.faces import DetectedFace, witness
from screen.geometry import Box
from screen.people import PersonMask
from screen.people.facing import Facing
from screen.photo import photo_of

SIZE = (800, 600)
HEAD = Box(352, 140, 448, 260)
AWAY, TOWARDS, PROFILE, UNKNOWN = Facing((175.0, 172.0)), Facing((10.0, 20.0)), Facing((95.0, 80.0)), Facing(())


def outline():
    """The mask of one person: a head around (400, 200) on shoulders, as a drawing."""
    import cv2

    values = np.zeros((384, 512), np.float32)
    cv2.ellipse(values, (256, 128), (30, 38), 0, 0, 360, 1.0, -1)
    cv2.rectangle(values, (240, 150), (272, 190), 1.0, -1)
    cv2.ellipse(values, (256, 250), (85, 75), 0, 180, 360, 1.0, -1)
    cv2.rectangle(values, (171, 250), (341, 383), 1.0, -1)
    return PersonMask(values, SIZE)


@pytest.fixture
def photo(monkeypatch):
    """A photo with one person in it; say which way the body faces and what the face mesh says."""

    def show(way, presence=0.0, mask=None):
        monkeypatch.setattr(witness, "person_mask", lambda _: mask or outline())
        monkeypatch.setattr(witness, "facing", lambda *_: way)
        monkeypatch.setattr(witness, "face_presence", lambda *_: presence)
        return photo_of(np.zeros((SIZE[1], SIZE[0], 3), np.uint8))

    return show


@pytest.mark.parametrize("way", [TOWARDS, PROFILE])
def test_a_head_that_does_not_look_away_and_has_no_face_is_to_be_looked_at(photo, way):
    (found,) = witness.unseen_faces(photo(way), ())
    assert HEAD.contains(found.box)
    assert certainty(found, 0.3) == "unclear"


@pytest.mark.parametrize("way", [AWAY, UNKNOWN, Facing((10.0,))])
def test_backs_of_heads_and_outlines_of_things_are_not(photo, way):
    assert list(witness.unseen_faces(photo(way), ())) == []


def test_the_face_mesh_alone_is_enough(photo):
    assert len(list(witness.unseen_faces(photo(UNKNOWN, presence=0.6), ()))) == 1


def test_heads_with_a_face_need_no_witness_and_weak_candidates_are_none(photo):
    face, weak = (DetectedFace(Box(370, 170, 430, 250), score) for score in (0.4, 0.2))
    assert list(witness.unseen_faces(photo(TOWARDS), (face,))) == []
    assert len(list(witness.unseen_faces(photo(TOWARDS), (weak,)))) == 1


def test_a_person_without_the_outline_of_a_head_is_not_asked_about(photo):
    everywhere = PersonMask(np.ones((384, 512), np.float32), SIZE)
    assert list(witness.unseen_faces(photo(TOWARDS, mask=everywhere), ())) == []


@pytest.mark.parametrize(("score", "way", "presence", "stays"), [
    (0.5, AWAY, 0.0, False),
    (0.7, AWAY, 0.0, True),
    (0.5, AWAY, 0.3, True),
    (0.5, PROFILE, 0.0, True),
    (0.5, Facing((175.0,)), 0.0, True),
    (0.05, AWAY, 0.0, True),
])  # fmt: skip
def test_doubtful_faces_on_heads_that_surely_look_away_are_hardly_faces(photo, score, way, presence, stays):
    face = DetectedFace(Box(370, 170, 430, 250), score)
    weighed = witness.weighed(photo(way, presence), face)
    assert weighed.box == face.box
    assert (weighed.score == score) is stays
    assert weighed.counts_at("strict") is (stays and score >= 0.1)


def test_a_face_beside_the_head_is_left_alone(photo):
    face = DetectedFace(Box(600, 170, 660, 250), 0.5)
    assert witness.weighed(photo(AWAY), face) == face
