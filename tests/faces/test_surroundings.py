"""The network that judges doubtful candidates by what is around them."""

import numpy as np
import pytest

from screen.faces import DetectedFace, detect_faces, surroundings
from screen.faces.surroundings import AT_ONCE, LEAST, REACH, SIDE, SURE, head_odds, judged
from screen.faces.surroundings import surroundings as look_around
from screen.geometry import Box
from screen.photo import open_photo, photo_of
from screen.weights import expected_path


@pytest.fixture
def vote(monkeypatch):
    """What the network says of every candidate; and how many it was asked about."""
    asked = []

    def given(odds):
        def answer(photo, faces):
            asked.extend(faces)
            return [odds] * len(faces)

        monkeypatch.setattr(surroundings, "head_odds", answer)
        return asked

    return given


def photo_with(box, size=(400, 300), turns=0):
    pixels = np.zeros((size[1], size[0], 3), np.uint8)
    pixels[box.as_slices()] = 255
    return photo_of(np.ascontiguousarray(np.rot90(pixels, turns)))


BOX = Box(100, 100, 140, 150)


@pytest.mark.parametrize("score", [0.0, LEAST - 0.001, SURE, 0.99, 1.0])
def test_what_is_no_face_by_far_or_surely_one_is_not_judged(vote, score):
    asked = vote(-9.0)
    face = DetectedFace(BOX, score)
    assert judged(photo_with(BOX), [face]) == [face]
    assert not asked


def test_a_doubtful_face_with_hair_and_shoulders_becomes_one_and_a_thing_does_not(vote):
    doubtful = DetectedFace(BOX, 0.2, people=0.4, turns=1)
    vote(3.0)
    (risen,) = judged(photo_with(BOX), [doubtful])
    assert risen.is_face
    assert (risen.box, risen.people, risen.turns) == (BOX, 0.4, 1)
    vote(-4.0)
    (fallen,) = judged(photo_with(BOX), [DetectedFace(BOX, 0.5)])
    assert not fallen.is_face
    assert fallen.score > 0.1


def test_a_vote_is_bounded_and_keeps_the_order_of_scores(vote):
    scores = np.linspace(LEAST, SURE - 0.01, 12)
    faces = [DetectedFace(BOX, float(score)) for score in scores]
    for odds in (-100.0, 0.0, 100.0):
        vote(odds)
        told = [face.score for face in judged(photo_with(BOX), faces)]
        assert told == sorted(told)
        assert all(LEAST <= score < 1 for score in told)  # crops keep clear of what has so much
    vote(1e6)
    assert judged(photo_with(BOX), faces)[0].score < 0.3


def test_only_the_doubtful_are_asked_about_and_all_stay_in_order(vote):
    asked = vote(0.5)
    faces = [DetectedFace(Box(k, 0, k + 20, 20), score) for k, score in enumerate((0.9, 0.3, 0.01, 0.55))]
    told = judged(photo_with(BOX), faces)
    assert [face.box for face in told] == [face.box for face in faces]
    assert asked == [faces[1], faces[3]]
    assert [face.score for face in told] == pytest.approx([0.9, 0.3, 0.01, 0.55])


def test_the_face_lies_in_the_middle_of_what_is_seen():
    seen = look_around(photo_with(BOX), DetectedFace(BOX, 0.3))
    assert seen.shape == (SIDE, SIDE, 3)
    rows, columns = np.nonzero(seen[..., 0] > 128)
    long = SIDE / REACH
    assert rows.min() == pytest.approx(SIDE / 2 - long / 2, abs=2)
    assert rows.max() == pytest.approx(SIDE / 2 + long / 2, abs=2)
    assert columns.max() - columns.min() == pytest.approx(long * 40 / 50, abs=2)


@pytest.mark.parametrize("turns", range(4))
def test_a_face_that_lies_is_set_upright(turns):
    marked = Box(100, 100, 140, 150)
    upright = photo_with(marked)
    pixels = upright.pixels.copy()
    pixels[100:110, 100:140] = (255, 0, 0)
    lying = photo_of(np.ascontiguousarray(np.rot90(pixels, turns)))
    wide, high = lying.size
    at = {0: marked, 1: Box(100, high - 140, 150, high - 100), 2: Box(wide - 140, high - 150, wide - 100, high - 100)}
    box = at.get(turns, Box(wide - 150, 100, wide - 100, 140))
    seen = look_around(lying, DetectedFace(box, 0.3, turns=turns))
    red = (seen[..., 0] > 128) & (seen[..., 1] < 100)
    assert np.nonzero(red)[0].max() < SIDE / 2


def test_the_edge_of_the_photo_goes_on_beyond_it():
    photo = photo_of(np.full((300, 400, 3), 200, np.uint8))
    for box in (Box(0, 0, 40, 50), Box(370, 260, 400, 300), Box(0, 120, 90, 240)):
        assert np.array_equal(look_around(photo, DetectedFace(box, 0.3)), np.full((SIDE, SIDE, 3), 200, np.uint8))


def test_the_network_in_the_package_is_small_and_answers_each_candidate_by_itself():
    assert expected_path("heads").stat().st_size < 2_000_000
    pixels = np.random.default_rng(3).integers(0, 256, (240, 320, 3), dtype=np.uint8)
    photo = photo_of(pixels)
    faces = [DetectedFace(Box(10 * k, 5 * k, 10 * k + 30, 5 * k + 40), 0.3) for k in range(AT_ONCE)]
    together = head_odds(photo, faces)
    assert len(together) == len(faces)
    assert head_odds(photo, faces[3:4]) == pytest.approx(together[3:4], abs=0.02)
    mirrored = photo_of(np.ascontiguousarray(pixels[:, ::-1]))
    other = DetectedFace(Box(320 - 130, 50, 320 - 100, 90), 0.3)
    assert head_odds(mirrored, [other]) == pytest.approx(together[10:11], abs=0.2)
    assert head_odds(photo, []) == []


@pytest.mark.models
def test_with_real_weights_a_bearded_face_of_14_pixels_is_one_and_things_in_the_dark_are_none(shared_data):
    small = open_photo(shared_data / "faces/coco/000000433998.jpg")
    assert (
        max((face.box.iou(Box(538, 197, 552, 208)) for face in detect_faces(small) if face.is_face), default=0) > 0.25
    )
    things = open_photo(shared_data / "faces/nofaces/000000000072.jpg")
    assert not any(face.is_face for face in detect_faces(things))
