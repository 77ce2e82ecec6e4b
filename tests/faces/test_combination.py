"""Passes, candidates and their union, with scripted models."""

import numpy as np
import pytest

from screen.faces import DEFAULT_MODEL, FINE, DetectedFace, RawFace, combination, detect_faces
from screen.faces.looking import Pass, in_photo, look_closely, look_over, tiles
from screen.faces.uniting import united
from screen.geometry import Box
from screen.photo import photo_of


class Spot:
    """Sees one face wherever the picture is white: its edges are those of the white pixels."""

    def __init__(self, score=0.9):
        self.score = score
        self.asked = []

    def detect(self, pixels, threshold):
        self.asked.append(pixels.shape[:2])
        ys, xs = np.nonzero(pixels[..., 0] > 128)
        if self.score < threshold or not len(ys):
            return []
        left, top, right, bottom = map(float, (xs.min(), ys.min(), xs.max() + 1, ys.max() + 1))
        return [RawFace(left, top, right, bottom, self.score, (((left + right) / 2, top),))]


def photo_with(*boxes, size=(400, 300)):
    pixels = np.zeros((size[1], size[0], 3), np.uint8)
    for box in boxes:
        pixels[box.as_slices()] = 255
    return photo_of(pixels)


def test_the_same_face_in_two_views_is_one_with_both_witnesses():
    fine = DetectedFace(Box(10, 10, 50, 60), 0.8, seen_by=("a@1280",))
    coarse = DetectedFace(Box(12, 12, 52, 62), 0.9, seen_by=("a@640",))
    other = DetectedFace(Box(48, 10, 88, 60), 0.5, seen_by=("a@640",))
    first, second = united([fine, coarse, other])
    assert (first.box, first.score, first.seen_by) == (coarse.box, 0.9, ("a@1280", "a@640"))
    assert second == other


def test_a_box_inside_a_face_is_part_of_it():
    whole, part = DetectedFace(Box(10, 10, 110, 130), 0.9), DetectedFace(Box(40, 40, 85, 90), 0.8)
    assert united([whole, part]) == (whole,)
    beside = DetectedFace(Box(90, 40, 135, 90), 0.8)
    assert united([whole, beside]) == (whole, beside)


def test_boxes_that_overlap_a_little_are_one_face_unless_a_pass_saw_both():
    """T10."""
    one, other = DetectedFace(Box(10, 10, 110, 130), 0.9), DetectedFace(Box(50, 30, 160, 140), 0.8)
    coarse, fine = Pass("a@480", 0.5, 0, (one,)), Pass("a@1280", 1.0, 0, (other, one))
    assert united([one, other], [coarse]) == (one,)
    assert united([other, one], [coarse, fine]) == (one, other)
    assert united([one, other], [coarse, fine]) == (one, other)


def test_a_faint_second_box_in_one_pass_is_no_second_face():
    face, beside = DetectedFace(Box(10, 10, 110, 130), 0.9), DetectedFace(Box(50, 30, 160, 140), 0.3)
    passes = [Pass("a@1280", 1.0, 0, (face, beside)), Pass("a@480", 0.4, 0, (beside,))]
    assert united([face, DetectedFace(beside.box, 0.9)], passes) == (face,)


def test_upright_is_believed_first_unless_a_turned_look_is_much_better():
    upright = DetectedFace(Box(10, 10, 50, 60), 0.8, turns=0)
    assert united([DetectedFace(Box(11, 10, 51, 60), 0.85, turns=1), upright])[0].turns == 0
    assert united([DetectedFace(Box(11, 10, 51, 60), 0.95, turns=1), upright])[0].turns == 1


@pytest.mark.parametrize("turns", range(4))
@pytest.mark.parametrize("side", [200, 400, 1280])
def test_boxes_and_points_come_back_from_every_pass(turns, side):
    face = Box(100, 60, 140, 110)
    seen = look_over(photo_with(face), Spot(), "spot", side, 0.5, turns)
    assert seen.turns == turns
    assert seen.scale == pytest.approx(side / 400, rel=0.02)
    (found,) = seen.faces
    assert found.box.iou(face) > 0.8
    middle_of_top = {0: (120, 60), 1: (100, 85), 2: (120, 110), 3: (140, 85)}[turns]
    assert found.landmarks[0].point == pytest.approx(middle_of_top, abs=3)


