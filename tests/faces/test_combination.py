"""Candidates of several views in one answer."""

import numpy as np
import pytest

from screen.faces import DEFAULT_MODEL, DetectedFace, RawFace, detect_faces
from screen.faces.combination import in_photo, united
from screen.geometry import Box
from screen.photo import photo_of


def test_the_same_face_in_two_views_is_one_with_both_witnesses():
    fine = DetectedFace(Box(10, 10, 50, 60), 0.8, seen_by=("a@1280",))
    coarse = DetectedFace(Box(12, 12, 52, 62), 0.9, seen_by=("a@640",))
    other = DetectedFace(Box(48, 10, 88, 60), 0.5, seen_by=("a@640",))
    first, second = united([fine, coarse, other])
    assert (first.box, first.score, first.seen_by) == (coarse.box, 0.9, ("a@1280", "a@640"))
    assert second == other


@pytest.mark.parametrize("turns", range(4))
def test_boxes_and_points_come_back_from_reduced_and_turned_views(turns):
    photo = photo_of(np.zeros((300, 400, 3), np.uint8))
    upright = photo.view(max_side=200)
    view = photo.view(max_side=200, turns=turns)
    x, y = next(
        (x, y)
        for x in range(view.pixels.shape[1])
        for y in range(view.pixels.shape[0])
        if view.point_to_photo(x, y) == upright.point_to_photo(60, 40)
    )
    (face,) = in_photo([RawFace(x - 10, y - 10, x + 10, y + 10, 0.7, ((x, y),))], view, "scripted")
    assert face.box.contains(Box(100, 60, 140, 100))
    assert face.box.area < 46 * 46
    assert face.landmarks[0].point == pytest.approx((120, 80))
    assert face.turns == turns


def test_faces_beyond_the_edge_are_clipped_and_outside_ones_left_out():
    view = photo_of(np.zeros((100, 100, 3), np.uint8)).view()
    seen = [RawFace(-10, -10, 20, 20, 0.9), RawFace(120, 0, 140, 20, 0.9), RawFace(0, 0, float("nan"), 20, 0.9)]
    (face,) = in_photo(seen, view, "scripted")
    assert face.box == Box(0, 0, 20, 20)


def test_candidates_are_computed_once_a_photo(noise_photo):
    answer = (DetectedFace(Box(0, 0, 9, 9), 0.9),)
    noise_photo.once(("faces", DEFAULT_MODEL), lambda _: answer)
    assert detect_faces(noise_photo) is answer