def test_tiles_cover_the_photo_and_overlap():
    for size, scale in (((4000, 3000), 0.576), ((3000, 4000), 1.0), ((1700, 300), 1.0)):
        covered = np.zeros((size[1], size[0]), np.uint8)
        for tile in tiles(size, scale):
            covered[tile.as_slices()] += 1
            assert max(tile.width, tile.height) * scale <= 1216 + 2 * 32 + 2
        assert covered.min() == 1
        if len(list(tiles(size, scale))) > 1:
            assert covered.max() > 1


@pytest.mark.parametrize("left", [100, 1180, 1190, 1200, 1210, 2380])
def test_a_small_face_on_the_border_of_tiles_is_seen_whole(left):
    face = Box(left, 500, left + 20, 525)
    network = Spot()
    seen = look_closely(photo_with(face, size=(2400, 1000)), network, "spot", 2400, 0.5)
    assert len(network.asked) == 2
    assert max(found.box.iou(face) for found in seen.faces) == 1


def test_faces_beyond_the_edge_are_clipped_and_outside_ones_left_out():
    view = photo_of(np.zeros((100, 100, 3), np.uint8)).view()
    seen = [RawFace(-10, -10, 20, 20, 0.9), RawFace(120, 0, 140, 20, 0.9), RawFace(0, 0, float("nan"), 20, 0.9)]
    (face,) = in_photo(seen, view, "scripted")
    assert face.box == Box(0, 0, 20, 20)


def test_candidates_are_computed_once_a_photo(noise_photo):
    answer = (DetectedFace(Box(0, 0, 9, 9), 0.9),)
    noise_photo.once(("faces", DEFAULT_MODEL, FINE), lambda _: answer)
    assert detect_faces(noise_photo) is answer


@pytest.fixture
def scripted(monkeypatch):
    """All passes by one scripted model, and no second opinion unless the test gives one."""

    def use(network, second=()):
        monkeypatch.setattr(combination, "pick", lambda *_: network)
        asked = []
        monkeypatch.setattr(combination, "second_opinion", lambda *_: asked.append(1) or list(second))
        return asked

    return use


def test_a_face_seen_everywhere_counts_without_a_second_opinion(scripted):
    asked = scripted(Spot(0.95))
    face = Box(100, 60, 140, 110)
    (found,) = detect_faces(photo_with(face))
    assert found.is_face
    assert found.turns == 0
    assert found.box.iou(face) > 0.8
    assert not asked


def test_no_faces_is_said_only_after_a_second_opinion(scripted):
    other = DetectedFace(Box(5, 5, 45, 55), 0.2, seen_by=("blazeface",))
    asked = scripted(Spot(0.0), [other])
    assert detect_faces(photo_with(Box(100, 60, 140, 110))) == (other,)
    assert asked


def test_dots_too_small_to_be_anybody_are_left_out(scripted):
    scripted(Spot(0.95))
    assert not any(face.counts_at("strict") for face in detect_faces(photo_with(Box(100, 60, 104, 65))))


def test_only_large_photos_get_the_fine_pass(scripted):
    network = Spot(0.95)
    scripted(network)
    detect_faces(photo_with(Box(100, 60, 140, 110), size=(1600, 100)))
    plain = len(network.asked)
    network.asked.clear()
    detect_faces(photo_with(Box(100, 60, 140, 110), size=(1601, 100)))
    assert len(network.asked) > plain


def test_what_surroundings_raise_is_asked_once_more_which_way_its_body_looks(monkeypatch):
    risen, back = DetectedFace(Box(10, 10, 50, 60), 0.2), DetectedFace(Box(200, 10, 240, 60), 0.07)
    asked = []

    def weighed(photo, face):
        asked.append(face.score)
        return DetectedFace(face.box, 0.04) if face.box == back.box and face.counts_at("strict") else face

    monkeypatch.setattr(combination, "weighed", weighed)
    monkeypatch.setattr(combination, "judged", lambda photo, faces: [DetectedFace(f.box, f.score + 0.2) for f in faces])
    told = combination._settled(photo_with(risen.box), [risen, back])
    assert [face.score for face in told] == [pytest.approx(0.4), 0.04]
    assert asked == pytest.approx([0.2, 0.07, 0.4, 0.27])
